import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCrashLoop, pauseBeforeStart } from "../../../electron/crash-loop.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

const MINUTE = 60_000;
const NOW = 1_800_000_000_000;

test("two starts without an end are chance, from the third on each waits twice as long, up to five minutes", () => {
	const pauses = Array.from({ length: 10 }, (_, crashes) =>
		pauseBeforeStart(
			Array.from({ length: crashes }, (_, index) => NOW - index * 1_000),
			NOW,
		),
	);
	expect(pauses).toEqual([0, 0, 0, 15_000, 30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
});

test("starts of ten minutes ago, and those that a clock left in the future, do not count", () => {
	const old = [NOW - 10 * MINUTE, NOW - 11 * MINUTE, NOW - 60 * MINUTE, NOW + MINUTE, NOW + 2 * MINUTE];
	expect(pauseBeforeStart(old, NOW)).toBe(0);
});

test("starts are counted across programs until one ends cleanly", () => {
	const file = join(emptyFolder(), "starts.json");
	const start = (index: number) => openCrashLoop(file).noteStart(NOW + index);
	expect([start(1), start(2), start(3), start(4)]).toEqual([0, 0, 0, 15_000]);
	openCrashLoop(file).noteCleanEnd();
	expect(existsSync(file)).toBe(false);
	expect(start(5)).toBe(0);
	openCrashLoop(file).noteCleanEnd();
	openCrashLoop(file).noteCleanEnd();
});

test.for(["", "{", '{"a":1}', '["x"]', "null"])("a file that holds %j counts as none", (text) => {
	const file = join(emptyFolder(), "starts.json");
	writeFileSync(file, text);
	expect(openCrashLoop(file).noteStart(NOW)).toBe(0);
});

test("where the file cannot be written the shell starts all the same", () => {
	expect(openCrashLoop("/nowhere/starts.json").noteStart(NOW)).toBe(0);
});
