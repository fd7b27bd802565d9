import fc from "fast-check";
import { expect, test } from "vitest";
import { type Attempts, NO_ATTEMPTS, noteFailure, noteWorking, type PauseRule } from "../../../lib/growing-pauses.ts";

const RULE: PauseRule = { firstMs: 250, longestMs: 30_000, forgivenAfterMs: 2_000 };

/** Fails again and again after having worked for so long each time; undefined: it never began to work. */
function pausesOf(worked: readonly (number | undefined)[]): number[] {
	let attempts: Attempts = NO_ATTEMPTS;
	let now = 0;
	return worked.map((workedMs) => {
		if (workedMs !== undefined) attempts = noteWorking(attempts, now);
		now += workedMs ?? 60_000;
		const failure = noteFailure(attempts, now, RULE);
		attempts = failure.attempts;
		return failure.pauseMs;
	});
}

test("the first failure is met at once, each further one after a longer pause, up to the limit", () => {
	expect(pausesOf(Array(10).fill(undefined))).toEqual([
		0, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
	]);
});

test("what works for some seconds makes up for failures, one at a time", () => {
	expect(pausesOf([undefined, undefined, undefined, undefined, 2_000, 2_000, 4_000, 6_000])).toEqual([
		0, 250, 500, 1_000, 1_000, 1_000, 500, 0,
	]);
});

test("what works for a moment only is a failure like any other", () => {
	expect(pausesOf([1_999, 1_999, 1_999])).toEqual([0, 250, 500]);
});

test("to say again that it works does not begin its time anew", () => {
	const once = noteWorking({ failures: 3, workingSince: undefined }, 0);
	expect(noteFailure(noteWorking(once, 5_000), 6_000, RULE).pauseMs).toBe(0);
});

test("whatever happens, a pause is between nothing and the limit, and no clock that runs back makes it longer", () => {
	const worked = fc.option(fc.integer({ min: -10_000, max: 100_000 }), { nil: undefined });
	fc.assert(
		fc.property(fc.array(worked, { maxLength: 40 }), (times) => {
			for (const pause of pausesOf(times)) {
				expect(pause).toBeGreaterThanOrEqual(0);
				expect(pause).toBeLessThanOrEqual(RULE.longestMs);
			}
		}),
	);
});
