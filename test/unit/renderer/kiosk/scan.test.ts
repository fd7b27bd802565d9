import { expect, test } from "vitest";
import { endedScan, NO_SCAN, withCharacter } from "../../../../renderer/kiosk/screens/scan.ts";

/** Keys with the time since the one before; "\r" ends them. */
function sent(...keys: readonly [text: string, gapMs: number, firstGapMs?: number][]): string | null {
	let scan = NO_SCAN;
	let at = 1_000;
	for (const [text, gapMs, firstGapMs = gapMs] of keys)
		for (const [index, character] of [...text].entries()) {
			at += index === 0 ? firstGapMs : gapMs;
			if (character === "\r") return endedScan(scan, at);
			scan = withCharacter(scan, character, at);
		}
	return null;
}

test.each([0, 1, 15, 50])("what a reader sends every %s ms is a scan, whole", (gapMs) => {
	expect(sent(["SCAN02\r", gapMs])).toBe("SCAN02");
});

test.each([70, 150, 300])("a first character that comes %s ms before the others is a part of the scan", (gapMs) => {
	expect(sent(["S", 0], ["CAN0234\r", 5, gapMs])).toBe("SCAN0234");
});

test("what was typed half a second and more before a scan is no part of it", () => {
	expect(sent(["7", 0], ["SCAN02\r", 10, 501])).toBe("SCAN02");
});

test("a reader's pause within a line does not end it; a long one does", () => {
	expect(sent(["SCAN", 5], ["0234\r", 5, 300])).toBe("SCAN0234");
	expect(sent(["SCAN", 5], ["0234\r", 5, 600])).toBe("0234");
});

test("what a person types is no scan, however fast the last keys are", () => {
	expect(sent(["AB12CD34\r", 90])).toBe(null);
	expect(sent(["AB12CD", 90], ["34\r", 20])).toBe(null);
});
