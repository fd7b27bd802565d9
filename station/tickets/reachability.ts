import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { StrandedReason, TicketState } from "../../protocol/model/ticket.ts";
import type { CounterSkills } from "./queue-order.ts";

/* Which counters could call a ticket, as pure rules: nobody waits for a counter that will not call. */

/** A counter of the site with a member of staff signed in. */
export interface StaffedCounter {
	counter: CounterNumber;
	skills: CounterSkills;
	/** On a break: it calls nobody until the break ends. */
	isPaused: boolean;
}

/** What the rules need to know of a ticket. */
export interface Placed {
	topic: TopicId;
	reservedFor: CounterNumber | null;
}

const serves = ({ skills }: StaffedCounter, topic: TopicId) => skills.topics === undefined || skills.topics.has(topic);

/** A reservation holds while its counter is staffed and serves the topic; then any counter may call the ticket. */
export function heldReservation(
	{ topic, reservedFor }: Placed,
	staffed: readonly StaffedCounter[],
): CounterNumber | null {
	if (reservedFor === null) return null;
	return staffed.some((one) => one.counter === reservedFor && serves(one, topic)) ? reservedFor : null;
}

/** Tickets without the reservations that have lapsed. */
export function withoutLapsed<T extends Placed>(tickets: readonly T[], staffed: readonly StaffedCounter[]): T[] {
	return tickets.map((ticket) => {
		const reservedFor = heldReservation(ticket, staffed);
		return reservedFor === ticket.reservedFor ? ticket : { ...ticket, reservedFor };
	});
}

/** The staffed counters that may call a waiting ticket, those on a break included. */
function countersFor(ticket: Placed, staffed: readonly StaffedCounter[]): StaffedCounter[] {
	const reservedFor = heldReservation(ticket, staffed);
	return staffed.filter((one) => serves(one, ticket.topic) && (reservedFor === null || one.counter === reservedFor));
}

/**
 * Why nobody could act for a ticket now: no staffed counter may call it, those that may are on a break, or it is at a
 * counter that its member of staff has left. Null where somebody could.
 */
export function strandedReason(
	ticket: Placed & { state: TicketState; counter: CounterNumber | null },
	staffed: readonly StaffedCounter[],
): StrandedReason | null {
	switch (ticket.state) {
		case "waiting": {
			const counters = countersFor(ticket, staffed);
			if (counters.length === 0) return "no-counter";
			return counters.every(({ isPaused }) => isPaused) ? "on-break" : null;
		}
		case "called":
		case "serving":
			return staffed.some(({ counter }) => counter === ticket.counter) ? null : "counter-left";
		default:
			return null;
	}
}

/**
 * Whether others wait behind a ticket: not where no staffed counter may call it. With nobody signed in, everybody waits
 * for the first counter to open.
 */
export function countsAsAhead(ticket: Placed, staffed: readonly StaffedCounter[]): boolean {
	return staffed.length === 0 || countersFor(ticket, staffed).length > 0;
}

/** Whether one staffed counter serves both topics, so that their visitors wait for each other. With nobody signed in all do. */
export function sharesCounter(topic: TopicId, other: TopicId, staffed: readonly StaffedCounter[]): boolean {
	return topic === other || staffed.length === 0 || staffed.some((one) => serves(one, topic) && serves(one, other));
}

export interface UnreachableTarget {
	/** The counter is not staffed, or does not serve the topic; without a counter, no staffed one does. */
	reason: "unstaffed" | "not-served";
	/** The staffed counters that serve the topic. */
	counters: CounterNumber[];
}

/** Why no counter would call a ticket that is transferred to a topic and perhaps one counter; undefined where one would. */
export function unreachableTarget(
	{ topic, counter }: { topic: TopicId; counter: CounterNumber | null },
	staffed: readonly StaffedCounter[],
): UnreachableTarget | undefined {
	const serving = countersFor({ topic, reservedFor: null }, staffed);
	if (counter === null ? serving.length > 0 : serving.some((one) => one.counter === counter)) return undefined;
	const isStaffed = counter === null || staffed.some((one) => one.counter === counter);
	return { reason: isStaffed ? "not-served" : "unstaffed", counters: serving.map((one) => one.counter) };
}
