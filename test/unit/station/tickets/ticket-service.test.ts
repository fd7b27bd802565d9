import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { QueueEntry } from "../../../../protocol/api/board.ts";
import type { CounterNumber, TopicId } from "../../../../protocol/model/ids.ts";
import { verifyStation } from "../../../../station/events/verify.ts";
import { Refusal } from "../../../../station/refusal.ts";
import type { Action } from "../../../../station/tickets/state-machine.ts";
import { DEFAULT_TRANSITION_RULES } from "../../../../station/tickets/state-machine.ts";
import type { TicketService } from "../../../../station/tickets/ticket-service.ts";
import { asCounter, asStaffId, asTicketId, asTopicId } from "../../../fixtures/ids.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

const MINUTE = 60_000;
const STAFF = asStaffId("0192f0c0-0000-7000-8000-00000000000a");

function refusalOf(act: () => unknown): Refusal {
	try {
		act();
	} catch (error) {
		if (error instanceof Refusal) return error;
		throw error;
	}
	throw new Error("It was not refused.");
}

describe("a note", () => {
	const at = { now: MONDAY_NINE, by: STAFF };

	test("stays with the ticket through other actions and their undo, and has an event", () => {
		const { tickets, database } = openTestTicketService();
		const { ticket } = tickets.issue(request(), MONDAY_NINE);
		const noted = tickets.note(ticket.id, () => "lease copy follows", { version: 1 }, at);
		expect(noted).toMatchObject({ version: 2, undoable: false, state: "waiting" });
		tickets.callNext(asCounter("1"), at);
		tickets.actOn(ticket.id, () => ({ kind: "undo" }), {}, at);
		expect(tickets.queue(MONDAY_NINE)).toMatchObject([{ state: "waiting", note: "lease copy follows" }]);
		tickets.note(ticket.id, () => null, {}, at);
		expect(tickets.queue(MONDAY_NINE)).toMatchObject([{ note: null, version: 5 }]);
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", events: 5 });
	});

	test("is refused for a changed version and for a ticket that is over, and writes nothing", () => {
		const { tickets, changes } = openTestTicketService();
		const { ticket } = tickets.issue(request(), MONDAY_NINE);
		expect(refusalOf(() => tickets.note(ticket.id, () => "late", { version: 7 }, at)).code).toBe("TICKET_CHANGED");
		tickets.actOn(ticket.id, () => ({ kind: "cancel", reason: "left" }), {}, at);
		const before = changes();
		expect(refusalOf(() => tickets.note(ticket.id, () => "late", {}, at)).code).toBe("TICKET_STATE");
		expect(changes()).toBe(before);
	});
});

describe("actions that come together", () => {
	const at = { now: MONDAY_NINE, by: STAFF };
	const opened = () => {
		const service = openTestTicketService();
		const [first, second] = [1, 2].map(() => service.tickets.issue(request(), MONDAY_NINE).ticket.id);
		if (!first || !second) throw new Error("Two tickets are needed.");
		return { ...service, first, second };
	};

	test("each sees what those before it did, and one that is refused leaves nothing and no other undone", () => {
		const { tickets, database, first, second } = opened();
		const refusals = tickets.actTogether([
			() => tickets.callNext(asCounter("1"), at),
			() => tickets.callNext(asCounter("2"), at),
			() => tickets.callNext(asCounter("1"), at),
			() => tickets.actAtCounter(asCounter("2"), { kind: "start" }, { ticket: second, version: 2 }, at),
		]);
		expect(refusals.map((refusal) => refusal?.code)).toEqual([undefined, undefined, "COUNTER_BUSY", undefined]);
		expect(tickets.read(first, MONDAY_NINE)).toMatchObject({ state: "called", counter: "1", version: 2 });
		expect(tickets.read(second, MONDAY_NINE)).toMatchObject({ state: "serving", counter: "2", version: 3 });
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", events: 5 });
	});

	test("where they cannot be written none is, and the line is as it was", () => {
		const { tickets, database, first } = opened();
		const write = () =>
			tickets.actTogether([
				() => tickets.callNext(asCounter("1"), at),
				() => {
					throw new Error("The disk is full.");
				},
			]);
		expect(write).toThrow("The disk is full.");
		expect(tickets.read(first, MONDAY_NINE)).toMatchObject({ state: "waiting", version: 1, ahead: 0 });
		expect(tickets.board(MONDAY_NINE)).toMatchObject({ calls: [], waitingCount: 2 });
		expect(tickets.nextFor(asCounter("1"), MONDAY_NINE)).toBe(first);
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", events: 2 });
	});
});

