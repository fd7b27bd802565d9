import type { Logger } from "pino";
import { redactBefore } from "../../protocol/events/retention.ts";
import type { Retention } from "./retention.ts";

const EACH_MINUTE = 60_000;
/** Few enough for a visitor's tap not to wait for them; still a quarter of a million a day. */
const AT_ONCE = 200;

/** Cuts what is due, a little each minute. Returns the way to stop. A fault is told, and the next minute tries again. */
export function startRetention(
	retention: Retention,
	{ days, isEnrolled, clock, log }: { days: number; isEnrolled(): boolean; clock(): number; log: Logger },
): () => void {
	const timer = setInterval(() => {
		try {
			const cut = retention.cut(redactBefore(clock(), days), AT_ONCE, isEnrolled());
			if (cut > 0) log.info({ cut }, "old events were cut");
		} catch (err) {
			log.error({ err }, "old events could not be cut");
		}
	}, EACH_MINUTE);
	timer.unref();
	return () => clearInterval(timer);
}
