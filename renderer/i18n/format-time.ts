import { formattingLocale, type Language } from "../../protocol/model/language.ts";

/*
 * Times as the screens of staff and IT write them: Latin digits, the Gregorian calendar, 24 hours. Instants are UTC
 * milliseconds. Without a time zone the browser's own is used.
 */

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** "09:41" */
export function formatTime(instant: number, language: Language, timeZone?: string | undefined): string {
	return formatWith(TIME, instant, language, timeZone);
}

/** "Nov 24, 09:41" */
export function formatDateTime(instant: number, language: Language, timeZone?: string | undefined): string {
	return formatWith({ month: "short", day: "numeric", ...TIME }, instant, language, timeZone);
}

/** "Nov 24, 2026, 09:41": where the year may be wrong. */
export function formatDateTimeWithYear(instant: number, language: Language, timeZone?: string | undefined): string {
	return formatWith({ year: "numeric", month: "short", day: "numeric", ...TIME }, instant, language, timeZone);
}

/** "November 24, 2026" */
export function formatDate(instant: number, language: Language, timeZone?: string | undefined): string {
	return formatWith({ dateStyle: "long" }, instant, language, timeZone);
}

const SIX_DAYS_MS = 6 * 86_400_000;

/** "Monday"; "Monday, December 14" where that is not the next one from `now` on. */
export function formatWeekday(instant: number, language: Language, timeZone: string, now = instant): string {
	const date = instant - now > SIX_DAYS_MS ? ({ month: "long", day: "numeric" } as const) : {};
	return formatWith({ weekday: "long", ...date }, instant, language, timeZone);
}

/** "Wednesday, December 2": a service day is a date without a zone. */
export function formatServiceDay(serviceDay: string, language: Language): string {
	const options = { weekday: "long", month: "long", day: "numeric" } as const;
	return formatWith(options, Date.parse(`${serviceDay}T00:00Z`), language, "UTC");
}

/** "09:41:07": for a page where pieces follow each other within a second. */
export function formatSeconds(instant: number, language: Language): string {
	return formatWith({ ...TIME, second: "2-digit" }, instant, language);
}

function formatWith(
	options: Intl.DateTimeFormatOptions,
	instant: number,
	language: Language,
	timeZone?: string | undefined,
): string {
	const zone = timeZone === undefined ? {} : { timeZone };
	return new Intl.DateTimeFormat(formattingLocale(language), { ...options, ...zone }).format(instant);
}

const UNITS = [
	{ unit: "day", lengthMs: 86_400_000 },
	{ unit: "hour", lengthMs: 3_600_000 },
	{ unit: "minute", lengthMs: 60_000 },
	{ unit: "second", lengthMs: 1_000 },
] as const;

/** "4 min. ago": how long before `now`, in the largest unit that fits. */
export function formatRelative(instant: number, now: number, language: Language): string {
	const pastMs = Math.max(0, now - instant);
	const { unit, lengthMs } = UNITS.find(({ lengthMs }) => pastMs >= lengthMs) ?? UNITS[3];
	const format = new Intl.RelativeTimeFormat(formattingLocale(language), { style: "short", numeric: "auto" });
	return format.format(-Math.floor(pastMs / lengthMs), unit);
}

/** "+1.4 sec": the difference between two clocks, in milliseconds. */
export function formatOffset(offsetMs: number, language: Language): string {
	const signs = { signDisplay: "exceptZero", maximumFractionDigits: 1 } as const;
	const [value, unit] = Math.abs(offsetMs) < 120_000 ? [offsetMs / 1_000, "second"] : [offsetMs / 60_000, "minute"];
	return new Intl.NumberFormat(formattingLocale(language), { ...signs, style: "unit", unit }).format(value);
}

/** A running clock such as 2:07 or 1:02:07. Never below zero, though two clocks may differ. */
export function formatRunning(durationMs: number): string {
	const seconds = Math.max(0, Math.floor(durationMs / 1000));
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	const two = (value: number) => String(value).padStart(2, "0");
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
