import type { Language } from "../../../protocol/model/language.ts";
import type { Opening } from "../../../protocol/model/opening.ts";
import { formatTime, formatWeekday } from "../../i18n/format-time.ts";
import type { KioskTranslate } from "./messages.ts";

/** Day and time for a message to join, in its language's order, on the site's own wall clock. */
function dayAndTime(
	instant: number,
	timezone: string,
	language: Language,
	now?: number,
): { day: string; time: string } {
	return { day: formatWeekday(instant, language, timezone, now), time: formatTime(instant, language, timezone) };
}

type Hours = Opening & { timezone: string };

/** That this site is closed, and when it opens again where that is known. */
export function formatClosed(
	t: KioskTranslate,
	{ opensAt, timezone }: Hours,
	language: Language,
	now?: number,
): string {
	if (opensAt === null) return t("site.closed");
	return t("site.closedUntil", dayAndTime(opensAt, timezone, language, now));
}

/** Until when another site is open, or when it opens. */
export function formatHours(
	t: KioskTranslate,
	{ opensAt, closesAt, timezone }: Hours,
	language: Language,
	now?: number,
): string {
	if (closesAt !== null) return t("site.openUntil", { time: formatTime(closesAt, language, timezone) });
	if (opensAt !== null) return t("site.opensAt", dayAndTime(opensAt, timezone, language, now));
	return t("topics.site-closed");
}
