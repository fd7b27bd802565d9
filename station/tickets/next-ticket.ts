import type { CounterNumber, TicketId } from "../../protocol/model/ids.ts";
import { chooseNext } from "./queue-order.ts";
import { withoutLapsed } from "./reachability.ts";
import type { ServiceDayCache } from "./service-day-cache.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

/** The ticket that a counter calls next; undefined where nobody waits whom it may call. */
export type FindNext = (counter: CounterNumber, now: number) => TicketId | undefined;

/** What "next" calls and what a desk's preview shows: one and the same choice. */
export function makeFindNext(
	{ skillsOf, staffing, queueRules: rules }: TicketServiceDeps,
	day: ServiceDayCache,
): FindNext {
	return (counter, now) => {
		const waiting = day.line(day.serviceDay(now)).ordered();
		const staffed = staffing?.(now);
		const at = { counter, skills: skillsOf(counter), rules, now };
		return chooseNext(staffed ? withoutLapsed(waiting, staffed) : waiting, at)?.id;
	};
}
