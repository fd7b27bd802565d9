import { expect, test } from "vitest";
import { createKeyGuard, READER_GAP_MS, READER_PAUSE_MS } from "../../../../renderer/desk/state/key-guard.ts";

function open() {
	let now = 10_000;
	let pending: { run: () => void; at: number } | null = null;
	const done: string[] = [];
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
			guard.press(key === "-" ? null : () => done.push(key));
			wait(gapMs);
		}
	};
	return { done, type, wait };
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
