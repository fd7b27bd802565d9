import type { Opening } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { formattingLocale } from "../../i18n/languages.ts";
import type { KioskTranslate } from "./messages.ts";

/** "Monday 09:00" on the site's own wall clock. */
function dayAndTime(instant: number, timezone: string, language: Language): string {
	return new Intl.DateTimeFormat(formattingLocale(language), {
		weekday: "long",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
		timeZone: timezone,
	}).format(instant);
}

/** "17:00" on the site's own wall clock. */
export function timeOfDay(instant: number, timezone: string, language: Language): string {
	const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone } as const;
	return new Intl.DateTimeFormat(formattingLocale(language), hour).format(instant);
}

type Hours = Opening & { timezone: string };

/** That this site is closed, and when it opens again where that is known. */
export function formatClosed(t: KioskTranslate, { opensAt, timezone }: Hours, language: Language): string {
	if (opensAt === null) return t("site.closed");
	return t("site.closedUntil", { time: dayAndTime(opensAt, timezone, language) });
}

/** Until when another site is open, or when it opens. */
export function formatHours(t: KioskTranslate, { opensAt, closesAt, timezone }: Hours, language: Language): string {
	if (closesAt !== null) return t("site.openUntil", { time: timeOfDay(closesAt, timezone, language) });
	if (opensAt !== null) return t("site.opensAt", { time: dayAndTime(opensAt, timezone, language) });
	return t("topics.hours");
}
