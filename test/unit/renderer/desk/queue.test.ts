import { describe, expect, test } from "vitest";
import {
	countTickets,
	findTickets,
	isHeldBack,
	lateness,
	nextHere,
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

describe("finding a number", () => {
	const tickets = ["A001", "A012", "B012", "C1000"].map((number, index) =>
		entry({ id: asTicketId(String(index)), number }),
	);
	test.each([
		["a12", ["A012"]],
		["A012", ["A012"]],
		["12", ["A012", "B012"]],
		["１", ["A001"]],
		["1000", ["C1000"]],
		["", []],
		["E12345678", []],
		["12 13", []],
	])("%s finds %s", (typed, numbers) => {
		expect(findTickets(tickets, typed).map(({ number }) => number)).toEqual(numbers);
	});
});

test("a wait is long after half an hour, very long after an hour, and over once the visitor is called", () => {
	const at = (minutes: number, state: "waiting" | "called" = "waiting") =>
		lateness({ state, arrivedAt: 0 }, minutes * 60_000);
	expect([at(29), at(30), at(59), at(60), at(90, "called")]).toEqual([null, "long", "long", "very-long", null]);
});

test("the next here is the ticket that the station names, and no other", () => {
	const [first, second] = [entry({ id: asTicketId("one") }), entry({ id: asTicketId("two"), number: "A002" })];
	expect(nextHere({ ...queue(first, second), next: second.id })?.number).toBe("A002");
	expect(nextHere(queue(first, second))).toBeNull();
	expect(nextHere({ ...queue({ ...second, state: "called" }), next: second.id })).toBeNull();
	expect(nextHere({ ...queue(first, second), next: second.id, pausedAt: 1 })).toBeNull();
});