describe("issuing", () => {
	test("numbers rise by one within a series and a day, and start at 001 the next day", () => {
		const { tickets } = openTestTicketService();
		const issue = (series: string, now: number) =>
			tickets.issue(request(randomUUID(), "topic", series), now).ticket.number;
		expect([issue("A", MONDAY_NINE), issue("A", MONDAY_NINE), issue("B", MONDAY_NINE)]).toEqual([
			"A001",
			"A002",
			"B001",
		]);
		expect(issue("A", MONDAY_NINE + 24 * 60 * MINUTE)).toBe("A001");
	});

	test("the same request key gives the same ticket and changes nothing", () => {
		const { tickets, database, changes } = openTestTicketService();
		const first = tickets.issue(request("one-visit"), MONDAY_NINE);
		const again = tickets.issue(request("one-visit"), MONDAY_NINE + 1_000);
		expect(first.issued).toBe(true);
		expect(again).toEqual({ ...first, issued: false });
		expect(changes()).toBe(1);
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", tickets: 1, events: 1 });
	});

	test("counts the people ahead, also after a restart", () => {
		const { tickets, folder, close } = openTestTicketService();
		expect(tickets.issue(request(), MONDAY_NINE).ticket.ahead).toBe(0);
		expect(tickets.issue(request(), MONDAY_NINE).ticket).toMatchObject({
			ahead: 1,
			wait: { minMinutes: 0, maxMinutes: 5 },
		});
		tickets.callNext(asCounter("1"), { now: MONDAY_NINE });
		expect(tickets.issue(request(), MONDAY_NINE).ticket.ahead).toBe(1);
		close();
		expect(openTestTicketService(folder).tickets.issue(request(), MONDAY_NINE).ticket.ahead).toBe(2);
	});

	test("a clock set back by a day repeats no number and keeps the order of the queue", () => {
		const { tickets, database } = openTestTicketService();
		const today = tickets.issue(request(), MONDAY_NINE).ticket;
		const yesterday = tickets.issue(request(), MONDAY_NINE - 24 * 60 * MINUTE).ticket;
		expect([today.number, yesterday.number]).toEqual(["B001", "B002"]);
		expect(tickets.callNext(asCounter("1"), { now: MONDAY_NINE })?.id).toBe(today.id);
		expect(verifyStation(database).kind).toBe("agrees");
	});
});

