import type { Logger } from "pino";
import type { TicketService } from "./ticket-service.ts";

const EACH_MINUTE = 60_000;

/**
 * Ends what earlier days left in the line: at once, for a station that was off at the day's turn, and then within
 * a minute of each turn. Returns the way to stop. A fault is told, and the next minute tries again.
 */
export function startClosingPastDays(
	tickets: Pick<TicketService, "closePastDays">,
	{ clock, log }: { clock(): number; log: Logger },
): () => void {
	const close = () => {
		try {
			const closed = tickets.closePastDays(clock());
			if (closed > 0) log.info({ closed }, "tickets of earlier days that nobody came for were closed");
		} catch (err) {
			log.error({ err }, "tickets of earlier days could not be closed");
		}
	};
	close();
	const timer = setInterval(close, EACH_MINUTE);
	timer.unref();
	return () => clearInterval(timer);
}
