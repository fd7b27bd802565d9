import { execFile, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { PrinterCondition } from "../../../protocol/model/print.ts";
import type { SendResult } from "../printer.ts";

/* The programs of CUPS that the station uses: `lp` and `lpstat`. */

/** `ready` means that the queue accepts jobs and processes them, and nothing about the printer. */
export async function queueCondition(queue: string, timeoutMs: number, signal: AbortSignal): Promise<PrinterCondition> {
	if (!(await isOnPath("lp"))) return "unreachable";
	try {
		const options = {
			env: { ...process.env, LC_ALL: "C" },
			timeout: timeoutMs,
			killSignal: "SIGKILL",
			signal,
		} as const;
		const { stdout } = await promisify(execFile)("lpstat", ["-a", queue, "-p", queue], options);
		// A stopped queue keeps its jobs, and prints them whenever it is started again.
		return /not accepting requests|^printer \S+ disabled/m.test(stdout) ? "offline" : "ready";
	} catch {
		// No such queue, or no spooler.
		return "unreachable";
	}
}

async function isOnPath(program: string): Promise<boolean> {
	for (const folder of (process.env.PATH ?? "").split(delimiter)) {
		const found = await access(join(folder, program), constants.X_OK).then(
			() => true,
			() => false,
		);
		if (folder !== "" && found) return true;
	}
	return false;
}

/** Submits one ticket as one job. `raw`: CUPS must not change its bytes. */
export function submitJob(
	queue: string,
	bytes: Uint8Array,
	timeoutMs: number,
	signal: AbortSignal,
): Promise<SendResult> {
	return new Promise((resolve) => {
		const lp = spawn("lp", ["-d", queue, "-o", "raw"], { stdio: ["pipe", "ignore", "ignore"] });
		const giveUp = (reason: string) => {
			lp.kill("SIGKILL");
			finish({ kind: "interrupted", reason });
		};
		const abort = () => giveUp("closed");
		const timer = setTimeout(() => giveUp("write-timeout"), timeoutMs);
		const finish = (sendResult: SendResult) => {
			clearTimeout(timer);
			signal.removeEventListener("abort", abort);
			resolve(sendResult);
		};
		signal.addEventListener("abort", abort, { once: true });
		// It was not started, so nothing of the ticket has gone anywhere.
		lp.on("error", () => finish(lp.pid === undefined ? { kind: "untouched", reason: "no-lp" } : REFUSED));
		// The job may be in the queue although `lp` failed: only its answer was lost.
		lp.on("exit", (code) => finish(code === 0 ? { kind: "sent" } : REFUSED));
		// It ended before it had read everything. "exit" follows, and `lp` succeeds only after the end of its input.
		lp.stdin.on("error", () => {});
		lp.stdin.end(bytes);
	});
}

const REFUSED: SendResult = { kind: "interrupted", reason: "spooler-refused" };
