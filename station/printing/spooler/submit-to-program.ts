import { spawn } from "node:child_process";
import type { SendResult } from "../printer.ts";
import type { Submission } from "./spooler.ts";

export interface SpoolerProgram {
	program: string;
	args: readonly string[];
	env: Readonly<Record<string, string>>;
	/** Finds the job's id in what the program said. */
	jobIn(answer: string): string | undefined;
	/** The reason if the program could not be started. */
	missing: string;
}

const REFUSED: SendResult = { kind: "interrupted", reason: "spooler-refused" };

/** Gives a program one ticket on its standard input. It succeeds only after it has read all of it. */
export function submitToProgram(
	{ program, args, env, jobIn, missing }: SpoolerProgram,
	bytes: Uint8Array,
	timeoutMs: number,
	signal: AbortSignal,
): Promise<Submission> {
	return new Promise((resolve) => {
		const child = spawn(program, [...args], {
			stdio: ["pipe", "pipe", "ignore"],
			env: { ...process.env, ...env },
			windowsHide: true,
		});
		let answer = "";
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			answer += text;
		});
		const finish = (result: SendResult) => {
			clearTimeout(timer);
			signal.removeEventListener("abort", abort);
			const job = jobIn(answer);
			resolve(job === undefined ? { result } : { result, job });
		};
		const giveUp = (reason: string) => {
			child.kill("SIGKILL");
			finish({ kind: "interrupted", reason });
		};
		const abort = () => giveUp("closed");
		const timer = setTimeout(() => giveUp("write-timeout"), timeoutMs);
		signal.addEventListener("abort", abort, { once: true });
		// It was not started, so nothing of the ticket has gone anywhere.
		child.on("error", () => finish(child.pid === undefined ? { kind: "untouched", reason: missing } : REFUSED));
		// The job may be in the queue although the program failed: only its answer was lost.
		child.on("close", (code) => finish(code === 0 ? { kind: "sent" } : REFUSED));
		// It ended before it had read everything. "close" follows.
		child.stdin.on("error", () => {});
		child.stdin.end(bytes);
	});
}
