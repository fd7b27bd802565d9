import type { CounterNumber, TicketId } from "../../protocol/model/ids.ts";
import { TICKET_CLASSES } from "../../protocol/model/ticket.ts";
import { chooseNext, type Queued } from "./queue-order.ts";
import { withoutLapsed } from "./reachability.ts";
import type { ServiceDayCache } from "./service-day-cache.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

const FIRST_FEW = 20;

/** The ticket that a counter calls next; undefined where nobody waits whom it may call. */
export type FindNext = (counter: CounterNumber, now: number) => TicketId | undefined;

/** What "next" calls and what a desk's preview shows: one and the same choice. */
export function makeFindNext(
	{ skillsOf, staffing, queueRules: rules }: TicketServiceDeps,
	repository: TicketRepository,
	day: ServiceDayCache,
): FindNext {
	return (counter, now) => {
		const at = { counter, skills: skillsOf(counter), rules, now };
		const serviceDay = day.serviceDay(now);
		const staffed = staffing?.(now);
		const choose = <T extends Queued>(waiting: readonly T[]) =>
			chooseNext(staffed ? withoutLapsed(waiting, staffed) : waiting, at);

		/**
		 * The next among the first few of each class: reading five hundred people for each call is most of its cost.
		 * Undefined where only the whole line can tell: languages are spoken at the counter, so that somebody further
		 * behind may be preferred, or the first few of a class may all not be called.
		 */
		const chooseAmongFirst = () => {
			if (at.skills.languages.size > 0) return undefined;
			const ofClasses = TICKET_CLASSES.map((one) => {
				const first = repository.headOfClass.all({ serviceDay, class: one, limit: FIRST_FEW });
				return { chosen: choose(first), isWhole: first.length < FIRST_FEW };
			});
			if (ofClasses.some(({ chosen, isWhole }) => chosen === undefined && !isWhole)) return undefined;
			return choose(ofClasses.flatMap(({ chosen }) => chosen ?? []));
		};

		return (chooseAmongFirst() ?? choose(repository.line.all({ serviceDay })))?.id;
	};
}
