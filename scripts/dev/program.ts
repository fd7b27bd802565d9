import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const TOP = fileURLToPath(new URL("../..", import.meta.url));
const CLI = join(TOP, "cli", "paihao.ts");

/** One command of paihao, run from its source to its end. Resolves to its first line on standard output. */
export async function runOnce(args: readonly string[]): Promise<string> {
	const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", CLI, ...args]);
	return stdout.split("\n")[0] ?? "";
}

/** A command of paihao that runs from its source until disposed of, and restarts when a file of it changes. */
export class DevProgram<Ready> implements AsyncDisposable {
	readonly #child: ChildProcess;
	readonly #firstLine: Promise<Ready>;
	#onRestart: (ready: Ready) => void = () => {};

	/** Writes the program's log to the terminal, each line with `name` before it. */
	constructor(name: string, args: readonly string[]) {
		const child = spawn(process.execPath, ["--no-warnings", "--watch", "--watch-preserve-output", CLI, ...args], {
			cwd: TOP,
			stdio: ["ignore", "pipe", "pipe"],
		});
		this.#child = child;
		for (const stream of [child.stdout, child.stderr])
			createInterface(stream).on("line", (line) => {
				if (!line.startsWith('{"ready"') && !line.startsWith('{"server"')) console.log(`${name}: ${line}`);
			});
		this.#firstLine = new Promise((resolve, reject) => {
			createInterface(child.stdout).on("line", (line) => {
				if (!line.startsWith("{")) return;
				const ready = JSON.parse(line) as Ready;
				this.#onRestart(ready);
				resolve(ready);
			});
			child.once("exit", () => reject(new Error(`The ${name} ended; its reason is above.`)));
		});
	}

	/** What the program wrote when it was ready. Rejects when it ended before. */
	ready(): Promise<Ready> {
		return this.#firstLine;
	}

	onRestart(listener: (ready: Ready) => void): void {
		this.#onRestart = listener;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const ended = once(this.#child, "exit");
		this.#child.kill("SIGTERM");
		await ended;
	}
}
