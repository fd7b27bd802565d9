import type { Language } from "../../protocol/language.ts";
import type { TicketClass } from "../../protocol/ticket.ts";

/** What the rule of the line needs to know of a waiting ticket. */
export interface InLine {
	/** Place within a class: the sequence of the event that issued it. Clocks may go back, this never does. */
	issuedSeq: number;
	/** Where it gave way to others: the issuedSeq of the ticket that it stands behind; null is its own place. */
	behind: number | null;
	class: TicketClass;
	/** From when its place counts, UTC milliseconds: see placeOf. */
	placeAt: number;
	/** Until then the ticket is left alone: it was called and nobody came. */
	restsUntil: number | null;
	topic: string;
	language: Language;
	/** The only counter that may call it; null is any. */
	reservedFor: string | null;
}

export interface LineRules {
	/**
	 * How much earlier a priority ticket counts as having come, in milliseconds. It is also the cap on
	 * overtaking: nobody is ever passed by a priority visitor who came more than this after them, so
	 * that nobody starves however many of them come.
	 */
	priorityLead: number;
	/** How far a counter may reach past the first in line for a visitor whose language is spoken at it, in milliseconds. */
	languageReach: number;
}

export const DEFAULT_LINE_RULES: LineRules = { priorityLead: 20 * 60_000, languageReach: 5 * 60_000 };

/** What a counter can do. */
export interface CounterSkills {
	/** The topics it serves; undefined is every one. */
	topics: ReadonlySet<string> | undefined;
	/** The languages spoken at it; empty where nobody has said. */
	languages: ReadonlySet<Language>;
}

export const ANY_SKILLS: CounterSkills = { topics: undefined, languages: new Set() };

/** From when a ticket's place in the line counts. */
export function placeOf(ticketClass: TicketClass, arrivedAt: number, rules: LineRules): number {
	return ticketClass === "priority" ? arrivedAt - rules.priorityLead : arrivedAt;
}

/** The line in the order in which any counter would call it; a class keeps the order of its arrivals, whatever the clock did. */
export function orderLine<T extends InLine>(waiting: readonly T[]): T[] {
	const byArrival = waiting.toSorted(compareWithinClass);
	const ordinary = byArrival.filter((ticket) => ticket.class === "ordinary");
	const priority = byArrival.filter((ticket) => ticket.class === "priority");
	const line: T[] = [];
	while (ordinary[0] && priority[0]) {
		const [first] = isBefore(priority[0], ordinary[0]) ? priority.splice(0, 1) : ordinary.splice(0, 1);
		if (first) line.push(first);
	}
	return [...line, ...ordinary, ...priority];
}

/**
 * Who is next at a counter: the first in line that it serves, is not sent to another, and is not
 * left alone. Where the first one's language is not spoken at the counter and that of somebody
 * close behind is, that one comes: the first waits at most for people who came `languageReach` later.
 * A ticket called in vain rests and then has its old place (ZMS's rule).
 */
export function chooseNext<T extends InLine>(
	waiting: readonly T[],
	at: { counter: string; skills: CounterSkills; rules: LineRules; now: number },
): T | undefined {
	const { skills, rules, now } = at;
	const line = orderLine(
		waiting.filter(
			({ topic, reservedFor, restsUntil }) =>
				(restsUntil === null || restsUntil <= now) &&
				(reservedFor === null || reservedFor === at.counter) &&
				(skills.topics === undefined || skills.topics.has(topic)),
		),
	);
	const first = line[0];
	if (first === undefined || skills.languages.has(first.language)) return first;
	const spoken = line.find(
		({ language, placeAt }) => skills.languages.has(language) && placeAt - first.placeAt <= rules.languageReach,
	);
	return spoken ?? first;
}

/** Who would be passed by giving way to so many: the one to stand behind, of the same class. Undefined where nobody comes after. */
export function behindOf<T extends InLine>(waiting: readonly T[], own: T, people: number): T | undefined {
	const after = orderLine(waiting).filter((other) => other.class === own.class && compareWithinClass(own, other) < 0);
	return after[Math.min(people, after.length) - 1];
}

function compareWithinClass(one: InLine, other: InLine): number {
	const place = (one.behind ?? one.issuedSeq) - (other.behind ?? other.issuedSeq);
	if (place !== 0) return place;
	if ((one.behind === null) !== (other.behind === null)) return one.behind === null ? -1 : 1;
	return one.issuedSeq - other.issuedSeq;
}

function isBefore(one: InLine, other: InLine): boolean {
	return one.placeAt === other.placeAt ? one.issuedSeq < other.issuedSeq : one.placeAt < other.placeAt;
}
