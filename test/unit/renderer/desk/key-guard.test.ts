import { expect, test } from "vitest";
import { createKeyGuard, READER_GAP_MS, READER_PAUSE_MS } from "../../../../renderer/desk/state/key-guard.ts";
import { mayBeDocument, scannedCode } from "../../../../renderer/desk/state/scanned-code.ts";

function open() {
	let now = 10_000;
	let pending: { run: () => void; at: number } | null = null;
	const done: string[] = [];
	const lines: string[] = [];
	const guard = createKeyGuard({
		clock: () => now,
		later: (run, delayMs) => {
			pending = { run, at: now + delayMs };
			return 1;
		},
		forget: () => {
			pending = null;
		},
	});
	const wait = (ms: number) => {
		now += ms;
		if (pending === null || pending.at > now) return;
		const { run } = pending;
		pending = null;
		run();
	};
	/** Each character has an action; `gapMs` after every one. */
	const type = (text: string, gapMs: number) => {
		for (const key of text) {
			const run = key === "-" || key === "\r" ? null : () => done.push(key);
			const { line } = guard.press({ run, character: key === "\r" ? undefined : key, endsLine: key === "\r" });
			if (line !== null) lines.push(line);
			wait(gapMs);
		}
	};
	return { done, lines, type, wait };
}

test("a single key counts after a moment", () => {
	const { done, type, wait } = open();
	type("N", 0);
	expect(done).toEqual([]);
	wait(READER_GAP_MS);
	expect(done).toEqual(["N"]);
});

test("keys at a person's speed all count", () => {
	const { done, type } = open();
	type("NSF", 90);
	expect(done).toEqual(["N", "S", "F"]);
});

test.each([0, 1, 15, 30])("a reader that sends a key every %s ms does nothing, not even with its last key", (gapMs) => {
	const { done, type, wait } = open();
	type("UAT-CU", gapMs);
	wait(1_000);
	expect(done).toEqual([]);
});

test("a short pause within a line does not end it, a long one does", () => {
	const { done, type, wait } = open();
	type("UU", 10);
	wait(READER_PAUSE_MS - 50);
	type("X", 10);
	wait(READER_PAUSE_MS);
	expect(done).toEqual([]);
	type("N", READER_GAP_MS);
	expect(done).toEqual(["N"]);
});

test.each([1, 15, 50])(
	"a line that a reader sends every %s ms and ends with Enter is handed over whole, and only once",
	(gapMs) => {
		const { done, lines, type, wait } = open();
		type("AB12-CD34\r\r", gapMs);
		wait(1_000);
		type("EF56\r", gapMs);
		wait(1_000);
		expect({ done, lines }).toEqual({ done: [], lines: ["AB12-CD34", "EF56"] });
	},
);

test.each([70, 150, 400])("a digit that is typed %s ms before a line is no part of it", (gapMs) => {
	const { done, lines, type } = open();
	type("7", gapMs);
	type("SCAN02\r", 10);
	expect({ done, lines }).toEqual({ done: ["7"], lines: ["SCAN02"] });
});

test("what a person types is no line, however many keys come before Enter", () => {
	const { lines, type } = open();
	type("AB12CD34\r", 90);
	expect(lines).toEqual([]);
});

test.each([
	["AB12-CD34", "AB12-CD34"],
	["]Q3AB12CD34", "AB12CD34"],
	["https://host/phone#7Q2K9FXM3T", "7Q2K9FXM3T"],
	["https://host/b?code=SCAN02", "SCAN02"],
	["SCAN02", "SCAN02"],
	["12", null],
	["P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", null],
	["C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4", null],
	["310101199001011234", null],
	["31010119900101123X", null],
])("of the line %s the code is %s", (line, code) => {
	expect(scannedCode(line)).toBe(code);
});

test("a passport's number looks like a code, and is not shown where the station does not know it", () => {
	expect(scannedCode("E12345678")).toBe("E12345678");
	expect(mayBeDocument("E12345678")).toBe(true);
	expect(mayBeDocument("AB12CD34")).toBe(false);
});
