import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";

/** A ticket that waits, or a booked visitor who will come before the people that come now. */
export interface LineTicket {
	topic: TopicId;
	/** The topics that the visit goes on to at the same counter, if that serves them. */
	nextTopics: readonly TopicId[];
	language: Language | null;
	/** The only counter that may call it; null is any. */
	reservedFor: CounterNumber | null;
	arrivedAt: number;
	/** From when its place in the queue counts, UTC milliseconds. */
	queuePosition: number;
	/** From when a counter may call it: it was called and nobody came, or its visitor is not here yet. */
	availableFrom: number;
	/** It was called before, and nobody came. */
	wasCalled: boolean;
	/** How likely it will be there at all: 1 for a ticket, less for a booking. */
	probability: number;
}

export interface CounterSnapshot {
	counter: CounterNumber;
	/** The topics it serves; undefined is every one. */
	topics: ReadonlySet<string> | undefined;
	/** The languages spoken at it; empty where nobody has said. */
	languages: ReadonlySet<Language>;
	/** The ticket that is at it, since it was called. */
	busy: { topic: TopicId; since: number; isServing: boolean } | null;
	/** Since when its member of staff is on a break. */
	pausedSince: number | null;
	/** The breaks that it has begun today. */
	breaksBegun: number;
	/** Since when it has no ticket; null while it has one or is on a break. */
	freeSince: number | null;
	/** Since when it could have called somebody and has not; null where nobody waits for it. */
	ignoresSince: number | null;
}

/** Everything that decides how long people wait, at one moment. */
export interface QueueSnapshot {
	now: number;
	/** Milliseconds since the site's midnight: breaks follow the clock on the wall. */
	timeOfDayMs: number;
	/** In the order in which any counter would call. */
	line: readonly LineTicket[];
	/** The counters with a member of staff signed in. */
	counters: readonly CounterSnapshot[];
	/** How far a counter reaches past the first for a visitor whose language is spoken at it, in milliseconds. */
	languageReachMs: number;
}

/** Whether a counter may call a ticket. */
export function mayCall(
	{ counter, topics }: Pick<CounterSnapshot, "counter" | "topics">,
	ticket: { topic: TopicId; reservedFor: CounterNumber | null },
): boolean {
	if (ticket.reservedFor !== null) return ticket.reservedFor === counter && (topics?.has(ticket.topic) ?? true);
	return topics?.has(ticket.topic) ?? true;
}

/** A member of staff who could call somebody for so long and does not has gone, whatever the session says. */
const SILENT_AFTER_MS = 15 * 60_000;
/** A visit that takes so long is one that nobody finished on the screen. */
const FORGOTTEN_AFTER_MS = 4 * 3_600_000;

/** Whether a counter takes part: it calls, or will when its visit or its break ends. */
export function isAtWork({ busy, pausedSince, ignoresSince }: CounterSnapshot, now: number): boolean {
	if (busy !== null) return now - busy.since < FORGOTTEN_AFTER_MS;
	if (pausedSince !== null) return now - pausedSince < FORGOTTEN_AFTER_MS;
	return ignoresSince === null || now - ignoresSince < SILENT_AFTER_MS;
}
