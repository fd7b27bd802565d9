import type { CurrentQueue } from "../waits/wait-estimates.ts";
import { type StaffedCounter, withoutLapsed } from "./reachability.ts";
import type { TicketRow } from "./ticket-row.ts";
import type { WaitingTicket } from "./waiting-line.ts";

/** Who waits, in order, and who is at which counter, as the estimate of waits needs them. */
export function toCurrentQueue(
	waiting: readonly WaitingTicket[],
	open: readonly TicketRow[],
	staffed: readonly StaffedCounter[] | undefined,
): CurrentQueue {
	const line = staffed ? withoutLapsed(waiting, staffed) : waiting;
	return {
		line: line.map(({ id, topic, nextTopics, language, reservedFor, arrivedAt, queuePosition, notBefore, calls }) => ({
			...{ id, topic, language, reservedFor, arrivedAt, queuePosition },
			nextTopics: nextTopics ?? [],
			availableFrom: notBefore ?? 0,
			wasCalled: calls > 0,
			probability: 1,
		})),
		atCounters: open.flatMap(({ state, counter, topic, since, calledAt }) =>
			counter === null ? [] : [{ counter, topic, since: calledAt ?? since, isServing: state === "serving" }],
		),
	};
}
