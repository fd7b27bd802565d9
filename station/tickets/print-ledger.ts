import { and, asc, eq, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { printJob, ticket } from "../../db/station/schema.ts";
import type { Change } from "../../protocol/event.ts";
import type { JobBook, QueuedJob } from "../printing/press.ts";
import { afterChange, type PrintChange } from "../printing/print-job.ts";
import type { Stream } from "./stream.ts";
import type { TicketRow } from "./ticket-row.ts";

export interface PrintLedgerParts {
	database: StationDatabase;
	stream: Stream;
	/** The service day of an instant. */
	serviceDay(now: number): string;
	/** Told after each commit: desks see what is printed. */
	changed(): void;
}

export interface PrintLedger extends Omit<JobBook, "paperOf"> {
	/** The ticket that a job prints. */
	ticketOf(job: string): TicketRow;
}

/** A number of yesterday, or of somebody who has been served, is of no use on paper. */
const USELESS_STATES = new Set(["missed", "finished", "cancelled"]);

/** The print jobs' table as the press writes it: each change and its event in one durable transaction. */
export function openPrintLedger({ database, stream, serviceDay, changed }: PrintLedgerParts): PrintLedger {
	const withTicket = () =>
		database
			.select({
				id: printJob.id,
				attempts: printJob.attempts,
				serviceDay: ticket.serviceDay,
				ticketState: ticket.state,
			})
			.from(printJob)
			.innerJoin(ticket, eq(ticket.id, printJob.ticket));
	const oldestQueued = withTicket()
		.where(sql`${printJob.state} = 'queued'`)
		.orderBy(asc(printJob.createdAt), asc(printJob.id))
		.limit(1)
		.prepare();
	const onTheirWay = database
		.select({ id: printJob.id, state: printJob.state })
		.from(printJob)
		.where(sql`${printJob.state} in ('sending', 'sent')`)
		.orderBy(asc(printJob.createdAt), asc(printJob.id))
		.prepare();
	const find = database
		.select()
		.from(printJob)
		.where(eq(printJob.id, sql.placeholder("job")))
		.prepare();
	const findTicket = database
		.select({ ticket })
		.from(ticket)
		.innerJoin(printJob, and(eq(printJob.ticket, ticket.id), eq(printJob.id, sql.placeholder("job"))))
		.prepare();
	const change = database
		.update(printJob)
		.set({
			state: sql`${sql.placeholder("state")}`,
			attempts: sql`${sql.placeholder("attempts")}`,
			reason: sql`${sql.placeholder("reason")}`,
			changedAt: sql`${sql.placeholder("now")}`,
		})
		.where(eq(printJob.id, sql.placeholder("job")))
		.prepare();

	const record = (job: string, to: PrintChange, now: number): void => {
		database.transaction(
			() => {
				const before = find.get({ job });
				if (!before) throw new Error(`There is no print job ${job}.`);
				const state = afterChange(before.state, to.type);
				if (!state) throw new Error(`Print job ${job} is ${before.state}: ${to.type} cannot follow.`);
				stream.write((append) => append(eventOf(to, { job, ticket: before.ticket }), now));
				const attempts = to.type === "print.sending" ? to.attempt : before.attempts;
				change.run({ job, state, attempts, reason: "reason" in to ? to.reason : null, now });
			},
			{ behavior: "immediate" },
		);
		changed();
	};

	return {
		next(now): QueuedJob | undefined {
			for (;;) {
				const job = oldestQueued.get();
				if (!job) return undefined;
				if (job.serviceDay >= serviceDay(now) && !USELESS_STATES.has(job.ticketState))
					return { id: job.id, attempts: job.attempts };
				record(job.id, { type: "print.failed", reason: "stale" }, now);
			}
		},
		underWay: () =>
			onTheirWay.all().flatMap(({ id, state }) => (state === "sending" || state === "sent" ? [{ id, state }] : [])),
		record,
		ticketOf(job) {
			const found = findTicket.get({ job });
			if (!found) throw new Error(`There is no print job ${job}.`);
			return found.ticket;
		},
	};
}

function eventOf({ type, ...details }: PrintChange, about: { job: string; ticket: string }): Change {
	return { type, data: { ...about, ...details } } as Change;
}
