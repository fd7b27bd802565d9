import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { PATH, top } from "./running-shell.ts";

/** `paihao demo`, until it is ready. */
export async function startDemo(env: Record<string, string>) {
	const data = mkdtempSync(join(tmpdir(), "paihao-demo-"));
	const child = spawn(process.execPath, [join(top, "bin/paihao.mjs"), "demo", "--data", data], {
		env: { ...process.env, PATH, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = once(child, "close");
	onTestFinished(async () => {
		child.kill("SIGTERM");
		await ended;
		rmSync(data, { recursive: true, force: true, maxRetries: 10 });
	});
	const said: string[] = [];
	createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const readyAgain = async () => {
		const { value, done } = await lines.next();
		if (done) throw new Error(`the demo ended:\n${said.join("\n")}`);
		return JSON.parse(value) as Record<string, unknown>;
	};
	return {
		ready: await readyAgain(),
		/** The next ready line: of the demo that was started anew. */
		readyAgain,
		said,
		child,
		ended,
		enrol: (server: string, code: string) =>
			promisify(execFile)(process.execPath, [
				join(top, "bin/paihao.mjs"),
				...["enrol", "--data", data, "--server", server, "--code", code],
			]),
	};
}
