import type { Logger } from "pino";
import { redactBefore } from "../../protocol/events/retention.ts";
import type { Retention } from "./retention.ts";

const INTERVAL_MS = 60_000;
/** Few enough for a visitor's tap not to wait for them; still a quarter of a million a day. */
const BATCH = 200;

/** Redacts what is due, a few events each minute. Logs an error and tries again a minute later. Returns a function that stops it. */
export function startRetention(
	retention: Retention,
	deps: { days: number; isEnrolled(): boolean; clock(): number; holdsDay(): boolean; log: Logger },
): () => void {
	const { days, isEnrolled, clock, holdsDay, log } = deps;
	const timer = setInterval(() => {
		// By a clock in doubt nothing is redacted.
		if (holdsDay()) return;
		try {
			const redacted = retention.redact(redactBefore(clock(), days), BATCH, isEnrolled());
			if (redacted > 0) log.info({ redacted }, "retention.redacted");
		} catch (err) {
			log.error({ err }, "retention.failed");
		}
	}, INTERVAL_MS);
	timer.unref();
	return () => clearInterval(timer);
}
