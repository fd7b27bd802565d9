import fc from "fast-check";
import { expect, test } from "vitest";
import { openTrustedClock } from "../../../../station/clock/trusted-clock.ts";
import { calendarServiceDay, endOfServiceDay } from "../../../../station/tickets/service-day.ts";
import { ZONES } from "../../../fixtures/zones.ts";

const HOUR = 3_600_000;
const log = { info: () => {}, warn: () => {} };

const anySite = fc.record({ timezone: fc.constantFrom(...ZONES), dayStartsAt: fc.constantFrom("00:00", "04:00") });
const anyStart = fc
	.integer({ min: Date.UTC(2026, 0, 1) / HOUR, max: Date.UTC(2027, 0, 1) / HOUR })
	.map((at) => at * HOUR);
const hours = (most: number) => fc.integer({ min: 1, max: most }).map((count) => count * HOUR);
const anyStep = fc.oneof(
	fc.record({ kind: fc.constant("passes" as const), ms: hours(30) }),
	fc.record({ kind: fc.constant("sleeps" as const), ms: hours(72) }),
	fc.record({
		kind: fc.constant("jumps" as const),
		ms: fc.oneof(
			hours(24 * 400),
			hours(24 * 400).map((ms) => -ms),
		),
	}),
	fc.record({ kind: fc.constant("mended" as const), ms: fc.constant(0) }),
);

test("whatever is done to the clock, in any zone, a day turns only when it is that day", () => {
	fc.assert(
		fc.property(anySite, anyStart, fc.array(anyStep, { maxLength: 25 }), (site, start, steps) => {
			let [real, slept, skew] = [start, 0, 0];
			const clock = openTrustedClock({
				wall: () => real + skew,
				uptime: () => real - start,
				awake: () => real - start - slept,
				lastEventAt: start - HOUR,
				builtAt: start - 24 * HOUR,
				log,
				changed: () => {},
			});
			let day = calendarServiceDay(start, site);
			for (const { kind, ms } of steps) {
				if (kind === "passes" || kind === "sleeps") real += ms;
				if (kind === "sleeps") slept += ms;
				if (kind === "jumps") skew += ms;
				if (kind === "mended") skew = 0;
				// The time is right in every doubt, and the day stands still in it.
				expect(clock.now()).toBe(real);
				expect(clock.holdsDay()).toBe(skew !== 0);
				if (!clock.holdsDay()) {
					const today = calendarServiceDay(clock.now(), site);
					expect(today >= day).toBe(true);
					day = today;
					expect(today).toBe(calendarServiceDay(real, site));
				}
			}
		}),
		{
			numRuns: 1_000,
			// A clock that is behind by as long as the machine then sleeps.
			examples: [
				[
					{ timezone: "Asia/Shanghai", dayStartsAt: "00:00" },
					Date.UTC(2026, 0, 1),
					[
						{ kind: "jumps", ms: -HOUR },
						{ kind: "sleeps", ms: HOUR },
					],
				],
			],
		},
	);
});

test("a service day ends where the next one begins, in every zone, also where its midnight does not exist", () => {
	fc.assert(
		fc.property(anySite, anyStart, (site, at) => {
			const day = calendarServiceDay(at, site);
			const end = endOfServiceDay(day, site);
			expect(end).toBeGreaterThan(at);
			expect(calendarServiceDay(end, site) > day).toBe(true);
			expect(calendarServiceDay(end - 60_000, site)).toBe(day);
		}),
		{ numRuns: 3_000 },
	);
});

test.each([
	["America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00Z"],
	["Asia/Beirut", "2026-03-28", "2026-03-28T22:00Z"],
	["Africa/Cairo", "2026-04-23", "2026-04-23T22:00Z"],
	["America/Asuncion", "2023-09-30", "2023-10-01T04:00Z"],
	["America/Santiago", "2026-09-05", "2026-09-06T04:00Z"],
])("in %s the day %s ends at the first minute of the next, which has no midnight", (timezone, day, end) => {
	const site = { timezone, dayStartsAt: "00:00" };
	expect(new Date(endOfServiceDay(day, site)).toISOString()).toBe(`${end.replace("Z", ":00.000Z")}`);
	expect(calendarServiceDay(Date.parse(end) - 1, site)).toBe(day);
	expect(calendarServiceDay(Date.parse(end), site) > day).toBe(true);
});

test.each([
	["America/Sao_Paulo", "2017-10-14", "2017-10-15T03:00Z"],
	["Africa/Cairo", "2024-04-25", "2024-04-25T22:00Z"],
	["Asia/Beirut", "2018-03-24", "2018-03-24T22:00Z"],
])("in %s the day %s that ends at 00:30 ends when the clocks pass over it", (timezone, day, end) => {
	const site = { timezone, dayStartsAt: "00:30" };
	expect(endOfServiceDay(day, site)).toBe(Date.parse(end));
	expect(calendarServiceDay(Date.parse(end) - 1, site)).toBe(day);
});

test.each([
	["1970", 0],
	["2106", Date.UTC(2106, 1, 7)],
])("a clock in %s at the start closes nothing, and the server's clock ends the doubt", (_, wall) => {
	const lastEventAt = Date.UTC(2026, 10, 30);
	let wallNow = wall;
	const clock = openTrustedClock({
		...{ wall: () => wallNow, uptime: () => 5_000, awake: () => 5_000, lastEventAt, builtAt: lastEventAt, log },
		changed: () => {},
	});
	expect(clock.holdsDay()).toBe(true);
	expect(clock.now()).toBe(lastEventAt);
	wallNow = lastEventAt + HOUR;
	clock.heardServer(lastEventAt + HOUR);
	expect(clock.doubt()).toBeNull();
	expect(clock.now()).toBe(lastEventAt + HOUR);
});
