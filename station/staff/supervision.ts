import type { QueueEntry } from "../../protocol/api/board.ts";
import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { Counter, DayClosing, SiteClosureState, TopicLoad } from "../../protocol/model/staff.ts";
import type { ExpectedVisit } from "../../protocol/model/visit.ts";
import type { DeskSession } from "./sessions.ts";
import type { Moment, SiteSettings } from "./site-settings.ts";

/** Every counter of the site as a supervisor sees it. */
export function listCounters(
	counters: readonly CounterNumber[],
	sessions: readonly DeskSession[],
	queue: readonly QueueEntry[],
	settings: Pick<SiteSettings, "counter">,
): Counter[] {
	// A counter that left the catalogue is listed while somebody, or a ticket, is still at it.
	const used = [
		...sessions.map(({ counter }) => counter),
		...queue.flatMap(({ counter, state }) => (counter !== null && state !== "missed" ? [counter] : [])),
	];
	return [...new Set([...counters, ...used])].map((counter) => {
		const session = sessions.find((one) => one.counter === counter);
		const ticket = queue.find((one) => one.counter === counter);
		return {
			counter,
			staff: session ? { name: session.staff, role: session.role, since: session.openedAt } : null,
			pausedAt: session?.pausedAt ?? null,
			pauseReason: session?.pauseReason ?? null,
			ticket: ticket
				? {
						...{ id: ticket.id, number: ticket.number, state: ticket.state },
						...{ version: ticket.version, since: ticket.since },
					}
				: null,
			setting: settings.counter(counter),
		};
	});
}

/** Every topic of the site: open or closed, its limits, and how many tickets the day has of it. */
export function listTopics(
	topics: readonly TopicId[],
	at: Moment,
	queue: readonly QueueEntry[],
	settings: Pick<SiteSettings, "topic" | "load">,
): TopicLoad[] {
	return topics.map((topic) => ({
		topic,
		setting: settings.topic(topic),
		...settings.load(topic, at),
		waiting: queue.filter((entry) => entry.state === "waiting" && entry.topic === topic).length,
	}));
}

interface DayState extends Pick<DayClosing, "at" | "restorable"> {
	closedByHand: SiteClosureState | null;
	queue: readonly QueueEntry[];
	sessions: readonly DeskSession[];
	visits: readonly ExpectedVisit[];
}

/** What closing the day would do now: whom it cancels, and what it leaves to do. */
export function describeDayClosing({ queue, sessions, visits, ...state }: DayState): DayClosing {
	return {
		...state,
		open: queue.flatMap(({ id, number, state, topic, arrivedAt, counter }) =>
			counter === null ? [{ id, number, state, topic, arrivedAt }] : [],
		),
		atCounters: queue.flatMap(({ id, number, state, counter }) => {
			if (counter === null) return [];
			const session = sessions.find((one) => one.counter === counter);
			return [{ id, number, state, counter, staff: session?.staff ?? null }];
		}),
		expected: visits.flatMap(({ ticket, at, topic }) => (ticket === null ? [{ at, topic }] : [])),
	};
}
