import { describe, expect, test } from "vitest";
import {
	countTickets,
	isHeldBack,
	ticketAtCounter,
	waitingTickets,
	withTicket,
} from "../../../../renderer/desk/state/queue.ts";
import { asCounter, asTicketId } from "../../../fixtures/ids.ts";
import { entry, queue, ticket } from "./entries.ts";

describe("the ticket at a counter", () => {
	test("is the one called or served there", () => {
		const mine = entry({ id: asTicketId("mine"), state: "called", counter: asCounter("3") });
		const other = entry({ id: asTicketId("other"), state: "serving", counter: asCounter("1") });
		expect(ticketAtCounter(queue(entry(), other, mine), "3")).toBe(mine);
		expect(ticketAtCounter(queue(entry(), other), "3")).toBeNull();
	});

	test("is not a waiting or missed one that still names the counter", () => {
		expect(
			ticketAtCounter(
				queue(entry({ counter: asCounter("3") }), entry({ state: "missed", counter: asCounter("3") })),
				"3",
			),
		).toBeNull();
	});
});

describe("waiting tickets", () => {
	test("keep the station's order", () => {
		const line = [
			entry({ id: asTicketId("b") }),
			entry({ id: asTicketId("x"), state: "serving" }),
			entry({ id: asTicketId("a") }),
		];
		expect(waitingTickets(queue(...line)).map(({ id }) => id)).toEqual(["b", "a"]);
	});

	test("are held back until their time, and not at it", () => {
		expect(isHeldBack(entry({ notBefore: 100 }), 99)).toBe(true);
		expect(isHeldBack(entry({ notBefore: 100 }), 100)).toBe(false);
		expect(isHeldBack(entry(), 99)).toBe(false);
	});
});

test("counts go by state", () => {
	const tickets = [
		entry(),
		entry(),
		entry({ state: "called" }),
		entry({ state: "serving" }),
		entry({ state: "missed" }),
		entry({ state: "parked" }),
	];
	expect(countTickets(queue(...tickets))).toEqual({
		waiting: 2,
		called: 1,
		serving: 1,
		missed: 1,
	});
});

describe("an action's answer in the queue", () => {
	const before = queue(entry({ id: asTicketId("a") }), entry({ id: asTicketId("b"), notBefore: 9_000 }));

	test("replaces the ticket", () => {
		const after = withTicket(
			before,
			ticket({ id: asTicketId("b"), state: "called", counter: asCounter("3"), version: 2, calls: 1 }),
		);
		expect(after.tickets).toEqual([
			entry({ id: asTicketId("a") }),
			entry({ id: asTicketId("b"), state: "called", counter: asCounter("3"), version: 2, calls: 1, notBefore: 9_000 }),
		]);
		expect(before.tickets[1]?.state).toBe("waiting");
	});

	test.each(["finished", "cancelled"] as const)("%s leaves the queue", (state) => {
		expect(withTicket(before, ticket({ id: asTicketId("a"), state, version: 4 })).tickets.map(({ id }) => id)).toEqual([
			"b",
		]);
	});

	test("a ticket that was not in the queue joins it", () => {
		const after = withTicket(
			before,
			ticket({ id: asTicketId("c"), state: "called", counter: asCounter("3"), version: 2 }),
		);
		expect(after.tickets.map(({ id }) => id)).toEqual(["a", "b", "c"]);
	});

	test("an older version than the one shown changes nothing", () => {
		const newer = queue(entry({ id: asTicketId("a"), version: 5, state: "serving" }));
		expect(withTicket(newer, ticket({ id: asTicketId("a"), version: 4, state: "called" }))).toBe(newer);
	});
});
