import type { Logger } from "pino";
import { MINUTE_MS } from "../../lib/time/durations.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import type { Refusal } from "../refusal.ts";

/** Lines for requests that no station is known to have sent, in a minute. Anyone on the network can cause one. */
const MAX_LINES_OF_STRANGERS = 60;

/** Logs each refusal of a station, and of strangers so many in a minute; the others are counted in one line. */
export function openRefusalLog(log: Logger): (refusal: Refusal, station: StationId | undefined, now: number) => void {
	let since = Number.NEGATIVE_INFINITY;
	let lines = 0;
	let omitted = 0;
	return ({ code, data }, station, now) => {
		if (station !== undefined) return log.warn({ station, code, ...data }, "http.request.refused");
		if (now - since >= MINUTE_MS || now < since) {
			if (omitted > 0) log.warn({ omitted, since }, "http.request.refused.omitted");
			[since, lines, omitted] = [now, 0, 0];
		}
		lines += 1;
		if (lines > MAX_LINES_OF_STRANGERS) omitted += 1;
		else log.warn({ code, ...data }, "http.request.refused");
	};
}
