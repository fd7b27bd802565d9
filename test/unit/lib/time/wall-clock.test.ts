import fc from "fast-check";
import { expect, test } from "vitest";
import { offsetAt, wallClock } from "../../../../lib/time/wall-clock.ts";
import { ZONES } from "../../../fixtures/zones.ts";

/** Node's own formatting, as the reference. */
const formatterOf = (timeZone: string) =>
	new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short", weekday: undefined });
const weekdayOf = (timeZone: string) => new Intl.DateTimeFormat("en-US", { timeZone, weekday: "short" });
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

test("date, time and weekday are what the zone's clocks show, from 1970 to 2106", () => {
	const reference = new Map(ZONES.map((zone) => [zone, { time: formatterOf(zone), weekday: weekdayOf(zone) }]));
	fc.assert(
		fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: Date.UTC(2106, 1, 7) }), (zone, at) => {
			const { date, time, weekday } = wallClock(at, zone);
			const shown = reference.get(zone);
			expect(`${date} ${time}`).toBe(shown?.time.format(at));
			expect(WEEKDAYS[weekday]).toBe(shown?.weekday.format(at));
			expect(Math.abs(offsetAt(at, zone)) % 60_000).toBe(0);
		}),
		{ numRuns: 3_000 },
	);
});

test("a zone that does not exist is an error, never another zone", () => {
	for (const zone of ["Mars/Olympus", "Asia/Nowhere", "UTC+25"]) expect(() => wallClock(0, zone)).toThrow(RangeError);
});
