import { expect, test } from "vitest";
import { verifyStation } from "../../../../station/events/verify.ts";
import { asCounter } from "../../../fixtures/ids.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TUESDAY_NINE = MONDAY_NINE + 24 * HOUR;
const monday = (minute: number) => ({ now: MONDAY_NINE + minute * MINUTE });

test("what a day leaves waiting, on hold, called or in service is ended at its turn, and no screen shows it", () => {
	const { tickets, database } = openTestTicketService();
	const [waiting, parked, called, served] = ["a", "b", "c", "d"].map(
		(key) => tickets.issue(request(key), MONDAY_NINE).ticket,
	);
	if (!waiting || !parked || !called || !served) throw new Error("Four tickets were issued.");
	tickets.actOn(parked.id, () => ({ kind: "park" }), {}, monday(1));
	tickets.actOn(called.id, () => ({ kind: "call", counter: asCounter("1") }), {}, monday(2));
	tickets.actOn(served.id, () => ({ kind: "call", counter: asCounter("2") }), {}, monday(2));
	tickets.actAtCounter(asCounter("2"), { kind: "start" }, {}, monday(3));
	expect(tickets.closePastDays(MONDAY_NINE + HOUR)).toBe(0);

	const fresh = tickets.issue(request(), TUESDAY_NINE).ticket;
	tickets.callNext(asCounter("3"), { now: TUESDAY_NINE });
	// Also before the turn's work was done.
	expect(tickets.board(TUESDAY_NINE).calls).toMatchObject([{ number: fresh.number, counter: "3" }]);
	expect(tickets.queue(TUESDAY_NINE).map(({ id }) => id)).toEqual([fresh.id]);
	expect(tickets.followed(TUESDAY_NINE, []).map(({ id }) => id)).toEqual([fresh.id]);

	expect(tickets.closePastDays(TUESDAY_NINE)).toBe(4);
	expect(tickets.closePastDays(TUESDAY_NINE)).toBe(0);
	const states = [waiting, parked, called, served].map(({ id }) => tickets.read(id, TUESDAY_NINE).state);
	expect(states).toEqual(["cancelled", "cancelled", "cancelled", "cancelled"]);
	expect(tickets.leftOpen(TUESDAY_NINE)).toMatchObject([
		{
			...{ serviceDay: "2026-11-23", waiting: 1, parked: 1, missed: 0 },
			atCounters: [
				{ number: called.number, counter: "1", state: "called" },
				{ number: served.number, counter: "2", state: "serving" },
			],
		},
	]);
	expect(verifyStation(database).kind).toBe("agrees");
});

test("a visitor who sits at a counter over midnight is served on", () => {
	const { tickets } = openTestTicketService();
	const beforeMidnight = MONDAY_NINE + 14 * HOUR + 50 * MINUTE;
	const { ticket } = tickets.issue(request(), beforeMidnight);
	tickets.callNext(asCounter("1"), { now: beforeMidnight });
	tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, { now: beforeMidnight + MINUTE });
	const afterMidnight = beforeMidnight + 20 * MINUTE;
	expect(tickets.closePastDays(afterMidnight)).toBe(0);
	expect(tickets.queue(afterMidnight).map(({ id }) => id)).toEqual([ticket.id]);
	expect(tickets.finish(asCounter("1"), "answered", {}, { now: afterMidnight }).state).toBe("finished");
});

test("the next morning a ticket that was left at a counter is brought back and finished; one that waited is not", () => {
	const { tickets, database } = openTestTicketService();
	const served = tickets.issue(request(), MONDAY_NINE).ticket;
	const waiting = tickets.issue(request(), MONDAY_NINE).ticket;
	tickets.actOn(served.id, () => ({ kind: "call", counter: asCounter("1") }), {}, monday(1));
	tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, monday(2));
	tickets.closePastDays(TUESDAY_NINE);

	expect(() => tickets.actOn(waiting.id, () => ({ kind: "undo" }), {}, { now: TUESDAY_NINE })).toThrow(
		expect.objectContaining({ code: "TICKET_DAY_OVER", data: { serviceDay: "2026-11-23" } }),
	);
	expect(tickets.actOn(served.id, () => ({ kind: "undo" }), {}, { now: TUESDAY_NINE }).state).toBe("serving");
	expect(tickets.closePastDays(TUESDAY_NINE + MINUTE)).toBe(0);
	expect(tickets.finish(asCounter("1"), "answered", {}, { now: TUESDAY_NINE + MINUTE }).outcome).toBe("answered");
	expect(tickets.leftOpen(TUESDAY_NINE + MINUTE)).toMatchObject([{ waiting: 1, atCounters: [] }]);
	expect(verifyStation(database).kind).toBe("agrees");
});

test("staff who cancel a ticket leave nothing open", () => {
	const { tickets } = openTestTicketService();
	const { id } = tickets.issue(request(), MONDAY_NINE).ticket;
	tickets.actOn(id, () => ({ kind: "cancel", reason: "closed" }), {}, monday(1));
	expect(tickets.leftOpen(TUESDAY_NINE)).toEqual([]);
});
