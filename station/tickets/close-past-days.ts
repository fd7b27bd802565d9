import type { Logger } from "pino";
import { makeApplyToAll } from "./apply-action.ts";
import { countsOn } from "./service-day.ts";
import type { ServiceDayCache } from "./service-day-cache.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

/** The turn of the day. */
export interface PastDays {
	/**
	 * Ends what an earlier day left open: nobody comes for it, and no screen shows it. A ticket at a counter that is under
	 * way (countsOn) stays, for its member of staff to finish. Returns how many it ended.
	 */
	closePastDays(now: number): number;
}

export function openPastDays(deps: TicketServiceDeps, repository: TicketRepository, day: ServiceDayCache): PastDays {
	const applyToAll = makeApplyToAll(deps, repository, day);
	return {
		closePastDays(now) {
			const today = day.serviceDay(now);
			const left = () =>
				repository.liveOfPastDays.all({ serviceDay: today }).filter((row) => !countsOn(today, row, now));
			return applyToAll(left, { kind: "cancel", reason: "closed" }, { now });
		},
	};
}

const INTERVAL_MS = 60_000;

/**
 * Closes the tickets that past days left waiting: now, for a station that was off overnight, and then within a minute of
 * each new service day. Logs an error and tries again a minute later. Returns a function that stops it.
 */
export function startClosingPastDays(
	tickets: PastDays,
	{ clock, holdsDay, log }: { clock(): number; holdsDay(): boolean; log: Logger },
): () => void {
	const close = () => {
		// By a clock in doubt nothing is closed.
		if (holdsDay()) return;
		try {
			const closed = tickets.closePastDays(clock());
			if (closed > 0) log.info({ closed }, "ticket.past-days.closed");
		} catch (err) {
			log.error({ err }, "ticket.past-days.failed");
		}
	};
	close();
	const timer = setInterval(close, INTERVAL_MS);
	timer.unref();
	return () => clearInterval(timer);
}
