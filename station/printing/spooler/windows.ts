import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { JOB_TITLE, type QueueState, type Spooler } from "./spooler.ts";
import { submitToProgram } from "./submit-to-program.ts";
import { CANCEL, RAW_SUBMIT, STATE, WAITING } from "./windows-scripts.ts";

/** Starting PowerShell and compiling the few lines that call the spooler takes seconds on a slow machine. */
const STARTING_MS = 8_000;
const PROGRAM = "powershell.exe";

/**
 * A printer of Windows, by its raw spooler: the driver does not change the bytes. The scripts are in
 * windows-scripts.ts. Written from Microsoft's documentation and never run on Windows by us: the tests put a
 * program in PowerShell's place.
 */
export function windowsQueue(queue: string): Spooler {
	const env = { PAIHAO_QUEUE: queue, PAIHAO_TITLE: JOB_TITLE };
	return {
		async state(timeoutMs, signal): Promise<QueueState> {
			const stdout = await run(STATE, { ...env, PAIHAO_ACT: "state" }, timeoutMs, signal).catch(() => "missing");
			const word = stdout.trim();
			if (word === "missing") return "missing";
			return /paused|offline|error|jam|out|door/i.test(word) ? "stopped" : "ready";
		},
		async waitingJobs(timeoutMs, signal) {
			const stdout = await run(WAITING, { ...env, PAIHAO_ACT: "waiting" }, timeoutMs, signal).catch(() => "");
			return stdout.split(/\s+/).filter((id) => /^\d+$/.test(id));
		},
		async cancel(job, timeoutMs, signal) {
			await run(CANCEL, { ...env, PAIHAO_ACT: "cancel", PAIHAO_JOB: job }, timeoutMs, signal).catch(() => {});
		},
		submit(bytes, timeoutMs, signal) {
			const program = {
				program: PROGRAM,
				args: argsFor(RAW_SUBMIT),
				env: { ...env, PAIHAO_ACT: "submit" },
				jobIn: (answer: string) => /^job (\d+)\s*$/m.exec(answer)?.[1],
				missing: "no-powershell",
			};
			return submitToProgram(program, bytes, timeoutMs + STARTING_MS, signal);
		},
	};
}

/** In UTF-16 and base64, as -EncodedCommand wants it: no quoting, no file, no execution policy. */
function argsFor(script: string): string[] {
	return ["-NoProfile", "-NonInteractive", "-EncodedCommand", Buffer.from(script, "utf16le").toString("base64")];
}

async function run(
	script: string,
	env: Readonly<Record<string, string>>,
	timeoutMs: number,
	signal: AbortSignal,
): Promise<string> {
	const { stdout } = await promisify(execFile)(PROGRAM, argsFor(script), {
		env: { ...process.env, ...env },
		signal,
		timeout: timeoutMs + STARTING_MS,
		killSignal: "SIGKILL",
		windowsHide: true,
	});
	return stdout;
}
