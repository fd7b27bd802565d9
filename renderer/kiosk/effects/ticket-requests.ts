import type { Store } from "../../ui/store.ts";
import type { KioskEvent } from "../state/events.ts";
import type { Kiosk, KioskState, StateAt } from "../state/state.ts";
import { retryDelayMs } from "./retry.ts";
import type { Station } from "./station-client.ts";

const PAPER_POLL_MS = 250;
const PAPER_SLOW_POLL_MS = 1_000;
const PAPER_SLOW_POLL_AFTER_MS = 10_000;

/** Refusals that concern one topic: the others may still be available. */
const TOPIC_REFUSALS = {
	TOPIC_UNKNOWN: "topic-gone",
	TOPIC_CLOSED: "closed",
	TOPIC_FULL: "full",
	TOPIC_LATER: "later",
	SITE_CLOSED: "site-closed",
} as const;
const CHECK_IN_REFUSALS = {
	VISIT_UNKNOWN: "unknown",
	VISIT_OTHER_DAY: "other-day",
	VISIT_CANCELLED: "over",
	VISIT_OVER: "over",
	CODE_RATE_LIMITED: "too-many-attempts",
} as const;

function meaningOf<Meanings extends object>(meanings: Meanings, code: string): Meanings[keyof Meanings] | undefined {
	return Object.entries(meanings).find(([known]) => known === code)?.[1];
}

interface TicketRequestDeps {
	store: Store<Kiosk, KioskEvent>;
	station: Station;
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

function isStillAt({ store }: TicketRequestDeps, state: KioskState): boolean {
	return store.read().state === state;
}

/** Requests the ticket until the station answers or the kiosk gives up, with the same key each time. */
export async function issueTicket(
	deps: TicketRequestDeps,
	state: StateAt<"issuing">,
): Promise<"issued" | "refused" | "abandoned"> {
	const { store, station, now, sleep } = deps;
	const { topic, nextTopics, people, language, key } = state;
	for (let failures = 0; isStillAt(deps, state); failures++) {
		const answer = await station.issue({ topic, nextTopics, people, language, key });
		if (answer.kind === "ok") {
			store.dispatch({ type: "ticket-issued", time: now(), key, ticket: answer.value });
			return "issued";
		}
		if (answer.kind === "refused") {
			const { code, data } = answer;
			const reason = meaningOf(TOPIC_REFUSALS, code) ?? "station-refused";
			const refusedTopic = typeof data.topic === "string" ? data.topic : undefined;
			store.dispatch({ type: "ticket-refused", time: now(), key, reason, topic: refusedTopic });
			return "refused";
		}
		store.dispatch({ type: "station-unreachable", time: now() });
		await sleep(retryDelayMs(failures));
	}
	return "abandoned";
}

/** Like issueTicket. The station gives the same ticket however often the same code is checked in. */
export async function checkIn(deps: TicketRequestDeps, state: StateAt<"check-in">): Promise<void> {
	const { store, station, now, sleep } = deps;
	const { typed, language, key } = state;
	for (let failures = 0; isStillAt(deps, state); failures++) {
		const answer = await station.checkIn(typed, language);
		if (answer.kind === "ok") {
			return store.dispatch({ type: "ticket-issued", time: now(), key, ticket: answer.value });
		}
		if (answer.kind === "refused") {
			const result = meaningOf(CHECK_IN_REFUSALS, answer.code) ?? "topic-unavailable";
			const { serviceDay, isPast } = answer.data;
			const day = typeof serviceDay === "string" ? { serviceDay, isPast: isPast === true } : {};
			return store.dispatch({ type: "check-in-refused", time: now(), key, result, ...day });
		}
		store.dispatch({ type: "station-unreachable", time: now() });
		await sleep(retryDelayMs(failures));
	}
}

/** Polls the ticket until its paper is out or the visitor leaves. */
export async function watchPaper(
	{ store, station, now, sleep }: TicketRequestDeps,
	state: StateAt<"ticket">,
): Promise<void> {
	const { id } = state.ticket;
	for (;;) {
		const { state: current } = store.read();
		if (current.at !== "ticket" || current.ticket.id !== id || current.paper === "ready") return;
		await sleep(now() - state.since < PAPER_SLOW_POLL_AFTER_MS ? PAPER_POLL_MS : PAPER_SLOW_POLL_MS);
		const answer = await station.ticket(id);
		if (answer.kind === "ok") store.dispatch({ type: "ticket-updated", time: now(), ticket: answer.value });
	}
}
