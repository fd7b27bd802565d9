import fc from "fast-check";
import { expect, test } from "vitest";
import { nextCommandNumber } from "../../../server/commands/commands.ts";
import { versionAfter } from "../../../server/documents/next-version.ts";

const MOMENT = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2099, 0) });
const SECOND = 1_000;

test("a version is the moment of its publication, for people to read", () => {
	expect(versionAfter(0, Date.UTC(2026, 10, 23, 9, 5, 1, 999))).toBe(20_261_123_090_501);
	expect(versionAfter(20_261_123_090_501, Date.UTC(2026, 10, 23, 9, 5, 1))).toBe(20_261_123_090_502);
});

test("whatever was forgotten: what is published or given later has a higher version or number", () => {
	fc.assert(
		fc.property(MOMENT, MOMENT, fc.nat(), fc.nat(), (one, other, known, forgotten) => {
			const [earlier, later] = one < other ? [one, other] : [other, one];
			expect(nextCommandNumber(known, later + 1)).toBeGreaterThan(nextCommandNumber(forgotten, earlier));
			expect(versionAfter(known, later + SECOND)).toBeGreaterThan(versionAfter(forgotten, earlier));
			expect(Number.isSafeInteger(versionAfter(known, later))).toBe(true);
		}),
	);
});

test("nothing falls where the clock does", () => {
	fc.assert(
		fc.property(MOMENT, MOMENT, (one, other) => {
			expect(nextCommandNumber(nextCommandNumber(0, one), other)).toBeGreaterThan(nextCommandNumber(0, one));
			expect(versionAfter(versionAfter(0, one), other)).toBeGreaterThan(versionAfter(0, one));
		}),
	);
});
