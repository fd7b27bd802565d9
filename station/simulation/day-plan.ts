import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { TicketClass, TicketOutcome } from "../../protocol/model/ticket.ts";
import type { CounterSkills } from "../tickets/queue-order.ts";

/* A day before it is played: who comes when, what their visits take, and who works when. Instants in UTC milliseconds. */

export interface PlannedVisitor {
	arrivesAt: number;
	topic: TopicId;
	/** Null where it is no longer known. */
	language: Language | null;
	partySize: number;
	class: TicketClass;
	/** From when its place in the queue counts; null is by its class at the arrival. */
	queuePosition: number | null;
	/** How long the service takes at a counter of usual speed. */
	serviceMs: number;
	/** What the visit is transferred to, one after the other. */
	transfers: readonly { topic: TopicId; serviceMs: number }[];
	/** From the call until the visitor sits down. */
	walkMs: number;
	/** The visitor leaves after waiting so long, and tells nobody or has the ticket cancelled. */
	patienceMs: number;
	tellsWhenLeaving: boolean;
	/** At which call the visitor comes: 1 is the first; Infinity never. */
	comesAtCall: number;
	outcome: TicketOutcome;
	/** 1 to 5; null where the visitor says nothing. */
	rating: number | null;
}

export interface PlannedCounter {
	counter: CounterNumber;
	/** Whoever works there, for the staff accounts: 0 is the first member of staff. */
	member: number;
	skills: CounterSkills;
	/** By how much its visits take longer than usual. */
	slowness: number;
	from: number;
	to: number;
	breaks: readonly { from: number; to: number }[];
	/** From the end of a visit to the next call, drawn in turn. */
	gapsMs: readonly number[];
}

export interface DayPlan {
	visitors: readonly PlannedVisitor[];
	counters: readonly PlannedCounter[];
	/** Until then whoever waits is served; the rest is closed. */
	endsAt: number;
}
