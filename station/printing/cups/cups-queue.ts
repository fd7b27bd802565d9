import { execFile, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { SendResult } from "../printer.ts";

/* The programs of CUPS that the station uses: `lp` and `lpstat`. */

/** The state of a queue, and nothing about its printer. */
export type QueueState = "ready" | "stopped" | "missing";

export async function queueState(queue: string, timeoutMs: number, signal: AbortSignal): Promise<QueueState> {
	if (!(await isOnPath("lp"))) return "missing";
	try {
		const stdout = await run("lpstat", ["-a", queue, "-p", queue], timeoutMs, signal);
		// A stopped queue keeps its jobs, and prints them whenever it is started again.
		return /not accepting requests|^printer \S+ disabled/m.test(stdout) ? "stopped" : "ready";
	} catch {
		// No such queue, or no spooler.
		return "missing";
	}
}

/** The ids of the jobs that have not been printed, oldest first. Empty if the spooler does not answer. */
export async function waitingJobs(queue: string, timeoutMs: number, signal: AbortSignal): Promise<string[]> {
	const stdout = await run("lpstat", ["-o", queue], timeoutMs, signal).catch(() => "");
	return stdout.split("\n").flatMap((line) => /^(\S+-\d+)\s/.exec(line)?.[1] ?? []);
}

/** Removes a job from its queue. A job that is printed already stays printed. */
export async function cancelJob(job: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
	await run("cancel", [job], timeoutMs, signal).catch(() => {});
}

async function run(program: string, args: readonly string[], timeoutMs: number, signal: AbortSignal): Promise<string> {
	const env = { ...process.env, LC_ALL: "C" };
	const { stdout } = await promisify(execFile)(program, [...args], {
		...{ env, signal },
		timeout: timeoutMs,
		killSignal: "SIGKILL",
	});
	return stdout;
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

export interface Submission {
	result: SendResult;
	/** The id that the spooler gave the job, if it said so. */
	job?: string;
}

/** Submits one ticket as one job. `raw`: CUPS must not change its bytes. */
export function submitJob(
	queue: string,
	bytes: Uint8Array,
	timeoutMs: number,
	signal: AbortSignal,
): Promise<Submission> {
	return new Promise((resolve) => {
		const lp = spawn("lp", ["-d", queue, "-o", "raw", "-t", JOB_TITLE], {
			stdio: ["pipe", "pipe", "ignore"],
			env: { ...process.env, LC_ALL: "C" },
		});
		let answer = "";
		lp.stdout.setEncoding("utf8").on("data", (text: string) => {
			answer += text;
		});
		const finish = (result: SendResult) => {
			clearTimeout(timer);
			signal.removeEventListener("abort", abort);
			const job = /request id is (\S+-\d+)/.exec(answer)?.[1];
			resolve(job === undefined ? { result } : { result, job });
		};
		const giveUp = (reason: string) => {
			lp.kill("SIGKILL");
			finish({ kind: "interrupted", reason });
		};
		const abort = () => giveUp("closed");
		const timer = setTimeout(() => giveUp("write-timeout"), timeoutMs);
		signal.addEventListener("abort", abort, { once: true });
		// It was not started, so nothing of the ticket has gone anywhere.
		lp.on("error", () => finish(lp.pid === undefined ? { kind: "untouched", reason: "no-lp" } : REFUSED));
		// The job may be in the queue although `lp` failed: only its answer was lost.
		lp.on("close", (code) => finish(code === 0 ? { kind: "sent" } : REFUSED));
		// It ended before it had read everything. "close" follows, and `lp` succeeds only after the end of its input.
		lp.stdin.on("error", () => {});
		lp.stdin.end(bytes);
	});
}

/** What staff see in the queue. */
const JOB_TITLE = "paihao-ticket";

const REFUSED: SendResult = { kind: "interrupted", reason: "spooler-refused" };
