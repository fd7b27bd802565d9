import type { EventType, StationEvent } from "../events/event.ts";
import type { CounterNumber, StaffId, TopicId } from "../model/ids.ts";
import type { Language } from "../model/language.ts";
import type { CancelReason, TicketClass, TicketOutcome, TicketState } from "../model/ticket.ts";
import { minuteOfDay } from "./calendar.ts";
import { type Leg, type LegStep, legsOf, type TicketRecord } from "./leg.ts";

/*
 * What the events of a ticket say for statistics. They may come in any order and from several streams: after a fork two
 * events can have the same version, and the later one is true. So a history depends on which events there are and not on
 * how they came.
 */

interface VersionedChange {
	version: number;
	at: number;
	/** Only to choose one of two with the same version and instant. */
	id: string;
	by: StaffId | null;
	/** What the ticket is from then on; absent where that stays as it was. */
	state?: TicketState;
	/** Null: at none. */
	counter?: CounterNumber | null;
	topic?: TopicId;
	begins?: LegStep["begins"];
	class?: TicketClass;
	outcome?: TicketOutcome | null;
	cancelled?: CancelReason;
}

export interface TicketHistory {
	/** Null until the event has come. */
	issued: { at: number; serviceDay: string; topic: TopicId; language: Language | null; class: TicketClass } | null;
	/** By their versions. */
	changes: readonly VersionedChange[];
	rated: { at: number; rating: number } | null;
}

export const EMPTY_HISTORY: TicketHistory = { issued: null, changes: [], rated: null };

/** The types of events that say something of a ticket. */
export const HISTORY_EVENTS = [
	...["ticket.issued", "ticket.rated", "ticket.called", "ticket.started", "ticket.finished", "ticket.referred"],
	...["ticket.returned", "ticket.parked", "ticket.missed", "ticket.cancelled", "ticket.transferred"],
	...["ticket.continued", "ticket.priority-set", "ticket.undone"],
] as const satisfies readonly EventType[];

/** The history with one more event. The same event twice changes nothing. */
export function addEvent(history: TicketHistory, event: StationEvent): TicketHistory {
	const { at } = event;
	if (event.type === "ticket.issued") {
		const { serviceDay, topic, language, class: ticketClass } = event.data;
		return { ...history, issued: { at, serviceDay, topic, language, class: ticketClass } };
	}
	if (event.type === "ticket.rated") {
		const { rating } = event.data;
		const isLater =
			history.rated === null ||
			isAfter({ at, id: String(rating) }, { ...history.rated, id: String(history.rated.rating) });
		return isLater ? { ...history, rated: { at, rating } } : history;
	}
	const change = changeOf(event);
	if (change === undefined || !("version" in event.data)) return history;
	const own: VersionedChange = { version: event.data.version, at, id: event.id, by: event.by ?? null, ...change };
	const other = history.changes.find(({ version }) => version === own.version);
	if (other && !isAfter(own, other)) return history;
	const others = history.changes.filter((one) => one !== other);
	return { ...history, changes: [...others, own].toSorted((one, next) => one.version - next.version) };
}

/** The ticket as the rules of legs read it; null where it was not issued, or nothing is known of that. */
function recordOf({ issued, changes, rated }: TicketHistory): TicketRecord | null {
	if (issued === null) return null;
	const steps: LegStep[] = [{ ...NO_STEP, state: "waiting", topic: issued.topic, startedAt: issued.at }];
	const record = { state: "waiting" as TicketState, class: issued.class, outcome: null as TicketOutcome | null };
	let reason: CancelReason | undefined;
	let counter: CounterNumber | null = null;
	for (const change of changes) {
		record.class = change.class ?? record.class;
		if (change.outcome !== undefined) record.outcome = change.outcome;
		if (change.cancelled !== undefined) reason = change.cancelled;
		if (change.state === undefined) continue;
		if (change.counter !== undefined) counter = change.counter;
		const last = steps.at(-1);
		if (last && last.endedAt === null) last.endedAt = change.at;
		record.state = change.state;
		if (isOver(change.state)) continue;
		steps.push({
			...{ ...NO_STEP, state: change.state, counter, by: change.by, begins: change.begins ?? null },
			...{ topic: change.topic ?? last?.topic ?? issued.topic, startedAt: change.at },
		});
	}
	return {
		...{ ...record, language: issued.language, rating: rated?.rating ?? null, told: null, steps },
		cancelled: reason === undefined || reason === "left" || reason === "closed" ? (reason ?? null) : "withdrawn",
	};
}

/** The legs that a history tells, and their service day; null where the ticket was not issued. */
export function legsOfHistory(history: TicketHistory, timezone: string): { serviceDay: string; legs: Leg[] } | null {
	const record = recordOf(history);
	if (record === null || history.issued === null) return null;
	const { serviceDay } = history.issued;
	const minuteOf = minuteOfDay(timezone);
	return { serviceDay, legs: legsOf(record, (instant) => minuteOf(instant, serviceDay)) };
}

/** Without what links the ticket to its visitor. */
export function redactHistory(history: TicketHistory): TicketHistory {
	return { ...history, issued: history.issued && { ...history.issued, language: null } };
}

const NO_STEP = { counter: null, endedAt: null, by: null, begins: null, isDoubtful: false } as const;
const isOver = (state: TicketState) => state === "finished" || state === "cancelled";

type Change = Omit<VersionedChange, "version" | "at" | "id" | "by">;

function changeOf(event: StationEvent): Change | undefined {
	switch (event.type) {
		case "ticket.called":
			return { state: "called", counter: event.data.counter };
		case "ticket.started":
			return { state: "serving", counter: event.data.counter };
		case "ticket.finished":
			return { state: "finished", counter: event.data.counter, outcome: event.data.outcome };
		case "ticket.referred":
			return { state: "finished", outcome: "referred" };
		case "ticket.returned":
			return { state: "waiting", counter: null };
		case "ticket.parked":
			return { state: "parked", counter: null };
		case "ticket.missed":
			return { state: "missed", counter: null };
		case "ticket.cancelled":
			return { state: "cancelled", counter: null, cancelled: event.data.reason };
		case "ticket.transferred":
			return { state: "waiting", counter: null, topic: event.data.topic, begins: "transferred" };
		case "ticket.continued": {
			const { state, counter, next: topic } = event.data;
			return { state, counter: state === "serving" ? counter : null, topic, begins: "continued" };
		}
		case "ticket.priority-set":
			return { class: event.data.class };
		case "ticket.undone": {
			const { state, counter, topic, class: ticketClass, outcome } = event.data.restored;
			return { state, counter, topic, class: ticketClass, outcome };
		}
		default:
			return undefined;
	}
}

type Placed = Pick<VersionedChange, "at" | "id">;

function isAfter(one: Placed, other: Placed): boolean {
	return one.at === other.at ? one.id > other.id : one.at > other.at;
}