describe("calling", () => {
	test("next, recall, start, finish", () => {
		const { tickets } = openTestTicketService();
		const { id } = tickets.issue(request(), MONDAY_NINE).ticket;
		expect(tickets.callNext(asCounter("2"), { now: MONDAY_NINE })).toMatchObject({
			id,
			state: "called",
			counter: "2",
			calls: 1,
			version: 2,
		});
		expect(tickets.board(MONDAY_NINE).calls).toMatchObject([{ number: "B001", counter: "2", state: "called" }]);
		expect(tickets.actAtCounter(asCounter("2"), { kind: "recall" }, {}, { now: MONDAY_NINE })).toMatchObject({
			state: "called",
			calls: 2,
			version: 3,
		});
		expect(
			tickets.actAtCounter(asCounter("2"), { kind: "start" }, { ticket: id, version: 3 }, { now: MONDAY_NINE }),
		).toMatchObject({
			state: "serving",
			version: 4,
		});
		expect(
			tickets.actAtCounter(asCounter("2"), { kind: "finish", outcome: "answered" }, {}, { now: MONDAY_NINE }),
		).toMatchObject({
			state: "finished",
			version: 5,
		});
		expect(tickets.board(MONDAY_NINE)).toMatchObject({
			calls: [],
			waitingCount: 0,
			wait: { minMinutes: 0, maxMinutes: 5 },
		});
		expect(tickets.callNext(asCounter("2"), { now: MONDAY_NINE })).toBeUndefined();
	});

	test("a recall is a new call on the board, the same number", () => {
		const { tickets } = openTestTicketService();
		tickets.issue(request(), MONDAY_NINE);
		tickets.callNext(asCounter("1"), { now: MONDAY_NINE });
		const before = tickets.board(MONDAY_NINE).calls.at(0);
		tickets.actAtCounter(asCounter("1"), { kind: "recall" }, {}, { now: MONDAY_NINE + MINUTE });
		const after = tickets.board(MONDAY_NINE + MINUTE).calls.at(0);
		expect(after?.number).toBe(before?.number);
		expect(after?.call).not.toBe(before?.call);
	});

	test("a no-show is held back, then comes again in its old place, and is missed after the last call", () => {
		const { tickets } = openTestTicketService();
		const first = tickets.issue(request(), MONDAY_NINE).ticket;
		const second = tickets.issue(request(), MONDAY_NINE).ticket;
		let now = MONDAY_NINE;
		for (let call = 1; call <= DEFAULT_TRANSITION_RULES.maxCalls; call += 1) {
			expect(tickets.callNext(asCounter("1"), { now: now })?.id).toBe(first.id);
			const left = tickets.actAtCounter(asCounter("1"), { kind: "no-show" }, {}, { now: now });
			expect(left.state).toBe(call < DEFAULT_TRANSITION_RULES.maxCalls ? "waiting" : "missed");
			if (call === 1) {
				expect(tickets.callNext(asCounter("1"), { now: now })?.id).toBe(second.id);
				tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, { now: now });
				tickets.actAtCounter(asCounter("1"), { kind: "finish", outcome: "answered" }, {}, { now: now });
				expect(
					tickets.callNext(asCounter("1"), { now: now + DEFAULT_TRANSITION_RULES.holdBackMs - 1 }),
				).toBeUndefined();
			}
			now += DEFAULT_TRANSITION_RULES.holdBackMs;
		}
		expect(tickets.callNext(asCounter("1"), { now: now })).toBeUndefined();
	});

	test.each<[string, Action, string]>([
		["nothing at the counter", { kind: "start" }, "COUNTER_IDLE"],
		["finishing what was not started", { kind: "finish", outcome: "answered" }, "TICKET_STATE"],
	])("%s is refused", (what, act, code) => {
		const { tickets, database } = openTestTicketService();
		tickets.issue(request(), MONDAY_NINE);
		if (what !== "nothing at the counter") tickets.callNext(asCounter("1"), { now: MONDAY_NINE });
		const before = verifyStation(database);
		expect(refusalOf(() => tickets.actAtCounter(asCounter("1"), act, {}, { now: MONDAY_NINE })).code).toBe(code);
		expect(verifyStation(database)).toEqual(before);
	});

	test("a counter that has a ticket cannot call another", () => {
		const { tickets } = openTestTicketService();
		tickets.issue(request(), MONDAY_NINE);
		tickets.issue(request(), MONDAY_NINE);
		tickets.callNext(asCounter("1"), { now: MONDAY_NINE });
		const refusal = refusalOf(() => tickets.callNext(asCounter("1"), { now: MONDAY_NINE }));
		expect(refusal).toMatchObject({ code: "COUNTER_BUSY", data: { number: "B001", counter: "1" } });
	});

	test("an action on a changed version is refused with the current state", () => {
		const { tickets } = openTestTicketService();
		const { id } = tickets.issue(request(), MONDAY_NINE).ticket;
		const seen = tickets.callNext(asCounter("1"), { now: MONDAY_NINE });
		tickets.actAtCounter(asCounter("1"), { kind: "recall" }, {}, { now: MONDAY_NINE });
		const refusal = refusalOf(() =>
			tickets.actAtCounter(
				asCounter("1"),
				{ kind: "start" },
				{ ticket: id, version: seen?.version },
				{ now: MONDAY_NINE },
			),
		);
		expect(refusal).toMatchObject({ code: "TICKET_CHANGED", data: { version: 3, state: "called" } });
		expect(
			refusalOf(() => tickets.actAtCounter(asCounter("2"), { kind: "start" }, { ticket: id }, { now: MONDAY_NINE }))
				.code,
		).toBe("TICKET_CHANGED");
	});
});

