import type { Logger } from "pino";
import type { TicketService } from "./ticket-service.ts";

const INTERVAL_MS = 60_000;

/**
 * Closes the tickets that past days left waiting: now, for a station that was off overnight, and then within a minute of
 * each new service day. Logs an error and tries again a minute later. Returns a function that stops it.
 */
export function startClosingPastDays(
	tickets: Pick<TicketService, "closePastDays">,
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
