import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOfCode } from "../../../../lib/code-digest.ts";
import type { TicketId } from "../../../../protocol/model/ids.ts";
import { openVisits } from "../../../../station/appointments/expected-visits.ts";
import type { Expected } from "../../../../station/appointments/keep-visits.ts";
import { verifyStation } from "../../../../station/events/verify.ts";
import { Refusal } from "../../../../station/refusal.ts";
import {
	DEFAULT_QUEUE_RULES,
	orderLine,
	placeOfAppointment,
	queuePositionOf,
} from "../../../../station/tickets/queue-order.ts";
import { calendarServiceDay } from "../../../../station/tickets/service-day.ts";
import { asCounter, asSiteId, asStaffId, asTopicId, randomId } from "../../../fixtures/ids.ts";
import {
	MONDAY_NINE,
	openTestTicketService,
	request,
	type TestTicketService,
} from "../../../fixtures/ticket-service.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function visitsOf({ database, eventLog, tickets, newId }: TestTicketService) {
	return openVisits({
		database,
		eventLog,
		calendarServiceDay: (at) => calendarServiceDay(at, { timezone: "Asia/Shanghai", dayStartsAt: "00:00" }),
		serviceDay: tickets.serviceDay,
		placeOfAppointment: (bookedAt, now) => placeOfAppointment(bookedAt, now, DEFAULT_QUEUE_RULES),
		newId,
	});
}

function booking(change: Partial<Expected> & { code?: string } = {}): Expected {
	const { code = "AB12-CD34", ...rest } = change;
	return {
		kind: "appointment",
		source: "calendar 4711",
		codeDigest: digestOfCode(code),
		at: MONDAY_NINE + 60 * MINUTE,
		topic: asTopicId("work-permit"),
		language: "ja",
		partySize: 2,
		...rest,
	};
}

const codeOf = (act: () => unknown): string => {
	try {
		act();
	} catch (error) {
		if (error instanceof Refusal) return error.code;
		throw error;
	}
	return "nothing";
};

const event = (source: string, sequence = 0) => ({ source, sequence });

