import { desc } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { event } from "../../../../db/station/schema/events.ts";
import { ticket } from "../../../../db/station/schema/tickets.ts";
import type { TrustedClock } from "../../../../station/clock/trusted-clock.ts";
import { verifyStation } from "../../../../station/events/verify.ts";
import { calendarServiceDay, countsOn } from "../../../../station/tickets/service-day.ts";
import { asCounter } from "../../../fixtures/ids.ts";
import { CLOCK_JUMPS, openSimulatedClock, type SimulatedClock } from "../../../fixtures/simulated-clock.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";
import { openTestTicketService, request, type TestTicketService } from "../../../fixtures/ticket-service.ts";
import { ZONES } from "../../../fixtures/zones.ts";

/** `npm run test:long` runs 1,000; PAIHAO_SEED repeats a run. */
const RUNS = Number(process.env.PAIHAO_TEST_DAYS ?? 15);
const SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);

const MINUTE = 60_000;

type Step =
	| { kind: "issue" | "call" | "finish" | "restart" | "server" | "mended" }
	| { kind: "passes" | "sleeps" | "jumps"; ms: number };

const span = (longestMinutes: number) => fc.integer({ min: 1, max: longestMinutes }).map((minutes) => minutes * MINUTE);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 5, arbitrary: fc.constantFrom<Step>({ kind: "issue" }, { kind: "call" }, { kind: "finish" }) },
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant("passes" as const), ms: span(12 * 60) }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant("sleeps" as const), ms: span(40 * 60) }) },
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant("jumps" as const),
			ms: fc.constantFrom(...CLOCK_JUMPS),
		}),
	},
	{ weight: 3, arbitrary: fc.constantFrom<Step>({ kind: "mended" }, { kind: "server" }, { kind: "restart" }) },
);

/** A station on a machine whose clock anybody may set. The world's time is `real`. */
class Machine {
	real: number;
	readonly #timezone: string;
	readonly #folder = emptyFolder();
	readonly simulated: SimulatedClock;
	station: TestTicketService;

	constructor(timezone: string, real: number) {
		this.#timezone = timezone;
		this.real = real;
		this.simulated = openSimulatedClock(() => this.real, undefined);
		this.station = this.#open();
	}

	get clock(): TrustedClock {
		return this.simulated.clock;
	}

	#open(): TestTicketService {
		return openTestTicketService(this.#folder, {
			timezone: this.#timezone,
			holdsDay: () => this.clock.holdsDay(),
			atEnd: () => {},
		});
	}

	#restart(): void {
		this.station.close();
		this.station = this.#open();
		const { database } = this.station;
		this.simulated.restart(database.select({ at: event.at }).from(event).orderBy(desc(event.seq)).limit(1).get()?.at);
	}

	apply(step: Step): void {
		const { tickets } = this.station;
		const counter = asCounter("1");
		switch (step.kind) {
			case "passes":
			case "sleeps":
				this.real += step.ms;
				if (step.kind === "sleeps") this.simulated.sleep(step.ms);
				return;
			case "jumps":
				this.simulated.jump(step.ms);
				return;
			case "mended":
				this.simulated.mend();
				return;
			case "restart":
				this.#restart();
				return;
			case "server":
				this.clock.heardServer(this.real);
				return;
			case "issue":
				tickets.issue(request(), this.clock.now());
				return;
			case "call":
				if (tickets.atCounter(counter) === undefined) tickets.callNext(counter, { now: this.clock.now() });
				return;
			case "finish":
				if (tickets.atCounter(counter)?.state !== "called") return;
				tickets.actAtCounter(counter, { kind: "start" }, {}, { now: this.clock.now() });
				tickets.finish(counter, "answered", {}, { now: this.clock.now() });
		}
	}

	/** What the station does every minute. */
	turnDay(): void {
		if (!this.clock.holdsDay()) this.station.tickets.closePastDays(this.clock.now());
	}
}

const anySetUp = fc.record({
	timezone: fc.constantFrom(...ZONES),
	start: fc.integer({ min: 0, max: 365 * 24 * 60 }).map((minutes) => Date.UTC(2027, 0, 1) + minutes * MINUTE),
	steps: fc.array(anyStep, { minLength: 10, maxLength: 40 }),
});

test("whatever is done to the clock, the machine and the program: no ticket of today is ended, none of an earlier day is open, no number is given twice", {
	timeout: 3_600_000,
}, () => {
	fc.assert(
		fc.property(anySetUp, ({ timezone, start, steps }) => {
			const site = { timezone, dayStartsAt: "00:00" };
			const machine = new Machine(timezone, start);
			const wronglyStarted = new Set<string>();
			for (const step of steps) {
				machine.apply(step);
				machine.turnDay();
				const { clock, real, station } = machine;
				const today = calendarServiceDay(real, site);
				const rows = station.database.select().from(ticket).all();
				expect(new Set(rows.map(({ serviceDay, number }) => `${serviceDay} ${number}`)).size).toBe(rows.length);
				if (!machine.simulated.isTold()) {
					for (const { id } of rows) wronglyStarted.add(id);
					continue;
				}
				// A program that was started by a right clock goes by the right time, whatever is done to the clock.
				expect(clock.now()).toBe(real);
				for (const row of rows) {
					if (wronglyStarted.has(row.id)) continue;
					expect(row.serviceDay <= today).toBe(true);
					// Nothing of today is ended by the day's turn, which is all that cancels here.
					if (row.serviceDay === today) expect(row.state).not.toBe("cancelled");
				}
				if (clock.holdsDay()) continue;
				expect(station.tickets.serviceDay(real)).toBe(today);
				const shown = station.tickets.queue(real);
				for (const row of rows.filter(({ id }) => shown.some((one) => one.id === id)))
					expect(countsOn(today, row, real)).toBe(true);
			}
			expect(verifyStation(machine.station.database).kind).toBe("agrees");
			machine.station.close();
		}),
		{ numRuns: RUNS, seed: SEED },
	);
});