describe("the whole life", () => {
	const now = MONDAY_NINE;

	test("park, call it by its number, transfer with number and arrival kept, undo", () => {
		const { tickets, database } = openTestTicketService();
		const { id, number, arrivedAt } = tickets.issue(request(), now).ticket;
		const act = (act: Action, version: number, later = 0) =>
			tickets.actOn(id, () => act, { version }, { now: now + later, by: STAFF });
		expect(act({ kind: "park" }, 1)).toMatchObject({ state: "parked", counter: null });
		expect(tickets.callNext(asCounter("1"), { now })).toBeUndefined();
		expect(act({ kind: "call", counter: asCounter("1") }, 2)).toMatchObject({ state: "called", counter: "1" });
		const moved = act({ kind: "transfer", topic: asTopicId("tax-basics"), reservedFor: asCounter("2") }, 3, MINUTE);
		expect(moved).toMatchObject({ state: "waiting", topic: "tax-basics", reservedFor: "2", number, arrivedAt });
		expect(tickets.callNext(asCounter("1"), { now })).toBeUndefined();
		expect(act({ kind: "undo" }, 4, 2 * MINUTE)).toMatchObject({
			state: "called",
			counter: "1",
			topic: "work-permit",
			reservedFor: null,
			undoable: false,
		});
		expect(refusalOf(() => act({ kind: "undo" }, 5)).code).toBe("NOTHING_TO_UNDO");
		expect(verifyStation(database)).toMatchObject({ kind: "agrees" });
	});

	test("a finish can be undone until the counter calls another ticket", () => {
		const { tickets, database } = openTestTicketService();
		const first = tickets.issue(request(), now).ticket;
		tickets.issue(request(), now);
		tickets.callNext(asCounter("1"), { now });
		tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, { now });
		tickets.actAtCounter(asCounter("1"), { kind: "finish", outcome: "referred" }, {}, { now });
		const undo = () => tickets.actOn(first.id, () => ({ kind: "undo" }), { version: 4 }, { now: now + MINUTE });
		tickets.callNext(asCounter("1"), { now });
		expect(refusalOf(undo)).toMatchObject({ code: "COUNTER_BUSY", data: { number: "B002" } });
		tickets.actAtCounter(asCounter("1"), { kind: "park" }, {}, { now });
		expect(undo()).toMatchObject({ state: "serving", counter: "1", outcome: null });
		expect(verifyStation(database)).toMatchObject({ kind: "agrees" });
	});

	test("priority passes those who came at most twenty minutes earlier, and no others", () => {
		const { tickets } = openTestTicketService();
		const early = tickets.issue(request(), now).ticket;
		const late = tickets.issue(request(), now + 15 * MINUTE).ticket;
		const urgent = tickets.issue({ ...request(), class: "priority" }, now + 30 * MINUTE).ticket;
		const order = tickets.queue(now + 30 * MINUTE).map(({ id }) => id);
		expect(order).toEqual([early.id, urgent.id, late.id]);
		expect(tickets.board(now + 30 * MINUTE).waiting.map(({ number }) => number)).toEqual(["B001", "B003", "B002"]);
		expect(tickets.read(late.id, now + 30 * MINUTE).ahead).toBe(2);
	});

	test("a closed or full topic gives no ticket; other requests of the same batch are issued", () => {
		const { tickets, settings } = openTestTicketService();
		settings.setTopic(asTopicId("work-permit"), { open: true, quota: 1 }, { by: STAFF, now });
		settings.setTopic(asTopicId("tax-basics"), { open: false, quota: null }, { by: STAFF, now });
		const answers = tickets.issueTogether(
			[request(), request(), request(undefined, "tax-basics", "C"), request(undefined, "housing", "D")],
			now,
		);
		expect(answers.map((answer) => (answer instanceof Refusal ? answer.code : answer.ticket.number))).toEqual([
			"B001",
			"TOPIC_FULL",
			"TOPIC_CLOSED",
			"D001",
		]);
	});
});

