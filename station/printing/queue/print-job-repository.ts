import { and, asc, count, countDistinct, desc, eq, inArray, lt, not, notExists, or, sql } from "drizzle-orm";
import type { StationDatabase } from "../../../db/station/open.ts";
import { event } from "../../../db/station/schema/events.ts";
import { printJob, ticket } from "../../../db/station/schema/tickets.ts";
import type { Change } from "../../../protocol/events/event.ts";
import type { NewId, PrintJobId, StaffId, TicketId } from "../../../protocol/model/ids.ts";
import { type PrintState, UNPROVEN_REASONS } from "../../../protocol/model/print.ts";
import type { TicketState } from "../../../protocol/model/ticket.ts";
import type { Append, EventLog } from "../../events/event-log.ts";
import { Refusal } from "../../refusal.ts";
import { afterChange, type PrintChange } from "./print-job.ts";
import type { PrintQueueJobs } from "./print-queue.ts";

/** The kiosk whose own printer prints a job, the first one of those that share it; null: the station's. */
export type KioskPrinter = string | null;

export interface PrintJobRepositoryDeps {
	database: StationDatabase;
	eventLog: EventLog;
	newId: NewId;
	/** The service day of an instant. */
	serviceDay(now: number): string;
	/** Told after each commit: desks see what is printed. */
	changed(): void;
	/** The kiosks that have a printer of their own, together where they share one. Jobs of others are the station's. */
	kiosksByPrinter?: readonly (readonly string[])[];
}

export interface PrintJobRepository extends Omit<PrintQueueJobs, "paperOf" | "next" | "inFlight"> {
	/** As PrintQueueJobs, of one printer. */
	next(now: number, printer?: KioskPrinter): ReturnType<PrintQueueJobs["next"]>;
	inFlight(printer?: KioskPrinter): ReturnType<PrintQueueJobs["inFlight"]>;
	/** The ticket that a job prints, and which copy of its paper it is: 1 is the first. */
	jobOf(job: PrintJobId): { ticket: typeof ticket.$inferSelect; copy: number };
	/**
	 * Queues one more copy of a ticket's paper. Refuses with TICKET_UNKNOWN, TICKET_STATE (the ticket
	 * is over) or PRINT_UNDER_WAY (its paper may still come).
	 */
	reprint(ticket: TicketId, now: number, by?: StaffId): void;
	/** Writes down that the printer has a new roll; `by` where a member of staff said so, not the printer. */
	rollChanged(now: number, by?: StaffId): void;
	/** Tickets that surely came out of the roll that is in the printer. */
	ticketsSinceRoll(): number;
	/** Live tickets of the day whose paper has not come out, as far as their printer can say. */
	unprinted(now: number): number;
}

/** A number of yesterday, or of somebody who has been served, is of no use on paper. */
const EXPIRED_STATES = ["missed", "finished", "cancelled"] as const satisfies TicketState[];
const IS_QUEUED = sql`${printJob.state} = 'queued'`;
/** Nothing more can come of the job by itself. */
const SETTLED_STATES: ReadonlySet<PrintState> = new Set(["confirmed", "doubtful", "failed"]);

/**
 * A printer that was out of paper for a morning leaves hundreds of jobs that nobody needs any more. Each
 * transaction ends so many: two hundred of one each kept every screen waiting for 270 ms.
 */
const MAX_ENDED = 10;

