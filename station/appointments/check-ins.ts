import { digestOfCode } from "../../lib/code-digest.ts";
import type { TicketId, TopicId, VisitId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { TicketClass } from "../../protocol/model/ticket.ts";
import { Refusal } from "../refusal.ts";
import type { VisitRepository, VisitRow } from "./visit-repository.ts";

/** How a checked-in visitor's ticket is issued. */
export interface CheckIn {
	visit: VisitId;
	topic: TopicId;
	language: Language | null;
	partySize: number;
	class: "ordinary" | "appointment";
	queuePosition: number;
	/** Null for a referral: nobody booked a time. */
	bookedAt: number | null;
	/** The ticket that was issued for it before: the same check-in again. */
	ticket: TicketId | null;
}

export interface CheckIns {
	/**
	 * What a code stands for today. Refuses with VISIT_UNKNOWN, with VISIT_OTHER_DAY, with VISIT_CANCELLED where the
	 * booking was withdrawn, or with VISIT_OVER once its ticket has ended.
	 */
	checkIn(code: string, now: number): CheckIn;
	/** The same for a visit that staff chose from today's list. */
	checkInExpected(visit: VisitId, now: number): CheckIn;
}

export interface CheckInRules {
	/** The service day that tickets are issued for now. */
	serviceDay(now: number): string;
	/** The place in the queue of a visitor who checks in at `now` for a booked time. */
	placeOfAppointment(bookedAt: number, now: number): { class: TicketClass; queuePosition: number };
}

/** Finds the visit of somebody who has come. */
export function openCheckIns({
	repository,
	serviceDay,
	placeOfAppointment,
}: CheckInRules & { repository: Pick<VisitRepository, "byCode" | "byId" | "ofSameEvent" | "endedTicket"> }): CheckIns {
	const { endedTicket } = repository;
	const admit = (visit: VisitRow, now: number): CheckIn => {
		const ended = endedTicket(visit.ticket);
		if (ended) throw new Refusal("VISIT_OVER", { number: ended.number });
		const { id, kind, at, topic, language, partySize } = visit;
		// A referral keeps the arrival at the first site.
		const place =
			kind === "appointment" ? placeOfAppointment(at, now) : ({ class: "ordinary", queuePosition: at } as const);
		return {
			visit: id,
			topic,
			language,
			partySize,
			class: place.class === "appointment" ? "appointment" : "ordinary",
			queuePosition: place.queuePosition,
			bookedAt: kind === "appointment" ? at : null,
			ticket: visit.ticket,
		};
	};
	/** Admits the visit of today among those with one code: one that is live or to come before one that is over. */
	const admitFirst = (found: readonly VisitRow[], now: number): CheckIn => {
		const today = serviceDay(now);
		const isToday = (one: VisitRow) => one.serviceDay === today || one.kind === "referral";
		const booked = found.filter(({ withdrawnAt }) => withdrawnAt === null);
		const visit =
			booked.find((one) => isToday(one) && !endedTicket(one.ticket)) ??
			booked.find(isToday) ??
			movedWithin(found, today);
		if (visit) return admit(visit, now);
		const other = nearestTo(today, booked);
		const isPast = other !== undefined && other.serviceDay < today;
		// One that was cancelled for today matters more than one of a past day, and less than one that is to come.
		if (!other || (isPast && found.some(isToday)))
			throw new Refusal(found.length > 0 ? "VISIT_CANCELLED" : "VISIT_UNKNOWN");
		throw new Refusal("VISIT_OTHER_DAY", { serviceDay: other.serviceDay, at: other.at, isPast });
	};

	/** Where a time of an event that repeats was moved within the day, the code on paper is still the earlier one. */
	const movedWithin = (found: readonly VisitRow[], today: string): VisitRow | undefined =>
		found
			.filter(({ serviceDay, kind }) => serviceDay === today && kind === "appointment")
			.flatMap((one) => repository.ofSameEvent(one))
			.find(
				({ serviceDay, withdrawnAt, ticket }) => serviceDay === today && withdrawnAt === null && !endedTicket(ticket),
			);

	return {
		checkIn: (code, now) => admitFirst(repository.byCode(digestOfCode(code)), now),
		checkInExpected: (id, now) => admitFirst(repository.byId(id), now),
	};
}

/** The next booking of a code, or the last one where all are past. */
function nearestTo(today: string, booked: readonly VisitRow[]): VisitRow | undefined {
	const byDay = booked.toSorted((one, other) => one.at - other.at);
	return byDay.find((one) => one.serviceDay > today) ?? byDay.at(-1);
}
