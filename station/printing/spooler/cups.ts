import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { JOB_TITLE, type QueueState, type Spooler } from "./spooler.ts";
import { submitToProgram } from "./submit-to-program.ts";

/** A queue of CUPS, by its programs `lp`, `lpstat` and `cancel`. */
export function cupsQueue(queue: string): Spooler {
	return {
		async state(timeoutMs, signal): Promise<QueueState> {
			if (!(await isOnPath("lp"))) return "missing";
			try {
				const stdout = await run("lpstat", ["-a", queue, "-p", queue], timeoutMs, signal);
				// A stopped queue keeps its jobs, and prints them whenever it is started again.
				return /not accepting requests|^printer \S+ disabled/m.test(stdout) ? "stopped" : "ready";
			} catch {
				// No such queue, or no spooler.
				return "missing";
			}
		},
		async waitingJobs(timeoutMs, signal) {
			const stdout = await run("lpstat", ["-o", queue], timeoutMs, signal).catch(() => "");
			return stdout.split("\n").flatMap((line) => /^(\S+-\d+)\s/.exec(line)?.[1] ?? []);
		},
		async cancel(job, timeoutMs, signal) {
			await run("cancel", [job], timeoutMs, signal).catch(() => {});
		},
		submit(bytes, timeoutMs, signal) {
			const program = {
				program: "lp",
				// `raw`: CUPS must not change its bytes.
				args: ["-d", queue, "-o", "raw", "-t", JOB_TITLE],
				env: { LC_ALL: "C" },
				jobIn: (answer: string) => /request id is (\S+-\d+)/.exec(answer)?.[1],
				missing: "no-lp",
			};
			return submitToProgram(program, bytes, timeoutMs, signal);
		},
	};
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