/** The print jobs' table as the print queue writes it: each change and its event in one durable transaction. */
export function openPrintJobRepository({
	database,
	eventLog,
	newId,
	serviceDay,
	changed,
	kiosksByPrinter = [],
}: PrintJobRepositoryDeps): PrintJobRepository {
	const isExpired = sql`(${or(
		lt(ticket.serviceDay, sql.placeholder("today")),
		inArray(ticket.state, EXPIRED_STATES),
	)})`;
	// A kiosk whose printer is gone must not strand its tickets.
	const owners = kiosksByPrinter.map((kiosks) => sql`when ${inArray(printJob.printer, [...kiosks])} then ${kiosks[0]}`);
	const ownPrinter = owners.length === 0 ? sql`null` : sql`case ${sql.join(owners, sql` `)} end`;
	const isForPrinter = sql`${ownPrinter} is ${sql.placeholder("printer")}`;
	const oldestQueued = database
		.select({ id: printJob.id, attempts: printJob.attempts })
		.from(printJob)
		.innerJoin(ticket, eq(ticket.id, printJob.ticket))
		.where(and(IS_QUEUED, not(isExpired), isForPrinter))
		// Tickets of one millisecond come out in the order of their numbers.
		.orderBy(asc(printJob.createdAt), asc(ticket.issuedSeq))
		.limit(1)
		.prepare();
	const fewExpired = database
		.select({ id: printJob.id })
		.from(printJob)
		.innerJoin(ticket, eq(ticket.id, printJob.ticket))
		.where(and(IS_QUEUED, isExpired))
		.limit(MAX_ENDED)
		.prepare();
	const onTheirWay = database
		.select({ id: printJob.id, state: printJob.state })
		.from(printJob)
		.where(and(sql`${printJob.state} in ('sending', 'sent')`, isForPrinter))
		.orderBy(asc(printJob.createdAt), asc(printJob.id))
		.prepare();
	const find = database
		.select()
		.from(printJob)
		.where(eq(printJob.id, sql.placeholder("job")))
		.prepare();
	const findTicket = database
		.select({ ticket, copy: printJob.copy })
		.from(ticket)
		.innerJoin(printJob, and(eq(printJob.ticket, ticket.id), eq(printJob.id, sql.placeholder("job"))))
		.prepare();
	const findLastCopy = database
		.select({ job: printJob, number: ticket.number, ticketState: ticket.state })
		.from(printJob)
		.innerJoin(ticket, eq(ticket.id, printJob.ticket))
		.where(eq(printJob.ticket, sql.placeholder("ticket")))
		.orderBy(desc(printJob.copy))
		.limit(1)
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

	// Counted from the stream once: a year of events is not read again for each look at the health.
	let sinceRoll = database
		.select({ count: count() })
		.from(event)
		.where(
			and(
				eq(event.type, "print.confirmed"),
				sql`${event.seq} > coalesce((select max(seq) from event where type = 'printer.roll-changed'), 0)`,
			),
		)
		.all()
		.reduce((_, row) => row.count, 0);
	const isOut = or(
		eq(printJob.state, "confirmed"),
		and(eq(printJob.state, "doubtful"), inArray(printJob.reason, [...UNPROVEN_REASONS])),
	);
	const countUnprinted = database
		.select({ count: countDistinct(ticket.id) })
		.from(ticket)
		.where(
			and(
				eq(ticket.serviceDay, sql.placeholder("serviceDay")),
				sql`${ticket.state} in ('waiting', 'called', 'serving', 'parked')`,
				notExists(
					database
						.select({ id: printJob.id })
						.from(printJob)
						.where(and(eq(printJob.ticket, ticket.id), isOut)),
				),
			),
		)
		.prepare();

	/** The same change of several jobs, in one durable transaction. */
	const recordAll = (jobs: readonly PrintJobId[], to: PrintChange, now: number): void => {
		const write = (append: Append) => {
			for (const job of jobs) {
				const before = find.get({ job });
				if (!before) throw new Error(`There is no print job ${job}.`);
				const state = afterChange(before.state, to.type);
				if (!state) throw new Error(`Print job ${job} is ${before.state}: ${to.type} cannot follow.`);
				append(eventOf(to, { job, ticket: before.ticket }), now);
				const attempts = to.type === "print.sending" ? to.attempt : before.attempts;
				change.run({ job, state, attempts, reason: "reason" in to ? to.reason : null, now });
			}
		};
		database.transaction(() => eventLog.write(write), { behavior: "immediate" });
		if (to.type === "print.confirmed") sinceRoll += jobs.length;
		changed();
	};

	const queueCopy = (
		{ job, ticket: id }: { job: typeof printJob.$inferSelect; ticket: TicketId },
		now: number,
		by?: StaffId,
	) => {
		const copy = job.copy + 1;
		const next = newId<PrintJobId>(now);
		eventLog.write((append) =>
			append({ type: "print.reprinted", data: { job: next, ticket: id, copy, replaces: job.id } }, now, by),
		);
		if (job.state !== "confirmed") {
			change.run({ job: job.id, state: "reprinted", attempts: job.attempts, reason: job.reason, now });
		}
		database
			.insert(printJob)
			.values({
				id: next,
				ticket: id,
				copy,
				state: "queued",
				attempts: 0,
				createdAt: now,
				changedAt: now,
				// A member of staff wants it here, wherever the first one came out.
				printer: by === undefined ? job.printer : null,
			})
			.run();
	};

	return {
		printCopy(id, now) {
			const found = find.get({ job: id });
			// One copy by itself: more of them are for people to decide.
			if (found?.state !== "doubtful" || found.copy > 1) return false;
			const ticketState = findTicket.get({ job: id })?.ticket.state;
			if (ticketState === undefined || EXPIRED_STATES.some((state) => state === ticketState)) return false;
			database.transaction(() => queueCopy({ job: found, ticket: found.ticket }, now), { behavior: "immediate" });
			changed();
			return true;
		},
		next: (now, printer = null) => oldestQueued.get({ today: serviceDay(now), printer }),
		endExpired(now) {
			const useless = fewExpired.all({ today: serviceDay(now) }).map(({ id }) => id);
			if (useless.length > 0) recordAll(useless, { type: "print.failed", reason: "stale" }, now);
			return useless.length;
		},
		inFlight: (printer = null) =>
			onTheirWay
				.all({ printer })
				.flatMap(({ id, state }) => (state === "sending" || state === "sent" ? [{ id, state }] : [])),
		isWanted(job, now) {
			const found = find.get({ job });
			if (!found || found.state === "reprinted") return false;
			const owner = findTicket.get({ job })?.ticket;
			return owner?.serviceDay === serviceDay(now) && !EXPIRED_STATES.some((state) => state === owner.state);
		},
		record: (job, to, now) => recordAll([job], to, now),
		jobOf(job) {
			const found = findTicket.get({ job });
			if (!found) throw new Error(`There is no print job ${job}.`);
			return found;
		},
		rollChanged(now, by) {
			database.transaction(
				() => {
					eventLog.write((append) => append({ type: "printer.roll-changed", data: { tickets: sinceRoll } }, now, by));
				},
				{ behavior: "immediate" },
			);
			sinceRoll = 0;
		},
		ticketsSinceRoll: () => sinceRoll,
		unprinted: (now) => countUnprinted.get({ serviceDay: serviceDay(now) })?.count ?? 0,
		reprint(id, now, by) {
			database.transaction(
				() => {
					const found = findLastCopy.get({ ticket: id });
					if (!found) throw new Refusal("TICKET_UNKNOWN", { id });
					const { job, number, ticketState } = found;
					if (EXPIRED_STATES.some((state) => state === ticketState))
						throw new Refusal("TICKET_STATE", { ticket: id, number, state: ticketState });
					if (!SETTLED_STATES.has(job.state))
						throw new Refusal("PRINT_IN_FLIGHT", { ticket: id, number, print: job.state });
					queueCopy({ job, ticket: id }, now, by);
				},
				{ behavior: "immediate" },
			);
			changed();
		},
	};
}

function eventOf({ type, ...details }: PrintChange, about: { job: PrintJobId; ticket: TicketId }): Change {
	return { type, data: { ...about, ...details } } as Change;
}
