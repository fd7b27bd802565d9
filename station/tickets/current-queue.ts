import type { CurrentQueue } from "../waits/wait-estimates.ts";
import { orderLine } from "./queue-order.ts";
import { type StaffedCounter, withoutLapsed } from "./reachability.ts";
import type { TicketRow } from "./ticket-row.ts";

/** The live tickets of a day as the estimate of waits needs them. */
export function readCurrentQueue(
	live: readonly TicketRow[],
	staffed: readonly StaffedCounter[] | undefined,
): CurrentQueue {
	const waiting = live.filter(({ state }) => state === "waiting");
	const line = orderLine(staffed ? withoutLapsed(waiting, staffed) : waiting);
	return {
		line: line.map(({ id, topic, nextTopics, language, reservedFor, arrivedAt, queuePosition, notBefore, calls }) => ({
			...{ id, topic, language, reservedFor, arrivedAt, queuePosition },
			nextTopics: nextTopics ?? [],
			availableFrom: notBefore ?? 0,
			wasCalled: calls > 0,
			probability: 1,
		})),
		atCounters: live.flatMap(({ state, counter, topic, since, calledAt }) =>
			counter !== null && (state === "called" || state === "serving")
				? [{ counter, topic, since: calledAt ?? since, isServing: state === "serving" }]
				: [],
		),
	};
}
