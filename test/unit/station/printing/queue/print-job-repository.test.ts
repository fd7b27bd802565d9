import { describe, expect, test } from "vitest";
import { verifyStation } from "../../../../../station/events/verify.ts";
import type { PrintChange } from "../../../../../station/printing/queue/print-job.ts";
import { openPrintJobRepository } from "../../../../../station/printing/queue/print-job-repository.ts";
import { Refusal } from "../../../../../station/refusal.ts";
import { asCounter, asPrintJobId, asTicketId } from "../../../../fixtures/ids.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../../fixtures/ticket-service.ts";

const DAY = 24 * 60 * 60_000;

function openLedger() {
	const opened = openTestTicketService();
	const { database, tickets, eventLog, newId } = opened;
	const ledger = openPrintJobRepository({
		database,
		eventLog,
		newId,
		serviceDay: (now) => tickets.serviceDay(now),
		changed: () => {},
	});
	const ticket = tickets.issue(request(), MONDAY_NINE).ticket;
	const job = ledger.next(MONDAY_NINE)?.id ?? "";
	const record = (...changes: PrintChange[]) => {
		for (const change of changes) ledger.record(asPrintJobId(job), change, MONDAY_NINE);
	};
	return { ...opened, ledger, ticket, job, record };
}

const SENDING = { type: "print.sending", attempt: 1 } as const;
const DOUBTFUL = { type: "print.doubtful", reason: "no-confirmation" } as const;

describe("the ledger of print jobs", () => {
	test("tickets of one millisecond come out in the order of their numbers", () => {
		const { ledger, tickets, record, ticket } = openLedger();
		record(SENDING, { type: "print.sent" }, { type: "print.confirmed" });
		const requests = Array.from({ length: 30 }, () => request());
		tickets.issueTogether(requests, MONDAY_NINE);
		const numbers: string[] = [ticket.number];
		for (let job = ledger.next(MONDAY_NINE); job; job = ledger.next(MONDAY_NINE)) {
			numbers.push(ledger.jobOf(job.id).ticket.number);
			for (const change of [SENDING, { type: "print.sent" }, { type: "print.confirmed" }] as const)
				ledger.record(job.id, change, MONDAY_NINE);
		}
		expect(numbers).toHaveLength(31);
		expect(numbers).toEqual(numbers.toSorted());
	});

	test("writes each state with its event, and the ticket tells the last", () => {
		const { ledger, record, tickets, ticket, database } = openLedger();
		record(SENDING, { type: "print.sent" }, { type: "print.confirmed" });
		expect(tickets.read(ticket.id, MONDAY_NINE).print.state).toBe("confirmed");
		expect(ledger.next(MONDAY_NINE)).toBeUndefined();
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", events: 4 });
	});

	test.each([
		[{ type: "print.confirmed" }, 0],
		[{ type: "print.doubtful", reason: "sent-only" }, 0],
		[{ type: "print.doubtful", reason: "spooler" }, 0],
		[{ type: "print.doubtful", reason: "no-confirmation" }, 1],
		[{ type: "print.doubtful", reason: "paper-out" }, 1],
	] as const)("after %j, %i tickets count as unprinted", (outcome, expected) => {
		const { ledger, record } = openLedger();
		expect(ledger.unprinted(MONDAY_NINE)).toBe(1);
		record(SENDING, { type: "print.sent" }, outcome);
		expect(ledger.unprinted(MONDAY_NINE)).toBe(expected);
	});

	test.each([
		["sent-only", { state: "doubtful", sentOnly: true }],
		["spooler", { state: "doubtful", sentOnly: true }],
		["no-confirmation", { state: "doubtful" }],
		["paper-out", { state: "doubtful" }],
	])("screens can tell a print that is doubtful by %s from others", (reason, print) => {
		const { ledger, record, tickets, ticket } = openLedger();
		record(SENDING, { type: "print.sent" }, { type: "print.doubtful", reason });
		expect(tickets.read(ticket.id, MONDAY_NINE).print).toEqual(print);
		expect(tickets.queue(MONDAY_NINE)).toMatchObject([{ print }]);
		ledger.reprint(ticket.id, MONDAY_NINE);
		expect(tickets.read(ticket.id, MONDAY_NINE).print).toEqual({ state: "queued" });
	});

	test("a ticket of which staff want another paper counts as unprinted until that is out", () => {
		const { ledger, record, ticket } = openLedger();
		record(SENDING, { type: "print.sent" }, { type: "print.doubtful", reason: "sent-only" });
		ledger.reprint(ticket.id, MONDAY_NINE);
		expect(ledger.unprinted(MONDAY_NINE)).toBe(1);
	});

	test("takes no change that the state does not allow, and writes nothing then", () => {
		const { record, database } = openLedger();
		expect(() => record({ type: "print.confirmed" })).toThrow(/cannot follow/);
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", events: 1 });
	});

	test("what was held is queued again with its attempts counted", () => {
		const { ledger, record, job } = openLedger();
		record(SENDING, { type: "print.requeued", reason: "unreachable" });
		expect(ledger.next(MONDAY_NINE)).toEqual({ id: job, attempts: 1 });
	});

	test("tells after a crash which jobs were under way", () => {
		const { ledger, record, job } = openLedger();
		record(SENDING);
		expect(ledger.inFlight()).toEqual([{ id: job, state: "sending" }]);
		record({ type: "print.sent" });
		expect(ledger.inFlight()).toEqual([{ id: job, state: "sent" }]);
	});

	test("a number of yesterday, or of somebody who was served, is not printed any more", () => {
		const { ledger, tickets, ticket, database } = openLedger();
		tickets.issue(request("visit-of-the-day"), MONDAY_NINE + DAY);
		const next = ledger.next(MONDAY_NINE + DAY);
		expect(ledger.jobOf(asPrintJobId(next?.id ?? "")).ticket.requestKey).toBe("visit-of-the-day");
		expect(ledger.endExpired(MONDAY_NINE + DAY)).toBe(1);
		expect(tickets.read(ticket.id, MONDAY_NINE).print.state).toBe("failed");
		tickets.callNext(asCounter("1"), { now: MONDAY_NINE + DAY });
		tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, { now: MONDAY_NINE + DAY });
		tickets.actAtCounter(asCounter("1"), { kind: "finish", outcome: "answered" }, {}, { now: MONDAY_NINE + DAY });
		expect(ledger.next(MONDAY_NINE + DAY)).toBeUndefined();
		expect(ledger.endExpired(MONDAY_NINE + DAY)).toBe(1);
		expect(verifyStation(database).kind).toBe("agrees");
	});

	test("a morning's useless jobs end a few at a time, so that nobody waits for hundreds of them", () => {
		const { ledger, tickets, database } = openLedger();
		tickets.issueTogether(
			Array.from({ length: 25 }, () => request()),
			MONDAY_NINE,
		);
		const ended = Array.from({ length: 4 }, () => ledger.endExpired(MONDAY_NINE + DAY));
		expect(ended).toEqual([10, 10, 6, 0]);
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", events: 26 * 2 });
	});
});

