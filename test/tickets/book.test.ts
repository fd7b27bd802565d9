import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Refusal } from "../../station/refusal.ts";
import type { CounterAct } from "../../station/tickets/book.ts";
import { DEFAULT_LIFE_RULES } from "../../station/tickets/life.ts";
import { verifyStation } from "../../station/tickets/verify.ts";
import { MONDAY_NINE, openBook, request } from "../fixtures/ticket-book.ts";

const MINUTE = 60_000;

function refusalOf(act: () => unknown): Refusal {
	try {
		act();
	} catch (fault) {
		if (fault instanceof Refusal) return fault;
		throw fault;
	}
	throw new Error("It was not refused.");
}

describe("issuing", () => {
	test("numbers rise by one within a series and a day, and begin anew the next day", () => {
		const { book } = openBook();
		const issue = (series: string, now: number) =>
			book.issue(request(randomUUID(), "topic", series), now).ticket.number;
		expect([issue("A", MONDAY_NINE), issue("A", MONDAY_NINE), issue("B", MONDAY_NINE)]).toEqual([
			"A001",
			"A002",
			"B001",
		]);
		expect(issue("A", MONDAY_NINE + 24 * 60 * MINUTE)).toBe("A001");
	});

	test("the same key gives the same ticket and changes nothing", () => {
		const { book, database, changes } = openBook();
		const first = book.issue(request("one-visit"), MONDAY_NINE);
		const again = book.issue(request("one-visit"), MONDAY_NINE + 1_000);
		expect(first.issued).toBe(true);
		expect(again).toEqual({ issued: false, ticket: first.ticket });
		expect(changes()).toBe(1);
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", tickets: 1, events: 1 });
	});

	test("tells how many are ahead, also after the book was opened anew", () => {
		const { book, folder, close } = openBook();
		expect(book.issue(request(), MONDAY_NINE).ticket.ahead).toBe(0);
		expect(book.issue(request(), MONDAY_NINE).ticket).toMatchObject({
			ahead: 1,
			wait: { minMinutes: 0, maxMinutes: 5 },
		});
		book.callNext("1", MONDAY_NINE);
		expect(book.issue(request(), MONDAY_NINE).ticket.ahead).toBe(1);
		close();
		expect(openBook(folder).book.issue(request(), MONDAY_NINE).ticket.ahead).toBe(2);
	});

	test("a clock set back by a day gives no number twice and keeps the line's order", () => {
		const { book, database } = openBook();
		const today = book.issue(request(), MONDAY_NINE).ticket;
		const yesterday = book.issue(request(), MONDAY_NINE - 24 * 60 * MINUTE).ticket;
		expect([today.number, yesterday.number]).toEqual(["B001", "B002"]);
		expect(book.callNext("1", MONDAY_NINE)?.id).toBe(today.id);
		expect(verifyStation(database).kind).toBe("agrees");
	});
});

