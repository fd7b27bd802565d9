import { wallClock } from "../../lib/time/wall-clock.ts";

/** From the day after its confirm_by date on, at the site's own time. */
export function isPastConfirmBy({ confirmBy }: { confirmBy: string }, now: number, timezone: string): boolean {
	return wallClock(now, timezone).date > confirmBy;
}