describe("expected visits", () => {
	test("a code checks in once, however it is typed, and becomes one ticket with the booking's place", () => {
		const opened = openTestTicketService();
		const { tickets, database } = opened;
		const visits = visitsOf(opened);
		expect(visits.expect({ visits: [booking()] }, { now: MONDAY_NINE })).toEqual({
			kept: 1,
			withdrawn: 0,
			unchanged: 0,
			unmatched: [],
			older: 0,
		});
		const now = MONDAY_NINE + 55 * MINUTE;
		const found = visits.checkIn("ab12 cd34", now);
		expect(found).toMatchObject({ topic: "work-permit", language: "ja", partySize: 2, class: "appointment" });
		expect(found.queuePosition).toBe(MONDAY_NINE + 45 * MINUTE);
		const issue = () =>
			tickets.issue(
				{
					...request(`visit ${found.visit}`),
					class: found.class,
					visit: { id: found.visit, queuePosition: found.queuePosition, bookedAt: found.bookedAt },
				},
				now,
			);
		const { ticket } = issue();
		expect(ticket.class).toBe("appointment");
		expect(issue()).toMatchObject({ issued: false, ticket: { id: ticket.id } });
		expect(visits.list(now)).toMatchObject([{ ticket: { id: ticket.id, number: ticket.number } }]);
		expect(visits.checkIn("AB12CD34", now).ticket).toBe(ticket.id);
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", tickets: 1 });
	});

	test("the same list changes nothing; a moved booking moves; one called off says so; one that came stays", () => {
		const opened = openTestTicketService();
		const visits = visitsOf(opened);
		const actor = { now: MONDAY_NINE };
		visits.expect({ visits: [booking()] }, actor);
		const seq = opened.eventLog.seq();
		expect(visits.expect({ visits: [booking()] }, actor)).toEqual({
			kept: 0,
			withdrawn: 0,
			unchanged: 1,
			unmatched: [],
			older: 0,
		});
		expect(opened.eventLog.seq()).toBe(seq);
		visits.expect({ visits: [booking({ at: MONDAY_NINE + DAY })] }, actor);
		expect(codeOf(() => visits.checkIn("AB12CD34", MONDAY_NINE))).toBe("VISIT_OTHER_DAY");
		expect(visits.checkIn("AB12CD34", MONDAY_NINE + DAY).class).toBe("appointment");
		expect(visits.expect({ cancelled: [event("calendar 4711"), event("never heard of")] }, actor)).toMatchObject({
			withdrawn: 1,
		});
		expect(codeOf(() => visits.checkIn("AB12CD34", MONDAY_NINE + DAY))).toBe("VISIT_CANCELLED");
		expect(verifyStation(opened.database).kind).toBe("agrees");
	});

	test("a visit that is over says so; the booking moved to another day is a new visit", () => {
		const opened = openTestTicketService();
		const { tickets } = opened;
		const visits = visitsOf(opened);
		const now = MONDAY_NINE;
		visits.expect({ visits: [booking()] }, { now });
		const found = visits.checkIn("AB12CD34", now);
		const visit = { id: found.visit, queuePosition: found.queuePosition, bookedAt: found.bookedAt };
		tickets.issue({ ...request("first"), class: found.class, visit }, now);
		const actor = { now, by: asStaffId("0192f0c0-0000-7000-8000-00000000000a") };
		tickets.callNext(asCounter("1"), actor);
		tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, actor);
		tickets.finish(asCounter("1"), "answered", {}, actor);
		expect(codeOf(() => visits.checkIn("AB12CD34", now))).toBe("VISIT_OVER");
		const moved = [booking({ at: MONDAY_NINE + 2 * DAY })];
		expect(visits.expect({ visits: moved }, { now })).toMatchObject({ kept: 1, unchanged: 0 });
		expect(visits.expect({ visits: moved }, { now })).toMatchObject({ kept: 0, unchanged: 1 });
		expect(visits.checkIn("AB12CD34", MONDAY_NINE + 2 * DAY).ticket).toBeNull();
		expect(verifyStation(opened.database).kind).toBe("agrees");
	});

	test("two bookings of one day never have one code, and the list that says so is refused whole", () => {
		const opened = openTestTicketService();
		const visits = visitsOf(opened);
		const actor = { now: MONDAY_NINE };
		visits.expect({ visits: [booking()] }, actor);
		const list = [
			booking({ source: "calendar 1", code: "EF56GH78" }),
			booking({ source: "calendar 2", code: "ab12cd34" }),
		];
		expect(codeOf(() => visits.expect({ visits: list }, actor))).toBe("BOOKING_CODE_TAKEN");
		expect(codeOf(() => visits.checkIn("EF56GH78", MONDAY_NINE))).toBe("VISIT_UNKNOWN");
		const otherDay = booking({ source: "calendar 2", at: MONDAY_NINE + DAY });
		expect(visits.expect({ visits: [otherDay] }, actor)).toMatchObject({ kept: 1 });
	});

	test("a list may hand a code from one booking to another: what counts is how it ends", () => {
		const opened = openTestTicketService();
		const visits = visitsOf(opened);
		const actor = { now: MONDAY_NINE };
		const [one, other] = [{ source: "calendar 1" }, { source: "calendar 2" }];
		visits.expect({ visits: [booking({ ...one, code: "EF56GH78" }), booking({ ...other, code: "AB12CD34" })] }, actor);
		const exchanged = [booking({ ...one, code: "AB12CD34" }), booking({ ...other, code: "EF56GH78" })];
		expect(visits.expect({ visits: exchanged }, actor)).toMatchObject({ kept: 2 });
		const taken = [booking({ source: "calendar 3", code: "EF56GH78" })];
		expect(codeOf(() => visits.expect({ visits: taken }, actor))).toBe("BOOKING_CODE_TAKEN");
		expect(visits.expect({ visits: taken, cancelled: [event("calendar 2")] }, actor)).toMatchObject({
			kept: 1,
			withdrawn: 1,
		});
		expect(verifyStation(opened.database).kind).toBe("agrees");
	});

	test("one booking told twice in a list is one visit, as it was told last", () => {
		const opened = openTestTicketService();
		const visits = visitsOf(opened);
		const twice = [booking(), booking({ at: MONDAY_NINE + 2 * 60 * MINUTE })];
		expect(visits.expect({ visits: twice }, { now: MONDAY_NINE })).toMatchObject({ kept: 1 });
		expect(visits.list(MONDAY_NINE)).toMatchObject([{ at: MONDAY_NINE + 2 * 60 * MINUTE }]);
	});

	test("a list of thousands is one visit and one event for each, and again it changes nothing", () => {
		const opened = openTestTicketService();
		const visits = visitsOf(opened);
		const list = Array.from({ length: 1_234 }, (_, index) => {
			const name = `HY${String(index).padStart(6, "0")}`;
			return booking({ source: `list ${name}`, code: name, at: MONDAY_NINE + index * MINUTE });
		});
		const before = opened.eventLog.seq();
		expect(visits.expect({ visits: list }, { now: MONDAY_NINE })).toMatchObject({ kept: 1_234 });
		expect(opened.eventLog.seq()).toBe(before + 1_234);
		expect(visits.expect({ visits: list }, { now: MONDAY_NINE })).toMatchObject({ kept: 0, unchanged: 1_234 });
		const gone = list.map(({ source }) => source);
		expect(visits.expect({ cancelled: gone.map(event) }, { now: MONDAY_NINE })).toMatchObject({
			withdrawn: 1_234,
			unmatched: [],
		});
		expect(verifyStation(opened.database).kind).toBe("agrees");
	});

	test("a referral keeps its arrival at the first site, on any day", () => {
		const opened = openTestTicketService();
		const visits = visitsOf(opened);
		const from = { site: asSiteId("another-site"), ticket: randomId<TicketId>() };
		const arrived = MONDAY_NINE - 40 * MINUTE;
		visits.expect(
			{ visits: [booking({ kind: "referral", source: "ticket", code: "7Q2K9FXM3T", at: arrived, from })] },
			{
				now: MONDAY_NINE,
			},
		);
		// O typed for 0 and l for 1 would be the same code.
		expect(visits.checkIn("7q2k9-fxm3t", MONDAY_NINE)).toMatchObject({ class: "ordinary", queuePosition: arrived });
		expect(visits.list(MONDAY_NINE)).toMatchObject([{ kind: "referral", fromSite: "another-site", ticket: null }]);
	});

	test("the database holds no code in plain text", () => {
		const opened = openTestTicketService();
		visitsOf(opened).expect({ visits: [booking({ code: "SECRETCODE9" })] }, { now: MONDAY_NINE });
		opened.database.$client.pragma("wal_checkpoint(TRUNCATE)");
		const bytes = readFileSync(join(opened.folder, "station.db"));
		expect(bytes.includes("calendar 4711")).toBe(false);
		expect(bytes.includes("SECRETCODE9")).toBe(false);
		expect(bytes.includes(digestOfCode("SECRETCODE9"))).toBe(true);
	});
});

