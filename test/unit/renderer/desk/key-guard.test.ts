import { expect, test } from "vitest";
import {
	createKeyGuard,
	isHeldBackFromPage,
	READER_GAP_MS,
	READER_PAUSE_MS,
} from "../../../../renderer/desk/state/key-guard.ts";
import { mayBeDocument, scannedCode } from "../../../../renderer/desk/state/scanned-code.ts";

/** A guard whose clock and timer the test holds. */
function openGuard() {
	let now = 10_000;
	let pending: { run: () => void; at: number } | null = null;
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
	return { guard, wait };
}

function open() {
	const { guard, wait } = openGuard();
	const done: string[] = [];
	const lines: string[] = [];
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

/** The number field: text goes into it, Enter sends it. */
function numberField() {
	const { guard, wait } = openGuard();
	const field = { text: "", sent: [] as string[], lines: [] as string[] };
	/** `lastGapMs` before the last key. */
	const type = (keys: readonly string[], gapMs: number, lastGapMs = gapMs) => {
		for (const [index, key] of keys.entries()) {
			const run = key === "Enter" ? () => field.sent.push(field.text) : null;
			const character = key === "Enter" ? undefined : key;
			const { isReading, line } = guard.press({ run, character, endsLine: key === "Enter" });
			const isKept = isHeldBackFromPage({ isReading, focus: "text", key, hasAction: run !== null });
			// What the browser does with a key that it gets.
			if (!isKept && key === "Enter") field.sent.push(field.text);
			else if (!isKept) field.text += key;
			if (line !== null) field.lines.push(line);
			wait(index === keys.length - 2 ? lastGapMs : gapMs);
		}
		wait(1_000);
	};
	return { field, type };
}

test.each([0, 1, 15, 50])(
	"digits that a reader types every %s ms into the number field are not sent by its Enter",
	(gapMs) => {
		const { field, type } = numberField();
		type([..."0", "Enter"], gapMs);
		type([..."12", "Enter", "Enter"], gapMs);
		type([..."6901234567892", "Enter"], gapMs, READER_PAUSE_MS - 1);
		expect(field.sent).toEqual([]);
		expect(field.lines).toEqual(["0", "12", "6901234567892"]);
	},
);

test("a number that a person types and sends is sent once, also while their Enter is a little quick", () => {
	const { field, type } = numberField();
	type([..."012", "Enter"], 90, READER_GAP_MS);
	expect(field).toEqual({ text: "012", sent: ["012"], lines: [] });
});

test("outside of text the page sees nothing of a reader's line; a person's key it sees only where it has no action", () => {
	const kept = (isReading: boolean, hasAction: boolean) =>
		["7", "Tab", "Enter"].map((key) => isHeldBackFromPage({ isReading, focus: "page", key, hasAction }));
	expect(kept(true, false)).toEqual([true, true, true]);
	expect(kept(false, true)).toEqual([true, true, true]);
	expect(kept(false, false)).toEqual([false, false, false]);
});
