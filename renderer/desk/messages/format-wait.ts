import { wallClock } from "../../../lib/time/wall-clock.ts";
import { formatTime, formatWeekday } from "../../i18n/format-time.ts";
import type { Messages } from "./messages.ts";

/** How long a visitor has waited, in whole minutes. */
export function formatWait(durationMs: number, { t }: Messages): string {
	const minutes = Math.max(0, Math.floor(durationMs / 60_000));
	if (minutes < 1) return t("lessThanAMinute");
	if (minutes < 60) return t("minutes", { count: minutes });
	return t("hoursMinutes", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** When a site opens, by its own clock: "Monday at 09:00"; where `now` is the same day, "09:00". */
export function formatOpening(
	instant: number,
	{ t, language }: Messages,
	{ timeZone, now }: { timeZone: string; now?: number },
): string {
	const time = formatTime(instant, language, timeZone);
	const isToday = now !== undefined && wallClock(instant, timeZone).date === wallClock(now, timeZone).date;
	return isToday ? time : t("dayAndTime", { day: formatWeekday(instant, language, timeZone, now), time });
}