describe("appointments among walk-ins", () => {
	const rules = DEFAULT_QUEUE_RULES;

	test("in time: the booked time less the lead; late: a walk-in", () => {
		const booked = 100 * MINUTE;
		expect(placeOfAppointment(booked, booked - 30 * MINUTE, rules)).toEqual({
			class: "appointment",
			queuePosition: booked - rules.appointmentLeadMs,
		});
		expect(placeOfAppointment(booked, booked + rules.appointmentGraceMs, rules).class).toBe("appointment");
		const late = booked + rules.appointmentGraceMs + 1;
		expect(placeOfAppointment(booked, late, rules)).toEqual({ class: "ordinary", queuePosition: late });
	});

	test("an appointment passes no visitor who came more than lead and grace earlier", () => {
		const person = fc.record({
			arrivedAt: fc.integer({ min: 0, max: 240 }),
			booked: fc.option(fc.integer({ min: 0, max: 240 })),
		});
		fc.assert(
			fc.property(fc.array(person, { maxLength: 25 }), (people) => {
				const line = people
					.toSorted((one, other) => one.arrivedAt - other.arrivedAt)
					.map(({ arrivedAt, booked }, index) => {
						const came = arrivedAt * MINUTE;
						const place =
							booked === null
								? { class: "ordinary" as const, queuePosition: queuePositionOf("ordinary", came, rules) }
								: placeOfAppointment(booked * MINUTE, came, rules);
						const rest = {
							topic: asTopicId("housing"),
							language: "en" as const,
							reservedFor: null,
							notBefore: null,
							behind: null,
						};
						return { ...place, ...rest, arrivedAt: came, issuedSeq: index + 1 };
					});
				const ordered = orderLine(line);
				expect(ordered.length).toBe(line.length);
				for (const [index, first] of ordered.entries())
					for (const passed of ordered.slice(index + 1))
						expect(first.arrivedAt - passed.arrivedAt).toBeLessThanOrEqual(
							passed.class === "appointment"
								? Number.POSITIVE_INFINITY
								: rules.appointmentLeadMs + rules.appointmentGraceMs,
						);
			}),
		);
	});
});
