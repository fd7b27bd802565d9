import { execFile, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { PrinterCondition } from "../../../protocol/model/print.ts";
import type { SendResult } from "../printer.ts";

/* The two programs of CUPS that the station uses: `lp` and `lpstat`. */

/** `ready`: the queue takes jobs and works on them, no more than that. */
export async function spoolerStatus(queue: string, ms: number, signal: AbortSignal): Promise<PrinterCondition> {
	if (!(await isOnPath("lp"))) return "unreachable";
	try {
		const options = { env: { ...process.env, LC_ALL: "C" }, timeout: ms, killSignal: "SIGKILL", signal } as const;
		const { stdout } = await promisify(execFile)("lpstat", ["-a", queue, "-p", queue], options);
		// A stopped queue keeps what it is given, and prints it whenever somebody starts it again.
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

/** Hands one ticket over as one job, its bytes untouched (`raw`). */
export function handToSpooler(queue: string, bytes: Uint8Array, ms: number, signal: AbortSignal): Promise<SendResult> {
	return new Promise((resolve) => {
		const lp = spawn("lp", ["-d", queue, "-o", "raw"], { stdio: ["pipe", "ignore", "ignore"] });
		const giveUp = (reason: string) => {
			lp.kill("SIGKILL");
			finish({ kind: "interrupted", reason });
		};
		const abort = () => giveUp("closed");
		const timer = setTimeout(() => giveUp("write-timeout"), ms);
		const finish = (sendResult: SendResult) => {
			clearTimeout(timer);
			signal.removeEventListener("abort", abort);
			resolve(sendResult);
		};
		signal.addEventListener("abort", abort, { once: true });
		// Not started: nothing of the ticket is anywhere.
		lp.on("error", () => finish(lp.pid === undefined ? { kind: "untouched", reason: "no-lp" } : broken));
		// A job may be in the queue although `lp` failed: its answer got lost on the way back.
		lp.on("exit", (code) => finish(code === 0 ? { kind: "sent" } : broken));
		// It ended before it had read all, and "exit" says how: `lp` succeeds only after the end of its input.
		lp.stdin.on("error", () => {});
		lp.stdin.end(bytes);
	});
}

const broken: SendResult = { kind: "interrupted", reason: "spooler-refused" };
