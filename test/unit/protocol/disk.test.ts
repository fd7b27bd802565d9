import { expect, test } from "vitest";
import { classifyDisk, reportDisk } from "../../../protocol/model/disk.ts";

const MB = 1024 * 1024;

test.each([
	["enough", 100, 1_000],
	["low", 99, 1_000],
	["low", 16, 1_000],
	["full", 15, 1_000],
	["full", 0, 1_000],
	["full", 15, 15],
	["full", 0, 0],
] as const)("a disk is %s with %i of %i MB free", (state, freeMb, totalMb) => {
	expect(classifyDisk({ freeBytes: freeMb * MB, totalBytes: totalMb * MB })).toBe(state);
});

test("a report has whole percent, so that it stays the same while little changes", () => {
	expect(reportDisk({ freeBytes: 99.9 * MB, totalBytes: 1_000 * MB })).toEqual({ state: "low", freePercent: 9 });
	expect(reportDisk({ freeBytes: 0, totalBytes: 0 })).toEqual({ state: "full", freePercent: 0 });
});
