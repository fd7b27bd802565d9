import { expect, test } from "vitest";
import { printJob } from "../../../../../db/station/schema/tickets.ts";
import type { TicketId } from "../../../../../protocol/model/ids.ts";
import { openPrintJobRepository } from "../../../../../station/printing/queue/print-job-repository.ts";
import { Refusal } from "../../../../../station/refusal.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../../fixtures/ticket-service.ts";

/** A ticket of the kiosk "Hall 2", and one of the station's own. */
function twoTickets(kiosksByPrinter: readonly (readonly string[])[]) {
	const { tickets, database, eventLog, newId, ...rest } = openTestTicketService();
	const serviceDay = (now: number) => tickets.serviceDay(now);
	const jobs = openPrintJobRepository({ database, eventLog, newId, serviceDay, changed() {}, kiosksByPrinter });
	const issued = tickets.issueTogether([{ ...request("a"), kiosk: "Hall 2" }, request("b")], MONDAY_NINE);
	const ids = issued.map((one) => {
		if (one instanceof Refusal) throw one;
		return one.ticket.id;
	});
	const ticketOf = (job: ReturnType<typeof jobs.next>): TicketId | undefined => job && jobs.jobOf(job.id).ticket.id;
	return { jobs, ids, ticketOf, database, ...rest };
}

test("a kiosk's tickets are for its own printer, all others for the station's", () => {
	const { jobs, ids, ticketOf } = twoTickets([["Hall 2"]]);
	expect(ticketOf(jobs.next(MONDAY_NINE, "Hall 2"))).toBe(ids[0]);
	expect(ticketOf(jobs.next(MONDAY_NINE))).toBe(ids[1]);
});

test("kiosks that share a printer have one queue: their tickets come out one after the other", () => {
	const { jobs, ids, ticketOf, database } = twoTickets([["Hall 3", "Hall 2"], ["Lift"]]);
	const job = jobs.next(MONDAY_NINE, "Hall 3");
	expect(ticketOf(job)).toBe(ids[0]);
	expect([jobs.next(MONDAY_NINE, "Lift"), ticketOf(jobs.next(MONDAY_NINE))]).toEqual([undefined, ids[1]]);
	if (!job) throw new Error("a job is queued");
	jobs.record(job.id, { type: "print.sending", attempt: 1 }, MONDAY_NINE);
	expect(jobs.inFlight("Hall 3")).toEqual([{ id: job.id, state: "sending" }]);
	// It keeps the kiosk's own name, should the kiosk get a printer of its own.
	expect(database.select({ printer: printJob.printer }).from(printJob).all()).toContainEqual({ printer: "Hall 2" });
});

test("a kiosk that has no printer any more strands no ticket: the station's prints it", () => {
	const { jobs, ids, ticketOf } = twoTickets([]);
	expect(ticketOf(jobs.next(MONDAY_NINE))).toBe(ids[0]);
});

test("a job that was on its way is recovered by its own queue alone", () => {
	const { jobs } = twoTickets([["Hall 2"]]);
	const job = jobs.next(MONDAY_NINE, "Hall 2");
	if (!job) throw new Error("a job is queued");
	jobs.record(job.id, { type: "print.sending", attempt: 1 }, MONDAY_NINE);
	expect(jobs.inFlight()).toEqual([]);
	expect(jobs.inFlight("Hall 2")).toEqual([{ id: job.id, state: "sending" }]);
});

test("a ticket that was only sent can be printed again, where it was printed", () => {
	const { jobs, ids, ticketOf, database } = twoTickets([["Hall 2"]]);
	const job = jobs.next(MONDAY_NINE, "Hall 2");
	const [first] = ids;
	if (!job || !first) throw new Error("a job is queued");
	jobs.record(job.id, { type: "print.sending", attempt: 1 }, MONDAY_NINE);
	jobs.record(job.id, { type: "print.sent" }, MONDAY_NINE);
	jobs.record(job.id, { type: "print.doubtful", reason: "sent-only" }, MONDAY_NINE);
	jobs.reprint(first, MONDAY_NINE, undefined);
	const rows = database.select().from(printJob).orderBy(printJob.copy).all();
	expect(
		rows.filter(({ ticket }) => ticket === first).map(({ copy, state, printer }) => ({ copy, state, printer })),
	).toEqual([
		{ copy: 1, state: "reprinted", printer: "Hall 2" },
		{ copy: 2, state: "queued", printer: "Hall 2" },
	]);
	expect(ticketOf(jobs.next(MONDAY_NINE, "Hall 2"))).toBe(first);
});

test("a marked copy is queued by itself once, and only of a doubtful ticket that is still wanted", () => {
	const { jobs } = twoTickets([]);
	const job = jobs.next(MONDAY_NINE);
	if (!job) throw new Error("a job is queued");
	expect(jobs.printCopy(job.id, MONDAY_NINE)).toBe(false);
	jobs.record(job.id, { type: "print.sending", attempt: 1 }, MONDAY_NINE);
	jobs.record(job.id, { type: "print.doubtful", reason: "paper-out" }, MONDAY_NINE);
	expect(jobs.printCopy(job.id, MONDAY_NINE)).toBe(true);
	expect(jobs.printCopy(job.id, MONDAY_NINE)).toBe(false);
});
