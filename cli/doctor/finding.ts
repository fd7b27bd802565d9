import { UserError } from "../../lib/errors.ts";
import { asSystemUserError } from "../../lib/system-error.ts";
import type { Print } from "../print.ts";

type Verdict = "ok" | "warning" | "failed";

/** What one check found. */
export interface Finding {
	/** What was checked: "disk". */
	check: string;
	verdict: Verdict;
	/** What was found, and what to do where it is not well. Whole sentences. */
	message: string;
	/** The error's code, where it is one that a command ends with too. */
	code?: string;
}

type Found = Omit<Finding, "check">;

export const ok = (message: string): Found => ({ verdict: "ok", message });
export const warning = (message: string): Found => ({ verdict: "warning", message });
export const failed = (message: string): Found => ({ verdict: "failed", message });

export interface Check {
	name: string;
	/** Throws a UserError for what it cannot do. Undefined: there is nothing to check on this machine. */
	run(): Found | undefined | Promise<Found | undefined>;
}

/** Runs every check, one after the other, and prints what each found. Returns whether none failed. */
export async function runChecks(checks: readonly Check[], print: Print): Promise<boolean> {
	let isWell = true;
	for (const { name, run } of checks) {
		const found = await settle(run);
		if (found === undefined) continue;
		const finding: Finding = { check: name, ...found };
		print(finding, `${LABELS[finding.verdict].padEnd(7)}  ${name.padEnd(11)}  ${finding.message}`);
		if (finding.verdict === "failed") isWell = false;
	}
	return isWell;
}

const LABELS: Readonly<Record<Verdict, string>> = { ok: "ok", warning: "CHECK", failed: "FAILED" };

async function settle(run: Check["run"]): Promise<Found | undefined> {
	try {
		return await run();
	} catch (thrown) {
		const error = asSystemUserError(thrown);
		if (error instanceof UserError) return { ...failed(error.message), code: error.code };
		throw error;
	}
}