describe("a reprint", () => {
	test("is a new copy of the same ticket; the doubtful job gives way to it", () => {
		const { ledger, record, tickets, ticket, job, database } = openLedger();
		record(SENDING, { type: "print.sent" }, DOUBTFUL);
		ledger.reprint(ticket.id, MONDAY_NINE);
		const next = ledger.next(MONDAY_NINE);
		expect(next?.id).not.toBe(job);
		expect(ledger.jobOf(asPrintJobId(next?.id ?? ""))).toMatchObject({ copy: 2, ticket: { number: ticket.number } });
		expect(tickets.read(ticket.id, MONDAY_NINE).print.state).toBe("queued");
		expect(verifyStation(database)).toMatchObject({ kind: "agrees", tickets: 1 });
	});

	test("is also to be had of a ticket that was printed and lost", () => {
		const { ledger, record, ticket, database } = openLedger();
		record(SENDING, { type: "print.sent" }, { type: "print.confirmed" });
		ledger.reprint(ticket.id, MONDAY_NINE);
		expect(ledger.jobOf(asPrintJobId(ledger.next(MONDAY_NINE)?.id ?? "")).copy).toBe(2);
		expect(verifyStation(database).kind).toBe("agrees");
	});

	test("is refused while the paper may still come, for a ticket that is over, and for none", () => {
		const { ledger, ticket, tickets, record, database } = openLedger();
		const codeOf = (act: () => void) => {
			try {
				act();
			} catch (error) {
				return error instanceof Refusal && error.code;
			}
			return undefined;
		};
		expect(codeOf(() => ledger.reprint(ticket.id, MONDAY_NINE))).toBe("PRINT_IN_FLIGHT");
		record(SENDING);
		expect(codeOf(() => ledger.reprint(ticket.id, MONDAY_NINE))).toBe("PRINT_IN_FLIGHT");
		record(DOUBTFUL);
		tickets.callNext(asCounter("1"), { now: MONDAY_NINE });
		tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, { now: MONDAY_NINE });
		tickets.actAtCounter(asCounter("1"), { kind: "finish", outcome: "answered" }, {}, { now: MONDAY_NINE });
		expect(codeOf(() => ledger.reprint(ticket.id, MONDAY_NINE))).toBe("TICKET_STATE");
		expect(codeOf(() => ledger.reprint(asTicketId("nobody"), MONDAY_NINE))).toBe("TICKET_UNKNOWN");
		expect(verifyStation(database).kind).toBe("agrees");
	});
});
