import { formattingLocale } from "../../../protocol/model/language.ts";
import { addDays } from "../../../protocol/statistics/calendar.ts";
import { formatDuration } from "../../i18n/format-duration.ts";
import { formatServiceDay } from "../../i18n/format-time.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";

export interface Format {
	count(value: number): string;
	/** With one digit after the point: an average of days. */
	average(value: number): string;
	percent(share: number): string;
	/** "34 min", "1 hr 10 min". */
	length(ms: number): string;
	/** "Tuesday, December 1" */
	day(serviceDay: string): string;
	/** "Dec 1" */
	shortDay(serviceDay: string): string;
	weekday(weekday: number): string;
	/** "10:15" of minutes since midnight. */
	clock(minute: number): string;
}

/** Figures as their reader writes them. */
export function formatIn(language: StaffLanguage): Format {
	const locale = formattingLocale(language);
	const number = (options: Intl.NumberFormatOptions) => {
		const format = new Intl.NumberFormat(locale, options);
		return (value: number) => format.format(value);
	};
	const utc = (options: Intl.DateTimeFormatOptions) => {
		const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
		return (serviceDay: string) => format.format(Date.parse(`${serviceDay}T00:00Z`));
	};
	const weekday = utc({ weekday: "long" });
	return {
		count: number({ maximumFractionDigits: 0 }),
		average: number({ maximumFractionDigits: 1 }),
		percent: number({ style: "percent", maximumFractionDigits: 0 }),
		length: (ms) => formatDuration(Math.round(ms / 60_000), language),
		day: (serviceDay) => formatServiceDay(serviceDay, language),
		shortDay: utc({ month: "short", day: "numeric" }),
		// 2024 began on a Monday.
		weekday: (day) => weekday(addDays("2024-01-01", day)),
		clock: (minute) => {
			const two = (value: number) => String(value).padStart(2, "0");
			return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
		},
	};
}
