import { offsetAt } from "../../lib/time/wall-clock.ts";

/** How a list writes days in figures where their order cannot be told: day-month-year, month-day-year, year-month-day. */
export const DATE_ORDERS = ["dmy", "mdy", "ymd"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export type ReadTime =
	| { kind: "instant"; at: number }
	/** `eitherOrder` is the date as it is written, where only its order is missing. */
	| { kind: "refused"; why: string; eitherOrder?: string };

/** A date and time in figures, as they were written: nothing is worked out yet. */
interface Written {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
}

const refused = (why: string, eitherOrder?: string): ReadTime => ({
	kind: "refused",
	why,
	...(eitherOrder !== undefined && { eitherOrder }),
});

const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?`;
/** What may follow: an offset, or the end of a range such as "09:00-09:30". */
const TAIL = String.raw`(?<tail>\s*[Zz]|\s*[+-]\d{2}:?\d{2}|\s*[-–—~～至]\s*\d{1,2}:\d{2}(?::\d{2})?)?`;

/** 2026-11-30, 2026/11/30, 2026.11.30, 2026年11月30日 */
const YEAR_FIRST = new RegExp(
	String.raw`^(?<year>\d{4})(?<sep>[-/.年])(?<month>\d{1,2})(?:\k<sep>|月)(?<day>\d{1,2})日?(?<join>T|\s+|(?<=日))${TIME}${TAIL}$`,
);
/** 30.11.2026: only days are written with dots before the year. */
const DAY_FIRST = new RegExp(
	String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?<join>T|,?\s+)${TIME}${TAIL}$`,
);
/** 05/12/2026 or 05-12-2026: day and month cannot be told apart. */
const EITHER = new RegExp(
	String.raw`^(?<first>\d{1,2})(?<sep>[-/])(?<other>\d{1,2})\k<sep>(?<year>\d{4})(?<join>T|,?\s+)${TIME}${TAIL}$`,
);

/**
 * The instant of a cell such as `2026-11-30 10:30`, `2026/11/30 9:05`, `30.11.2026 10:30:00`, `2026-11-30T10:30+08:00`
 * or the start of a range `2026-11-30 09:00-09:30`. Without an offset it is the site's wall clock. What cannot be told
 * for sure is refused with the reason: a day that no calendar has, a time that the clocks leave out or show twice, an
 * offset beyond 14 hours (no zone has one), day and month that could be either.
 */
export function readTime(text: string, timezone: string, order: DateOrder | undefined): ReadTime {
	const trimmed = text.trim();
	const match = YEAR_FIRST.exec(trimmed) ?? DAY_FIRST.exec(trimmed) ?? EITHER.exec(trimmed);
	if (!match?.groups) return refused(`${quote(text)} is not a date with a time. Write it as 2026-11-30 10:30`);
	const group = match.groups;
	const figures = (name: string) => Number(group[name] ?? "0");
	let [month, day] = [figures("month"), figures("day")];
	if (group.first !== undefined) {
		const [first, second] = [figures("first"), figures("other")];
		// Above twelve it can only be the day.
		const known = order === "dmy" || order === "mdy" ? order : first > 12 ? "dmy" : second > 12 ? "mdy" : undefined;
		if (known === undefined)
			return refused(
				`day and month cannot be told apart in ${quote(text)}. Say --dates dmy or --dates mdy, or write 2026-11-30`,
				[group.first, group.other, group.year].join(group.sep),
			);
		[day, month] = known === "dmy" ? [first, second] : [second, first];
	}
	const written = {
		...{ year: figures("year"), month, day },
		...{ hour: figures("hour"), minute: figures("minute"), second: figures("second") },
	};
	const complaint = complaintOf(written, text);
	if (complaint !== undefined) return refused(complaint);
	const tail = readTail(group.tail, written, { isIso: group.join === "T" || group.second !== undefined });
	switch (tail.kind) {
		case "local":
			return onWallClock(written, timezone, text);
		case "offset":
			return { kind: "instant", at: asUtc(written) - tail.minutes * 60_000 };
		case "unclear":
			return refused(`${quote(text)} ${tail.why}`);
	}
}

type Tail = { kind: "local" } | { kind: "offset"; minutes: number } | { kind: "unclear"; why: string };

/**
 * "09:00-09:30" is a range and "T09:00:00-05:00" an instant with its offset. A later time behind a hyphen is the end
 * of a range; in the ISO form it may be an offset as well, and is then refused.
 */
function readTail(tail: string | undefined, { hour, minute }: Written, { isIso }: { isIso: boolean }): Tail {
	const text = tail?.trim() ?? "";
	if (text === "") return { kind: "local" };
	if (/^z$/i.test(text)) return { kind: "offset", minutes: 0 };
	const [, sign = "", gap = "", hours = "", colon, minutes = ""] = /^(\S)(\s*)(\d{1,2})(:?)(\d{2})/.exec(text) ?? [];
	const [endHour, endMinute] = [Number(hours), Number(minutes)];
	// No zone is further ahead than 14 hours, or behind than 12.
	const ahead = (sign === "-" ? -1 : 1) * (endHour * 60 + endMinute);
	const isOffset =
		/[+-]/.test(sign) && gap === "" && hours.length === 2 && endMinute < 60 && ahead <= 14 * 60 && ahead >= -12 * 60;
	const isLater = endHour * 60 + endMinute > hour * 60 + minute;
	const isRange = sign !== "+" && colon === ":" && endHour <= 24 && endMinute < 60 && isLater;
	if (isOffset && isRange && isIso)
		return { kind: "unclear", why: "may be a range of times or have an offset. Write the start alone" };
	if (isRange) return { kind: "local" };
	if (isOffset) return { kind: "offset", minutes: ahead };
	return {
		kind: "unclear",
		why: /[+-]/.test(sign) && gap === "" ? "has an offset that no zone has" : "is not a range of times",
	};
}

/** The instant at which a zone's wall clock shows a date and time; refused where it never does, or does twice. */
export function onWallClock(written: Written, timezone: string, text: string): ReadTime {
	const utc = asUtc(written);
	// Offsets half a day before and after enclose any change of the clocks in between.
	const offsets = [-12, 12].map((hours) => offsetAt(utc + hours * 3_600_000, timezone));
	const fitting = [...new Set(offsets.map((offset) => utc - offset))].filter(
		(at) => at + offsetAt(at, timezone) === utc,
	);
	const [at, another] = fitting;
	if (at === undefined) return refused(`${quote(text)} does not exist: the clocks of ${timezone} go forward over it`);
	if (another !== undefined)
		return refused(`${quote(text)} happens twice: the clocks of ${timezone} go back. Write it with its offset`);
	return { kind: "instant", at };
}

const asUtc = ({ year, month, day, hour, minute, second }: Written) =>
	Date.UTC(year, month - 1, day, hour, minute, second);

/** What no calendar or clock has in a date and time; undefined where it is one. */
export function complaintOf({ year, month, day, hour, minute, second }: Written, text: string): string | undefined {
	if (year < 2000 || year > 2100) return `the year in ${quote(text)} is not between 2000 and 2100`;
	const back = new Date(Date.UTC(year, month - 1, day));
	if (month < 1 || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day)
		return `there is no such day as in ${quote(text)}`;
	return hour > 23 || minute > 59 || second > 59 ? `there is no such time of day as in ${quote(text)}` : undefined;
}

const quote = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
