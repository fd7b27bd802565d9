import { formattingLocale } from "../../i18n/languages.ts";
import type { Messages, StaffLanguage } from "./messages.ts";

/** Clock times and durations as the desk writes them. Latin digits and the Gregorian calendar always. */

/** The wall clock of the site, such as 09:41; the machine's own zone until the site's is known. */
export function clockTime(instant: number, language: StaffLanguage, timezone: string | undefined): string {
	return new Intl.DateTimeFormat(formattingLocale(language), {
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
		...(timezone !== undefined && { timeZone: timezone }),
	}).format(instant);
}

/** The wall clock of a site with the day of the week, such as Monday 09:00. */
export function dayAndTime(instant: number, language: StaffLanguage, timezone: string): string {
	const day = new Intl.DateTimeFormat(formattingLocale(language), { weekday: "long", timeZone: timezone });
	return `${day.format(instant)} ${clockTime(instant, language, timezone)}`;
}

/** A running clock such as 2:07 or 1:02:07. Never below zero, though two clocks may differ. */
export function runningTime(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	const two = (part: number) => String(part).padStart(2, "0");
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A duration in whole minutes, for those who wait. */
export function waitedTime(milliseconds: number, messages: Messages): string {
	const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
	if (minutes < 1) return messages.t("lessThanAMinute");
	if (minutes < 60) return messages.t("minutes", { count: minutes });
	return messages.t("hoursMinutes", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
