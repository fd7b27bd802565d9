import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import { type Punctuality, TICKET_CLASSES, type TicketClass } from "../../protocol/model/ticket.ts";

/** What the rule of the line needs to know of a waiting ticket. */
export interface Queued {
	/** Place within a class: the sequence of the event that issued it. Clocks may go back, this never does. */
	issuedSeq: number;
	/** Where it gave way to others: a place after another ticket's (placeBehind); null is its own place, its issuedSeq. */
	behind: number | null;
	class: TicketClass;
	/** From when its place counts, UTC milliseconds: see placeOf. */
	queuePosition: number;
	/** Until then the ticket is left alone: it was called and nobody came. */
	notBefore: number | null;
	topic: TopicId;
	/** Null where it was cut: of old tickets only, which nobody waits with. */
	language: Language | null;
	/** The only counter that may call it; null is any. */
	reservedFor: CounterNumber | null;
}

export interface QueueRules {
	/**
	 * How much earlier a priority ticket counts as having come, in milliseconds. It is also the cap on
	 * overtaking: nobody is ever passed by a priority visitor who came more than this after them, so
	 * that nobody starves however many of them come.
	 */
	priorityLeadMs: number;
	/** How much before its booked time an appointment counts as having come, in milliseconds: the same cap. */
	appointmentLeadMs: number;
	/** How late after its time an appointment may be checked in and keep its place, in milliseconds. */
	appointmentGraceMs: number;
	/** How far a counter may reach past the first in line for a visitor whose language is spoken at it, in milliseconds. */
	languageReachMs: number;
}

const MINUTE = 60_000;

export const DEFAULT_QUEUE_RULES: QueueRules = {
	priorityLeadMs: 20 * MINUTE,
	appointmentLeadMs: 15 * MINUTE,
	appointmentGraceMs: 10 * MINUTE,
	languageReachMs: 5 * MINUTE,
};

/** What a counter can do. */
export interface CounterSkills {
	/** The topics it serves; undefined is every one. */
	topics: ReadonlySet<string> | undefined;
	/** The languages spoken at it; empty where nobody has said. */
	languages: ReadonlySet<Language>;
}

/** From when a ticket's place in the line counts. */
export function queuePositionOf(ticketClass: TicketClass, arrivedAt: number, rules: QueueRules): number {
	return ticketClass === "priority" ? arrivedAt - rules.priorityLeadMs : arrivedAt;
}

/**
 * How appointments are merged with walk-ins: one that is checked in by `appointmentGrace` after its time counts as
 * having come `appointmentLead` before its time, whether its visitor came early or just in time; a later one is a
 * walk-in. So it is called at about its time where the wait is about the lead, and passes nobody who came more than
 * lead and grace before its visitor did.
 */
export function placeOfAppointment(
	bookedAt: number,
	checkedInAt: number,
	rules: QueueRules,
): { class: TicketClass; queuePosition: number } {
	if (punctualityOf(bookedAt, checkedInAt, rules) === "late") return { class: "ordinary", queuePosition: checkedInAt };
	return { class: "appointment", queuePosition: bookedAt - rules.appointmentLeadMs };
}

/** How a visitor with an appointment comes: one who is early or on time has the place of the booked time, a late one does not. */
export function punctualityOf(bookedAt: number, arrivedAt: number, rules: QueueRules): Punctuality {
	if (arrivedAt > bookedAt + rules.appointmentGraceMs) return "late";
	return arrivedAt < bookedAt - rules.appointmentLeadMs ? "early" : "on-time";
}

/**
 * The line in the order in which any counter would call it. Walk-ins of a class keep the order of their
 * arrivals, whatever the clock did; appointments stand by their time; the classes are merged by place.
 */
export function orderLine<T extends Queued>(waiting: readonly T[]): T[] {
	const classes = TICKET_CLASSES.map((one) =>
		waiting.filter((ticket) => ticket.class === one).sort(compareWithinClass),
	);
	return classes.reduce(merge);
}

/** Two lines as one, each in its own order. */
function merge<T extends Queued>(one: readonly T[], other: readonly T[]): T[] {
	const line: T[] = [];
	let [next, nextOther] = [0, 0];
	for (;;) {
		const [head, otherHead] = [one[next], other[nextOther]];
		if (head === undefined) return line.concat(other.slice(nextOther));
		if (otherHead === undefined) return line.concat(one.slice(next));
		const isOther = isBefore(otherHead, head);
		line.push(isOther ? otherHead : head);
		if (isOther) nextOther += 1;
		else next += 1;
	}
}

/**
 * Who is next at a counter: the first in line that it serves, is not sent to another, and is not
 * left alone. Where the first one's language is not spoken at the counter and that of somebody
 * close behind is, that one comes: the first waits at most for people who came `languageReach` later.
 * A ticket whose visitor did not come is left alone for a while and then has its old place (ZMS's rule).
 */
export function chooseNext<T extends Queued>(
	waiting: readonly T[],
	at: { counter: CounterNumber; skills: CounterSkills; rules: QueueRules; now: number },
): T | undefined {
	const { skills, rules, now } = at;
	// Ordered before they are chosen, as on the board: where a clock was set back, a part of the line has another order.
	const line = orderLine(waiting).filter(
		({ topic, reservedFor, notBefore }) =>
			(notBefore === null || notBefore <= now) &&
			(reservedFor === null || reservedFor === at.counter) &&
			(skills.topics === undefined || skills.topics.has(topic)),
	);
	const first = line[0];
	const isSpoken = ({ language }: Queued) => language !== null && skills.languages.has(language);
	if (first === undefined || isSpoken(first)) return first;
	const spoken = line.find((one) => isSpoken(one) && one.queuePosition - first.queuePosition <= rules.languageReachMs);
	return spoken ?? first;
}

/** Who would be passed by giving way to so many: the one to stand behind, of the same class. Undefined where nobody comes after. */
export function behindOf<T extends Queued>(waiting: readonly T[], own: T, people: number): T | undefined {
	const after = orderLine(waiting).filter((other) => other.class === own.class && compareWithinClass(own, other) < 0);
	return after[Math.min(people, after.length) - 1];
}

/**
 * A place right behind a ticket and before all who gave way to it earlier: half of the way to the next that is taken.
 * `taken` are the places of those who gave way; all others have whole numbers.
 */
export function placeBehind(
	{ behind, issuedSeq }: Pick<Queued, "behind" | "issuedSeq">,
	taken: readonly number[],
): number {
	const place = behind ?? issuedSeq;
	const next = Math.min(Math.floor(place) + 1, ...taken.filter((other) => other > place));
	return (place + next) / 2;
}

function compareWithinClass(one: Queued, other: Queued): number {
	if (one.class === "appointment" && one.queuePosition !== other.queuePosition)
		return one.queuePosition - other.queuePosition;
	const place = (one.behind ?? one.issuedSeq) - (other.behind ?? other.issuedSeq);
	if (place !== 0) return place;
	if ((one.behind === null) !== (other.behind === null)) return one.behind === null ? -1 : 1;
	return one.issuedSeq - other.issuedSeq;
}

function isBefore(one: Queued, other: Queued): boolean {
	return one.queuePosition === other.queuePosition
		? one.issuedSeq < other.issuedSeq
		: one.queuePosition < other.queuePosition;
}
