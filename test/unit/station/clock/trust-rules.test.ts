import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	afterLook,
	afterServer,
	type Clocks,
	confirmed,
	holdsDay,
	LONGEST_ABSENCE_MS,
	startTime,
	TOLERANCE_MS,
	type TrustedTime,
	trustedNow,
} from "../../../../station/clock/trust-rules.ts";

const DAY = 86_400_000;
const YEAR = 365 * DAY;
const BUILT = Date.UTC(2026, 10, 1);
const NINE = Date.UTC(2026, 10, 30, 1, 0);
const at = (wall: number, uptime: number): Clocks => ({ wall, uptime });
const start = (wall: number, lastEventAt?: number) => startTime(at(wall, 1_000), { lastEventAt, builtAt: BUILT });

describe("at the start", () => {
	test.each([
		["no history", NINE, undefined],
		["the morning after", NINE, NINE - 15 * 3_600_000],
		["after the summer's closing", NINE, NINE - 60 * DAY],
		["a minute behind the last event", NINE, NINE + 60_000],
	])("a clock that fits is believed: %s", (_name, wall, lastEventAt) => {
		expect(start(wall, lastEventAt)).toEqual({ anchor: at(wall, 1_000), doubt: null });
	});

	test.each([
		["1970, no history", 0, undefined, "behind", BUILT],
		["2106, no history", Date.UTC(2106, 1, 7), undefined, "ahead", BUILT],
		["2036, no history", Date.UTC(2036, 0, 1), undefined, "ahead", BUILT],
		["1970, with history", 0, NINE, "behind", NINE],
		["a day behind the last event", NINE - DAY, NINE, "behind", NINE],
		["2036, with history", Date.UTC(2036, 0, 1), NINE, "ahead", NINE],
	])(
		"one that does not fit is in doubt, and the last trusted instant counts: %s",
		(_name, wall, last, kind, trusted) => {
			const time = start(wall, last);
			expect(time.doubt?.kind).toBe(kind);
			expect(trustedNow(time, { uptime: 1_000 })).toBe(trusted);
		},
	);

	test("a clock that is set right afterwards ends the doubt", () => {
		const time = start(Date.UTC(2036, 0, 1), NINE - DAY);
		expect(afterLook(time, at(Date.UTC(2036, 0, 1) + 60_000, 61_000)).doubt?.kind).toBe("ahead");
		expect(afterLook(time, at(NINE, 61_000))).toEqual({ anchor: at(NINE, 61_000), doubt: null });
	});
});

describe("while the station runs", () => {
	const time = start(NINE);

	test("the wall clock a day ahead for a minute: the trusted time does not move, and the doubt ends by itself", () => {
		const jumped = afterLook(time, at(NINE + DAY, 2_000));
		expect(jumped.doubt).toEqual({ kind: "jumped", byMs: DAY - 1_000 });
		expect(trustedNow(jumped, { uptime: 61_000 })).toBe(NINE + 60_000);
		expect(afterLook(jumped, at(NINE + 60_000, 61_000))).toEqual({ anchor: at(NINE + 60_000, 61_000), doubt: null });
	});

	test("sleep is no jump: both clocks count it", () => {
		expect(afterLook(time, at(NINE + 12 * 3_600_000, 1_000 + 12 * 3_600_000)).doubt).toBeNull();
	});

	test("an administrator confirms a clock that was moved", () => {
		const jumped = afterLook(time, at(NINE + YEAR, 2_000));
		expect(confirmed(at(NINE + YEAR, 3_000))).toEqual({ anchor: at(NINE + YEAR, 3_000), doubt: null });
		expect(jumped.doubt?.kind).toBe("jumped");
	});
});

describe("with a server", () => {
	const moved = afterLook(start(NINE), at(NINE + YEAR, 2_000));

	test("that agrees with the wall clock, the wall clock is right", () => {
		expect(afterServer(moved, at(NINE + YEAR, 3_000), NINE + YEAR)).toEqual(confirmed(at(NINE + YEAR, 3_000)));
	});
	test("that agrees with the trusted time, the doubt stays", () => {
		expect(afterServer(moved, at(NINE + YEAR, 3_000), NINE + 2_000).doubt?.kind).toBe("jumped");
	});
	test("that agrees with neither, a person must look", () => {
		const time = afterServer(start(NINE), at(NINE + 1_000, 2_000), NINE + YEAR);
		expect(time.doubt).toEqual({ kind: "server-differs", byMs: 1_000 - YEAR });
		expect(trustedNow(time, { uptime: 2_000 })).toBe(NINE + 1_000);
		// The next look does not hide it; only the day goes on.
		const later = afterLook(time, at(NINE + 2_000, 3_000));
		expect([later.doubt?.kind, holdsDay(later)]).toEqual(["server-differs", false]);
		expect(afterServer(later, at(NINE + 3_000, 4_000), NINE + 3_000).doubt).toBeNull();
	});

	test("the day stands still in every other doubt", () => {
		expect([moved, start(0), start(Date.UTC(2106, 0, 1)), start(NINE)].map(holdsDay)).toEqual([
			true,
			true,
			true,
			false,
		]);
	});
});

test("whatever is done to the wall clock, the trusted time goes on as time passes, and never back", () => {
	const step = fc.oneof(
		fc.record({ kind: fc.constant("passes" as const), ms: fc.integer({ min: 0, max: 36 * 3_600_000 }) }),
		fc.record({ kind: fc.constant("jumps" as const), ms: fc.integer({ min: -40 * YEAR, max: 80 * YEAR }) }),
		fc.record({ kind: fc.constant("drifts" as const), ms: fc.integer({ min: -60_000, max: 60_000 }) }),
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
			let [wall, uptime, drift] = [NINE, 1_000, 0];
			let time: TrustedTime = start(wall);
			let before = NINE;
			for (const { kind, ms } of steps) {
				if (kind === "passes") [wall, uptime] = [wall + ms, uptime + ms];
				else wall += ms;
				if (kind !== "passes" && Math.abs(ms) <= TOLERANCE_MS) drift += Math.abs(ms);
				time = afterLook(time, at(wall, uptime));
				const now = trustedNow(time, { uptime });
				// What is followed of the wall clock is small corrections alone.
				expect(Math.abs(now - (NINE + uptime - 1_000))).toBeLessThanOrEqual(drift + steps.length * TOLERANCE_MS);
				expect(now).toBeGreaterThanOrEqual(before - TOLERANCE_MS);
				before = now;
			}
		}),
		{ numRuns: 2_000 },
	);
});

test("a restart after any absence that is not too long is believed, and nothing is in doubt", () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: LONGEST_ABSENCE_MS }), (absence) => {
			expect(startTime(at(NINE + absence, 5), { lastEventAt: NINE, builtAt: BUILT }).doubt).toBeNull();
		}),
	);
});
