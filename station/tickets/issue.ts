import type { PrintJobId, StaffId, TicketId, TopicId, VisitId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Ticket, TicketClass } from "../../protocol/model/ticket.ts";
import type { Append } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";
import { formatNumber } from "./numbers.ts";
import { queuePositionOf } from "./queue-order.ts";
import type { ServiceDayCache } from "./service-day-cache.ts";
import type { TicketQueries } from "./ticket-queries.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";
import type { WaitingLine } from "./waiting-line.ts";

export interface IssueRequest {
	topic: TopicId;
	/** The topics that the same ticket goes on to, in turn; none is the usual. */
	nextTopics?: readonly TopicId[] | undefined;
	series: string;
	language: Language;
	partySize: number;
	requestKey: string;
	class: TicketClass;
	/** The member of staff who gave it at a desk; undefined at the kiosk. */
	by?: StaffId | undefined;
	/** The paired kiosk that asked, which may have a printer of its own. */
	kiosk?: string | undefined;
	/** The expected visit that it is checked in for, with the place that this gives it. A referral has no booked time. */
	visit?: { id: VisitId; queuePosition: number; bookedAt: number | null } | undefined;
}

export interface Issued {
	ticket: Ticket;
	/** False where the request key was seen before: the ticket is the one issued then. */
	issued: boolean;
	/** The code on the paper, which only the visitor with the ticket may know. */
	code: string;
}

export interface Issuing {
	/** Issues a ticket, or gives back the one that was issued for the same request key. */
	issue(request: IssueRequest, now: number): Issued;
	/**
	 * Issues tickets to several requests in one durable transaction, in their order. Writing to the
	 * disk is most of an issue's cost, so requests that come at the same moment share it; all of
	 * them are written, or (a full disk) none. One that is refused (its topic is closed) has its
	 * refusal as its answer, and the others are issued.
	 */
	issueTogether(requests: readonly IssueRequest[], now: number): (Issued | Refusal)[];
}

/** What the requests of one transaction share. */
interface IssueBatch {
	serviceDay: string;
	line: WaitingLine;
	append: Append;
	now: number;
}

export function openIssuing(
	deps: TicketServiceDeps,
	repository: TicketRepository,
	day: ServiceDayCache,
	queries: TicketQueries,
): Issuing {
	const issueOne = (request: IssueRequest, { serviceDay, line, append, now }: IssueBatch): Issued => {
		const { topic, nextTopics = [], language, partySize, series, requestKey, class: ticketClass, by, visit } = request;
		const known = repository.idOfRequestKey.get({ requestKey });
		if (known) return { issued: false, code: known.code, ticket: queries.read(known.id, now) };

		// Before the first write: a refused request must leave nothing in the transaction that it shares.
		// A booked visit was accepted when it was booked.
		if (!visit) for (const one of [topic, ...nextTopics]) deps.requireAvailable(one, { serviceDay, now });
		// Staff decide themselves when they see visitors.
		if (!visit && by === undefined) deps.requireOpen(now);
		const id = deps.newId<TicketId>(now);
		const code = deps.newCode();
		const job = deps.newId<PrintJobId>(now);
		const people = day.peopleBefore(topic, line, now);
		const { wait, raw } = deps.waits.atIssue(topic, people, now);
		const { ordinal } = repository.takeNumber.get({ serviceDay, series });
		const number = formatNumber(series, ordinal);
		const facts = { number, series, ordinal, serviceDay, topic, language, partySize };
		const place = {
			class: ticketClass,
			queuePosition: visit?.queuePosition ?? queuePositionOf(ticketClass, now, deps.queueRules),
		};
		const issuedSeq = append(
			{
				type: "ticket.issued",
				data: {
					ticket: id,
					version: 1,
					...facts,
					...(nextTopics.length > 0 && { nextTopics: [...nextTopics] }),
					...place,
					...(visit && { visit: visit.id }),
					job,
				},
			},
			now,
			by,
		);
		repository.insertTicket.run({
			id,
			requestKey,
			code,
			...facts,
			nextTopics: nextTopics.length > 0 ? JSON.stringify(nextTopics) : null,
			...place,
			bookedAt: visit?.bookedAt ?? null,
			issuedSeq,
			now,
			ahead: people,
			waitMinMinutes: wait?.minMinutes ?? null,
			waitMaxMinutes: wait?.maxMinutes ?? null,
			waitLowMs: raw?.lowMs ?? null,
			waitMiddleMs: raw?.middleMs ?? null,
			waitHighMs: raw?.highMs ?? null,
		});
		repository.beginInterval.run({
			ticket: id,
			version: 1,
			state: "waiting",
			topic,
			counter: null,
			now,
			end: null,
		});
		repository.insertJob.run({ id: job, ticket: id, now, printer: request.kiosk ?? null });
		if (visit) repository.visitCame.run({ visit: visit.id, ticket: id });
		line.joined({
			...{ id, number, issuedSeq, topic, language, ...place, arrivedAt: now, nextTopics: [...nextTopics] },
			...{ behind: null, notBefore: null, reservedFor: null, calls: 0 },
		});
		return {
			issued: true,
			code,
			ticket: {
				id,
				number,
				topic,
				nextTopics: [...nextTopics],
				language,
				partySize,
				class: ticketClass,
				bookedAt: visit?.bookedAt ?? null,
				state: "waiting",
				version: 1,
				counter: null,
				reservedFor: null,
				calls: 0,
				serviceDay,
				arrivedAt: now,
				since: now,
				ahead: people,
				wait,
				undoable: false,
				outcome: null,
				print: { state: "queued" },
			},
		};
	};

	const issueTogether: Issuing["issueTogether"] = (requests, now) => {
		const serviceDay = day.serviceDay(now);
		// Loaded before the tickets are written: a line loaded after would count them twice.
		const line = day.line(serviceDay);
		try {
			const answers = deps.database.transaction(
				() =>
					deps.eventLog.write((append) =>
						requests.map((request) => orRefusal(() => issueOne(request, { serviceDay, line, append, now }))),
					),
				{ behavior: "immediate" },
			);
			day.noteIssuedOn(serviceDay);
			if (answers.some((answer) => !(answer instanceof Refusal) && answer.issued)) deps.changed();
			return answers;
		} catch (error) {
			day.forget();
			throw error;
		}
	};

	return {
		issueTogether,
		issue(request, now) {
			const [issued] = issueTogether([request], now);
			if (!issued) throw new Error("One request must have one answer.");
			if (issued instanceof Refusal) throw issued;
			return issued;
		},
	};
}

function orRefusal<T>(act: () => T): T | Refusal {
	try {
		return act();
	} catch (error) {
		if (error instanceof Refusal) return error;
		throw error;
	}
}