describe("any order of actions", () => {
	type Step =
		| { kind: "issue"; key: number }
		| { kind: "next"; counter: CounterNumber }
		| { kind: "here"; counter: CounterNumber; action: Action }
		| { kind: "anywhere"; ticket: number; action: Action }
		| { kind: "reopen" };
	const counter = fc.constantFrom("1", "2", "3").map(asCounter);
	const here = fc.constantFrom<Action>(
		{ kind: "recall" },
		{ kind: "start" },
		{ kind: "finish", outcome: "answered" },
		{ kind: "no-show" },
		{ kind: "park" },
		{ kind: "return" },
	);
	const anywhere = fc.constantFrom<Action>(
		{ kind: "undo" },
		{ kind: "park" },
		{ kind: "return" },
		{ kind: "call", counter: asCounter("2") },
		{ kind: "transfer", topic: asTopicId("tax-basics"), reservedFor: null },
		{ kind: "transfer", topic: undefined, reservedFor: asCounter("3") },
		{ kind: "set-priority", class: "priority", queuePosition: MONDAY_NINE - 20 * MINUTE },
		{ kind: "give-way", behind: 2, queuePosition: MONDAY_NINE },
		{ kind: "cancel", reason: "left" },
	);
	const step: fc.Arbitrary<Step> = fc.oneof(
		{ weight: 4, arbitrary: fc.record({ kind: fc.constant("issue" as const), key: fc.nat(12) }) },
		{ weight: 4, arbitrary: fc.record({ kind: fc.constant("next" as const), counter }) },
		{ weight: 6, arbitrary: fc.record({ kind: fc.constant("here" as const), counter, action: here }) },
		{
			weight: 6,
			arbitrary: fc.record({ kind: fc.constant("anywhere" as const), ticket: fc.nat(12), action: anywhere }),
		},
		{ weight: 1, arbitrary: fc.constant({ kind: "reopen" as const }) },
	);

	test("keeps events and tables equal, one counter a ticket, and each ticket counted once", () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(step, fc.integer({ min: -5 * MINUTE, max: 10 * MINUTE })), { maxLength: 40 }),
				(steps) => {
					let opened = openTestTicketService();
					const numbers = new Map<number, string>();
					const ids = new Map<number, string>();
					let now = MONDAY_NINE;
					for (const [step, later] of steps) {
						now += later;
						try {
							if (step.kind === "issue") {
								const { number, id } = opened.tickets.issue(request(`visit-${step.key}`), now).ticket;
								ids.set(step.key, id);
								expect(numbers.get(step.key) ?? number).toBe(number);
								numbers.set(step.key, number);
							} else if (step.kind === "reopen") {
								opened.close();
								opened = openTestTicketService(opened.folder);
							} else if (step.kind === "next") opened.tickets.callNext(asCounter(step.counter), { now });
							else if (step.kind === "here")
								opened.tickets.actAtCounter(asCounter(step.counter), step.action, {}, { now });
							else {
								const found = [...ids.values()].at(step.ticket);
								if (found !== undefined) opened.tickets.actOn(asTicketId(found), () => step.action, {}, { now });
							}
						} catch (error) {
							if (!(error instanceof Refusal)) throw error;
						}
					}
					expect(verifyStation(opened.database)).toMatchObject({ kind: "agrees", tickets: numbers.size });
					expect(new Set(numbers.values()).size).toBe(numbers.size);
					const queue = opened.tickets.queue(now);
					const busy = queue
						.filter(({ state }) => state === "called" || state === "serving")
						.map(({ counter }) => counter);
					expect(new Set(busy).size).toBe(busy.length);
					const waiting = queue.filter(({ state }) => state === "waiting").length;
					expect(opened.tickets.siteQueue(now).people).toBe(waiting);
					expect(opened.tickets.board(now).waitingCount).toBe(waiting);
					const resting = (entry: QueueEntry) => entry.notBefore !== null && entry.notBefore > now;
					const inLine = queue.filter((entry) => entry.state === "waiting" && !resting(entry));
					const onBoard = opened.tickets.board(now).waiting.map(({ number }) => number);
					expect(onBoard.filter((number) => inLine.some((entry) => entry.number === number))).toEqual(
						inLine.map(({ number }) => number),
					);
					opened.close();
				},
			),
			{ numRuns: 40 },
		);
	});
});

test("the line in memory calls the same ticket as the line on the disk", () => {
	fc.assert(
		fc.property(
			fc.array(fc.record({ topic: fc.constantFrom("housing", "work-permit"), priority: fc.boolean() }), {
				minLength: 30,
				maxLength: 60,
			}),
			fc.constantFrom<TopicId[] | null>(null, [asTopicId("housing")], [asTopicId("work-permit")]),
			fc.integer({ min: 0, max: 25 }),
			(people, topics, parked) => {
				const { tickets, settings, folder, close } = openTestTicketService();
				const issued = people.map(
					({ topic, priority }, index) =>
						tickets.issue(
							{ ...request(randomUUID(), topic), class: priority ? "priority" : "ordinary" },
							MONDAY_NINE + index * MINUTE,
						).ticket,
				);
				tickets.board(MONDAY_NINE + 60 * MINUTE);
				for (const { id, topic } of issued.slice(0, parked))
					tickets.actOn(
						id,
						() => ({ kind: "transfer", topic, reservedFor: asCounter("2") }),
						{},
						{ now: MONDAY_NINE + 90 * MINUTE },
					);
				settings.setCounter(asCounter("1"), { topics, languages: [] }, { by: STAFF, now: MONDAY_NINE });
				const now = MONDAY_NINE + 90 * MINUTE;
				for (const { id } of issued.slice(parked, 2 * parked)) tickets.delay(id, 5, {}, now);
				for (const { id } of issued.slice(2 * parked).filter((_, place) => place % 7 === 0))
					tickets.actOn(id, () => ({ kind: "cancel", reason: "left" }), {}, { now });
				const see = (of: TicketService) => [
					{ ...of.board(now), seq: 0, wait: null },
					of.currentQueue(now),
					of.nextFor(asCounter("1"), now),
				];
				const inMemory = see(tickets);
				close();
				expect(see(openTestTicketService(folder).tickets)).toEqual(inMemory);
			},
		),
		{ numRuns: 12 },
	);
});
