import { describeDayClosing } from "../staff/supervision.ts";
import { endOfServiceDay } from "../tickets/service-day.ts";
import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import type { RouterDeps } from "./router-deps.ts";

/** The site closed by hand, for a time or for the day, and opened again. */
export function makeClosureRoutes(deps: RouterDeps, { requireSession, requireSupervisor }: Guards) {
	const { catalogue, tickets, sessions, clock } = deps;
	const readOpening = () => {
		const now = clock();
		const { lastClosing: _, ...opening } = deps.hours(now);
		return { at: now, ...opening };
	};
	const readDayClosing = () => {
		const now = clock();
		return describeDayClosing({
			at: now,
			closedByHand: deps.closure.read(now),
			queue: tickets.queue(now),
			sessions: sessions.list(now),
			visits: deps.visits.list(now),
			restorable: tickets.restorable(now),
		});
	};

	return {
		opening: os.supervision.opening.handler(({ context }) => {
			requireSession(context);
			return readOpening();
		}),
		closeSite: os.supervision.closeSite.handler(({ input: { until }, context }) => {
			const { staffId } = requireSupervisor(context);
			const now = clock();
			const end = until ?? endOfServiceDay(tickets.serviceDay(now), catalogue.clock);
			deps.closure.close(end, { by: staffId, now });
			return readOpening();
		}),
		reopenSite: os.supervision.reopenSite.handler(({ context }) => {
			const { staffId } = requireSupervisor(context);
			deps.closure.reopen({ by: staffId, now: clock() });
			return readOpening();
		}),
		dayClosing: os.supervision.dayClosing.handler(({ context }) => {
			requireSupervisor(context);
			return readDayClosing();
		}),
		closeDay: os.supervision.closeDay.handler(({ input: { reason }, context }) => {
			const { staffId: by } = requireSupervisor(context);
			const now = clock();
			const end = endOfServiceDay(tickets.serviceDay(now), catalogue.clock);
			// First, so that nobody joins the queue that is cleared.
			if ((deps.closure.read(now)?.until ?? 0) < end) deps.closure.close(end, { by, now });
			tickets.clearQueue(reason, { now, by });
			return readDayClosing();
		}),
		undoCloseDay: os.supervision.undoCloseDay.handler(({ context }) => {
			const { staffId: by } = requireSupervisor(context);
			const now = clock();
			tickets.restoreCleared({ now, by });
			deps.closure.reopen({ by, now });
			return readDayClosing();
		}),
	};
}
