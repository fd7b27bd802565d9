import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Ready } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

/** What starts the station and waits for it, as our launcher and npx do. They hand no SIGKILL on. */
const PARENT = `
	const { spawn } = require("node:child_process");
	spawn(process.execPath, process.argv.slice(1), { stdio: "inherit" });
`;

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

test("a station ends when the launcher that started it is killed", async () => {
	const args = [
		"station",
		"--data",
		emptyFolder(),
		"--printer",
		`virtual:${emptyFolder()}`,
		"--port",
		"0",
		"--headless",
	];
	const parent = spawn(process.execPath, ["-e", PARENT, join(TOP, "bin/paihao.mjs"), ...args], {
		env: { PATH: process.env.PATH, HOME: process.env.HOME, PAIHAO_LAUNCHED: "1", PAIHAO_FIRST_START: "skip" },
		stdio: ["ignore", "pipe", "ignore"],
	});
	const ended = once(parent, "exit");
	onTestFinished(async () => {
		parent.kill("SIGKILL");
		await ended;
	});
	const { value } = await createInterface(parent.stdout)[Symbol.asyncIterator]().next();
	const { pid } = JSON.parse(String(value)) as Ready;
	onTestFinished(() => {
		if (isAlive(pid)) process.kill(pid, "SIGKILL");
	});
	expect(pid).not.toBe(parent.pid);
	parent.kill("SIGKILL");
	await ended;
	await vi.waitUntil(() => !isAlive(pid), { timeout: 60_000, interval: 50 });
});
