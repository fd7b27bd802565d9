import { offsetAt } from "../../lib/time/wall-clock.ts";
import { quoted, type Reason, type RemarkCode, reason } from "./list-remark.ts";

/** How a list writes days in figures where their order cannot be told: day-month-year, month-day-year, year-month-day. */
export const DATE_ORDERS = ["dmy", "mdy", "ymd"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export type ReadTime =
	| { kind: "instant"; at: number }
	/** `eitherOrder` is the date as it is written, where only its order is missing. */
	| { kind: "refused"; why: Reason; eitherOrder?: string };

/** A date and time in figures, as they were written: nothing is worked out yet. */
export interface Written {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
}

const refused = (why: Reason, eitherOrder?: string): ReadTime => ({
	kind: "refused",
	why,
	...(eitherOrder !== undefined && { eitherOrder }),
});

/** "10:30:00", "10:30 am", "10:30 Uhr", "下午2:30"; a range's end or an offset may follow. asColons made 14时30分 such a time. */
const TIME = String.raw`(?:(?<early>上午|下午)\s?)?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s?(?<half>[ap]\.?m\.?)|\s?Uhr)?`;
/** What may follow: an offset, or the end of a range such as "09:00-09:30". */
const TAIL = String.raw`(?<tail>\s*[Zz]|\s*[+-]\d{2}:?\d{2}|\s*[-–—~～至]\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?)?`;
const MONTHS = "january february march april may june july august september october november december".split(" ");
const MONTH = String.raw`(?<name>${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join("|")}|sept)\.?`;
const WEEKDAYS = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
/** As Excel writes it behind a date in China: 星期二, （周二）. */
const WEEKDAY_BEHIND = String.raw`(?:\s*[（(]?(?:星期|周|週)(?<chinese>[一二三四五六日天])[)）]?)?`;
const WEEKDAY = String.raw`(?:(?<weekday>${WEEKDAYS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join("|")}),?\s+)?`;

/** The forms of a date, each unmistakable but for the last, where day and month cannot be told apart. */
const DATES = [
	// 2026-11-30, 2026/11/30, 2026.11.30, 2026年11月30日
	String.raw`(?<year>\d{4})(?<sep>[-/.年])(?<month>\d{1,2})(?:\k<sep>|月)(?<day>\d{1,2})日?${WEEKDAY_BEHIND}`,
	// 30.11.2026: only days are written with dots before the year.
	String.raw`(?<dotted>(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}))`,
	// November 30, 2026, 30 Nov 2026 and 30-Nov-2026
	String.raw`${WEEKDAY}${MONTH}\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})`,
	String.raw`${WEEKDAY}(?<day>\d{1,2})(?:\s+${MONTH},?\s+|-${MONTH.replace("<name>", "<dashed>")}-)(?<year>\d{4})`,
	// 05/12/2026 or 05-12-2026
	String.raw`(?<first>\d{1,2})(?<sep>[-/])(?<other>\d{1,2})\k<sep>(?<year>\d{4})`,
];
const FORMS = DATES.map(
	(date) => new RegExp(String.raw`^${date}(?<join>T|,?\s+(?:at\s+)?|(?<=[日一二三四五六天)）]))${TIME}${TAIL}$`, "i"),
);
/** A cell that has a day alone, as Excel may write it with the first minute of the day. */
const DAY_ALONE = /^(?<day>.*?\d.*?)(?:\s+0?0:00(?::00)?)?$/;
const SHORT_YEAR = /^\d{1,2}([-./])\d{1,2}\1\d{2}(\s|,|$)/;
const TIME_ALONE = new RegExp(`^${TIME}${TAIL}$`, "i");

/**
 * The instant of a cell such as `2026-11-30 10:30`, `2026/11/30 9:05`, `30.11.2026 10:30:00`, `2026-11-30T10:30+08:00`,
 * `November 30, 2026 9:05 am` or the start of a range `2026-11-30 09:00-09:30`. Without an offset it is the site's wall
 * clock. What cannot be told for sure is refused with the reason: a day that no calendar has, a time that the clocks leave
 * out or show twice, an offset beyond 14 hours (no zone has one), day and month that could be either.
 */
export function readTime(text: string, timezone: string, order: DateOrder | undefined): ReadTime {
	const trimmed = asColons(text.trim());
	const group = groupsOf(trimmed);
	if (!group) return refused(whyUnreadable(trimmed));
	const figures = (name: string) => Number(group[name] ?? "0");
	let [month, day] = [figures("month"), figures("day")];
	const monthName = group.name ?? group.dashed;
	if (monthName !== undefined) month = indexOf(MONTHS, monthName) + 1;
	if (group.first !== undefined) {
		const [first, second] = [figures("first"), figures("other")];
		// Above twelve it can only be the day.
		const known = order === "dmy" || order === "mdy" ? order : first > 12 ? "dmy" : second > 12 ? "mdy" : undefined;
		if (known === undefined)
			return refused(
				reason("time-either-order", { text: quoted(text) }),
				[group.first, group.other, group.year].join(group.sep),
			);
		[day, month] = known === "dmy" ? [first, second] : [second, first];
	}
	// Days are written with dots before the year, but whoever says that months come first may mean it here as well.
	if (order === "mdy" && group.dotted !== undefined && day <= 12 && day !== month)
		return refused(reason("time-either-order", { text: quoted(text) }), group.dotted);
	const hour = hourOf(figures("hour"), (group.early ?? group.half ?? "").toLowerCase());
	if (hour === undefined) return refused(reason("time-noon-or-midnight", { text: quoted(text) }));
	const written = { year: figures("year"), month, day, hour, minute: figures("minute"), second: figures("second") };
	const complaint = complaintOf(written, text) ?? weekdayComplaint(written, group, text);
	if (complaint !== undefined) return refused(complaint);
	const isIso = /^t$/i.test(group.join ?? "") || group.second !== undefined;
	const tail = readTail(group.tail, written, { isIso, hasHalf: (group.early ?? group.half) !== undefined });
	switch (tail.kind) {
		case "local":
			return onWallClock(written, timezone, () => text);
		case "offset":
			return { kind: "instant", at: asUtc(written) - tail.minutes * 60_000 };
		case "unclear":
			return refused(reason(tail.why, { text: quoted(text) }));
	}
}

/** 14时30分, 下午2点30分 and 下午2点半 with a colon; a clock of twelve hours without its half of the day is left as it is. */
function asColons(text: string): string {
	return text
		.replaceAll("：", ":")
		.replace(/(\d{1,2})[时時](\d{2})分(?:(\d{2})秒)?/g, (_, hour, minute, second) =>
			[hour, minute, ...(second === undefined ? [] : [second])].join(":"),
		)
		.replace(
			/([上下]午\s?\d{1,2})[点點时時](?:(\d{2})分|(半))?(?!\d)/,
			(_, start, minute, half) => `${start}:${half === undefined ? (minute ?? "00") : "30"}`,
		);
}

type Groups = Readonly<Record<string, string | undefined>>;

function groupsOf(text: string): Groups | undefined {
	for (const form of FORMS) {
		const match = form.exec(text);
		if (match) return match.groups;
	}
	return undefined;
}

/**
 * The same of a list that has the day apart from the time of day. Excel writes a day with its first minute, which is
 * passed over.
 */
export function readDayAndTime(
	{ date, time }: { date: string; time: string },
	timezone: string,
	order: DateOrder | undefined,
): ReadTime {
	const day = DAY_ALONE.exec(date.trim())?.groups?.day ?? "";
	if (!isTimeOfDay(time)) return refused(whyUnreadable(time.trim()));
	return readTime(`${day.trim()} ${time.trim()}`, timezone, order);
}

/** True for a cell that has a time of day and no date. */
export const isTimeOfDay = (text: string) => TIME_ALONE.test(asColons(text.trim()));

function whyUnreadable(text: string): Reason {
	const data = { text: quoted(text) };
	if (/^(?:\d{4,6}([.,]\d+)?|0?[.,]\d+)$/.test(text)) return reason("time-number", data);
	if (/^#{3,}$/.test(text)) return reason("time-cut", data);
	return reason(SHORT_YEAR.test(text) ? "time-short-year" : "time-unreadable", data);
}

const indexOf = (names: readonly string[], name: string) =>
	names.findIndex((one) => one.startsWith(name.toLowerCase().slice(0, 3)));

/**
 * The hour on a clock of 24 hours. 12 in the morning is midnight to programs and noon to many people: undefined. 25 is no
 * hour, such as 14 in the morning.
 */
function hourOf(hour: number, half: string): number | undefined {
	if (half === "") return hour;
	if (hour < 1 || hour > 12) return 25;
	const isMorning = half === "上午" || half.startsWith("a");
	if (hour === 12) return isMorning ? undefined : 12;
	return isMorning ? hour : hour + 12;
}

const CHINESE_WEEKDAYS = "日一二三四五六";

function weekdayComplaint({ year, month, day }: Written, { weekday, chinese }: Groups, text: string) {
	if (weekday === undefined && chinese === undefined) return undefined;
	const said =
		weekday === undefined
			? CHINESE_WEEKDAYS.indexOf(chinese === "天" ? "日" : (chinese ?? ""))
			: indexOf(WEEKDAYS, weekday);
	const isRight = new Date(Date.UTC(year, month - 1, day)).getUTCDay() === said;
	return isRight ? undefined : reason("time-other-weekday", { text: quoted(text) });
}

type Tail =
	| { kind: "local" }
	| { kind: "offset"; minutes: number }
	| { kind: "unclear"; why: Extract<RemarkCode, `time-${string}`> };

/**
 * "09:00-09:30" is a range and "T09:00:00-05:00" an instant with its offset. A later time behind a hyphen is the end
 * of a range; in the ISO form it may be an offset as well, and is then refused. Behind a date and time as people write
 * them it is no offset: it may be the end of a range over midnight. `hasHalf`: the start says am or pm. Where only the end
 * does, which half of the day the start is in cannot be told.
 */
function readTail(
	tail: string | undefined,
	{ hour, minute }: Written,
	{ isIso, hasHalf }: { isIso: boolean; hasHalf: boolean },
): Tail {
	const text = tail?.trim() ?? "";
	if (text === "") return { kind: "local" };
	if (/^z$/i.test(text)) return hasHalf ? { kind: "unclear", why: "time-no-range" } : { kind: "offset", minutes: 0 };
	const [, sign = "", gap = "", hours = "", colon, minutes = "", half] =
		/^(\S)(\s*)(\d{1,2})(:?)(\d{2})(?::\d{2})?(?:\s?([ap])\.?m\.?)?/i.exec(text) ?? [];
	if (half !== undefined && !hasHalf) return { kind: "unclear", why: "time-which-half" };
	const [endHour, endMinute] = [Number(hours), Number(minutes)];
	const ahead = (sign === "-" ? -1 : 1) * (endHour * 60 + endMinute);
	const isSigned = /[+-]/.test(sign) && gap === "" && hours.length === 2;
	const isOffset = isSigned && isZoneOffset(sign, ahead);
	const isRange =
		sign !== "+" &&
		colon === ":" &&
		endMinute < 60 &&
		isEndAfter({ hour, minute }, { endHour, endMinute, half, hasHalf });
	if (isOffset && isRange && (isIso || hasHalf)) return { kind: "unclear", why: "time-range-or-offset" };
	if (isRange) return { kind: "local" };
	if (isOffset && sign === "-" && !isIso) return { kind: "unclear", why: "time-range-or-offset" };
	if (isOffset) return { kind: "offset", minutes: ahead };
	return { kind: "unclear", why: /[+-]/.test(sign) && gap === "" ? "time-no-such-offset" : "time-no-range" };
}

/** Offsets from UTC beside those of whole hours, in minutes. */
const BROKEN_OFFSETS: ReadonlySet<number> = new Set([
	-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825,
]);

/** Whether any zone has the offset: none is further ahead than 14 hours, or behind than 12. -00:00 says that it is unknown. */
function isZoneOffset(sign: string, minutes: number): boolean {
	if (sign === "-" && minutes === 0) return false;
	return BROKEN_OFFSETS.has(minutes) || (minutes % 60 === 0 && minutes <= 14 * 60 && minutes >= -12 * 60);
}

/** Whether a time can be the end of a range; behind a start in the afternoon it may leave the half of the day out. */
function isEndAfter(
	{ hour, minute }: { hour: number; minute: number },
	{
		endHour,
		endMinute,
		half,
		hasHalf,
	}: { endHour: number; endMinute: number; half?: string | undefined; hasHalf: boolean },
): boolean {
	const end = (half === undefined ? endHour : (hourOf(endHour, half.toLowerCase()) ?? 24)) * 60 + endMinute;
	const start = hour * 60 + minute;
	if (end > 24 * 60) return false;
	return end > start || (hasHalf && half === undefined && endHour <= 12 && end + 12 * 60 > start);
}

/** The instant at which a zone's wall clock shows a date and time; refused where it never does, or does twice. */
export function onWallClock(written: Written, timezone: string, textOf: () => string): ReadTime {
	const utc = asUtc(written);
	// Offsets half a day before and after enclose any change of the clocks in between.
	const offsets = [-12, 12].map((hours) => offsetAt(utc + hours * 3_600_000, timezone));
	const fitting = [...new Set(offsets.map((offset) => utc - offset))].filter(
		(at) => at + offsetAt(at, timezone) === utc,
	);
	const [at, another] = fitting;
	if (at === undefined) return refused(reason("time-left-out", { text: quoted(textOf()), zone: timezone }));
	if (another !== undefined) return refused(reason("time-twice", { text: quoted(textOf()), zone: timezone }));
	return { kind: "instant", at };
}

const asUtc = ({ year, month, day, hour, minute, second }: Written) =>
	Date.UTC(year, month - 1, day, hour, minute, second);

/** What no calendar or clock has in a date and time; undefined where it is one. */
export function complaintOf({ year, month, day, hour, minute, second }: Written, text: string): Reason | undefined {
	if (year < 2000 || year > 2100) return reason("time-far-year", { text: quoted(text) });
	if (!isDayOf(year, month, day)) return reason("time-no-such-day", { text: quoted(text) });
	return hour > 23 || minute > 59 || second > 59 ? reason("time-no-such-time", { text: quoted(text) }) : undefined;
}

function isDayOf(year: number, month: number, day: number): boolean {
	if (month < 1 || month > 12 || day < 1) return false;
	// Every month has these, and a list has tens of thousands.
	if (day <= 28) return true;
	return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
