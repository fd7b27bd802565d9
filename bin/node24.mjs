// Which Node runs the product. People have Node 20 or newer; the product needs 24, which comes with
// `npm ci` as an optional package for this platform. Plain JavaScript: this file runs on Node 20.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const isNode24 = Number.parseInt(process.versions.node, 10) >= 24;

export const NO_NODE_24 =
	process.platform === "darwin"
		? "Paihao runs on Node 24, which npm cannot bring along on macOS. Install Node 24 or newer and try again."
		: "Paihao runs on Node 24, and the copy that comes with it is not here. Run npm run setup, or install Node 24.";

/** Node 24 or newer: this very program, or the one in node_modules. */
export function findNode24() {
	if (isNode24) return process.execPath;
	const windows = process.platform === "win32";
	const folder = `node-${windows ? "win" : process.platform}-${process.arch}`;
	const file = join(root, "node_modules", folder, "bin", windows ? "node.exe" : "node");
	return existsSync(file) ? file : undefined;
}

/** Runs a script again under Node 24 in place of this process: same terminal, same signals, same exit code. */
export function runUnderNode24(script, args) {
	const node = findNode24();
	if (node === undefined) {
		console.error(NO_NODE_24);
		process.exitCode = 1;
		return;
	}
	const child = spawn(node, [script, ...args], {
		stdio: "inherit",
		// The program ends when this launcher does (lib/parent-watch.ts).
		env: { ...process.env, PAIHAO_LAUNCHED: "1" },
	});
	const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
	const forward = (signal) => child.kill(signal);
	for (const signal of signals) process.on(signal, forward);
	child.on("error", (error) => {
		console.error(`Node 24 could not be started (${node}): ${error.message}`);
		process.exitCode = 1;
	});
	child.on("exit", (code, signal) => {
		for (const name of signals) process.off(name, forward);
		if (signal === null) process.exitCode = code ?? 1;
		else process.kill(process.pid, signal);
	});
}