describe("calling", () => {
	test("the whole way: next, recall, start, finish", () => {
		const { book } = openBook();
		const { id } = book.issue(request(), MONDAY_NINE).ticket;
		expect(book.callNext("2", MONDAY_NINE)).toMatchObject({ id, state: "called", counter: "2", calls: 1, version: 2 });
		expect(book.board(MONDAY_NINE).calls).toMatchObject([{ number: "B001", counter: "2", state: "called" }]);
		expect(book.actAtCounter("2", "recall", {}, MONDAY_NINE)).toMatchObject({ state: "called", calls: 2, version: 3 });
		expect(book.actAtCounter("2", "start", { ticket: id, version: 3 }, MONDAY_NINE)).toMatchObject({
			state: "serving",
			version: 4,
		});
		expect(book.actAtCounter("2", "finish", {}, MONDAY_NINE)).toMatchObject({ state: "finished", version: 5 });
		expect(book.board(MONDAY_NINE)).toMatchObject({ calls: [], waitingCount: 0 });
		expect(book.callNext("2", MONDAY_NINE)).toBeUndefined();
	});

	test("a recall is a new call on the board, the same number", () => {
		const { book } = openBook();
		book.issue(request(), MONDAY_NINE);
		book.callNext("1", MONDAY_NINE);
		const before = book.board(MONDAY_NINE).calls.at(0);
		book.actAtCounter("1", "recall", {}, MONDAY_NINE + MINUTE);
		const after = book.board(MONDAY_NINE + MINUTE).calls.at(0);
		expect(after?.number).toBe(before?.number);
		expect(after?.call).not.toBe(before?.call);
	});

	test("a ticket called in vain rests, then comes again in its old place, and is missed after the last call", () => {
		const { book } = openBook();
		const first = book.issue(request(), MONDAY_NINE).ticket;
		const second = book.issue(request(), MONDAY_NINE).ticket;
		let now = MONDAY_NINE;
		for (let call = 1; call <= DEFAULT_LIFE_RULES.mostCalls; call += 1) {
			expect(book.callNext("1", now)?.id).toBe(first.id);
			const left = book.actAtCounter("1", "no-show", {}, now);
			expect(left.state).toBe(call < DEFAULT_LIFE_RULES.mostCalls ? "waiting" : "missed");
			if (call === 1) {
				expect(book.callNext("1", now)?.id).toBe(second.id);
				book.actAtCounter("1", "start", {}, now);
				book.actAtCounter("1", "finish", {}, now);
				expect(book.callNext("1", now + DEFAULT_LIFE_RULES.restAfterCall - 1)).toBeUndefined();
			}
			now += DEFAULT_LIFE_RULES.restAfterCall;
		}
		expect(book.callNext("1", now)).toBeUndefined();
	});

	test.each<[string, CounterAct, string]>([
		["nothing at the counter", "start", "COUNTER_IDLE"],
		["finishing what was not started", "finish", "TICKET_STATE"],
	])("%s is refused", (what, act, code) => {
		const { book, database } = openBook();
		book.issue(request(), MONDAY_NINE);
		if (what !== "nothing at the counter") book.callNext("1", MONDAY_NINE);
		const before = verifyStation(database);
		expect(refusalOf(() => book.actAtCounter("1", act, {}, MONDAY_NINE)).code).toBe(code);
		expect(verifyStation(database)).toEqual(before);
	});

	test("a counter that still has a ticket calls no other, and is told which it has", () => {
		const { book } = openBook();
		book.issue(request(), MONDAY_NINE);
		book.issue(request(), MONDAY_NINE);
		book.callNext("1", MONDAY_NINE);
		const refusal = refusalOf(() => book.callNext("1", MONDAY_NINE));
		expect(refusal).toMatchObject({ code: "COUNTER_BUSY", data: { number: "B001", counter: "1" } });
	});

	test("an act on a version that has changed is refused and says what is there now", () => {
		const { book } = openBook();
		const { id } = book.issue(request(), MONDAY_NINE).ticket;
		const seen = book.callNext("1", MONDAY_NINE);
		book.actAtCounter("1", "recall", {}, MONDAY_NINE);
		const refusal = refusalOf(() =>
			book.actAtCounter("1", "start", { ticket: id, version: seen?.version }, MONDAY_NINE),
		);
		expect(refusal).toMatchObject({ code: "TICKET_CHANGED", data: { version: 3, state: "called" } });
		expect(refusalOf(() => book.actAtCounter("2", "start", { ticket: id }, MONDAY_NINE)).code).toBe("TICKET_CHANGED");
	});
});

describe("any order of acts", () => {
	type Step = { kind: "issue"; key: number } | { kind: "next" | CounterAct; counter: string } | { kind: "reopen" };
	const step: fc.Arbitrary<Step> = fc.oneof(
		{ weight: 4, arbitrary: fc.record({ kind: fc.constant("issue" as const), key: fc.nat(12) }) },
		{
			weight: 8,
			arbitrary: fc.record({
				kind: fc.constantFrom<"next" | CounterAct>("next", "recall", "start", "finish", "no-show"),
				counter: fc.constantFrom("1", "2", "3"),
			}),
		},
		{ weight: 1, arbitrary: fc.constant({ kind: "reopen" as const }) },
	);

	test("events and tables agree, nobody is at two counters, nobody is counted twice", () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(step, fc.integer({ min: -5 * MINUTE, max: 10 * MINUTE })), { maxLength: 40 }),
				(steps) => {
					let opened = openBook();
					const numbers = new Map<number, string>();
					let now = MONDAY_NINE;
					for (const [step, later] of steps) {
						now += later;
						try {
							if (step.kind === "issue") {
								const { number } = opened.book.issue(request(`visit-${step.key}`), now).ticket;
								expect(numbers.get(step.key) ?? number).toBe(number);
								numbers.set(step.key, number);
							} else if (step.kind === "reopen") {
								opened.close();
								opened = openBook(opened.folder);
							} else if (step.kind === "next") opened.book.callNext(step.counter, now);
							else opened.book.actAtCounter(step.counter, step.kind, {}, now);
						} catch (fault) {
							if (!(fault instanceof Refusal)) throw fault;
						}
					}
					expect(verifyStation(opened.database)).toMatchObject({ kind: "agrees", tickets: numbers.size });
					expect(new Set(numbers.values()).size).toBe(numbers.size);
					const queue = opened.book.queue(now);
					const busy = queue
						.filter(({ state }) => state === "called" || state === "serving")
						.map(({ counter }) => counter);
					expect(new Set(busy).size).toBe(busy.length);
					const waiting = queue.filter(({ state }) => state === "waiting").length;
					expect(opened.book.ahead(now).people).toBe(waiting);
					expect(opened.book.board(now).waitingCount).toBe(waiting);
					opened.close();
				},
			),
			{ numRuns: 40 },
		);
	});
});
