import { type DayOfRule, holdsOn, type Weekday } from "../../protocol/catalogue/recurrence.ts";
import { quoted, type Reason, reason } from "./list-remark.ts";

/*
 * Which days a calendar's rule (RFC 5545, 3.3.10) gives. Walked day by day: what is read is right for every rule, and a
 * walk has an end. Rules that booking systems do not write are refused.
 */

export interface RecurrenceRule {
	freq: DayOfRule["freq"];
	interval: number;
	count: number | null;
	weekStart: Weekday;
	/** "MO", and in months "1MO" and "-1MO". */
	weekdays: readonly string[];
	daysOfMonth: readonly number[];
	months: readonly number[];
	/** Which of a month's or a year's days, counted from 1 or from -1. */
	positions: readonly number[];
}

/** A list of numbers up to `most`, from the beginning or from the end. */
const numbersTo = (most: number) => (value: string) => value.split(",").every((one) => isPlace(one, most));
const isPlace = (text: string, most: number) => /^[+-]?\d{1,3}$/.test(text) && isWithin(Math.abs(Number(text)), most);
const isWithin = (place: number, most: number) => place >= 1 && place <= most;

const PARTS: Readonly<Record<string, (value: string) => boolean>> = {
	FREQ: (value) => /^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(value),
	COUNT: (value) => /^0*[1-9]\d{0,5}$/.test(value),
	INTERVAL: (value) => /^0*[1-9]\d{0,3}$/.test(value),
	UNTIL: (value) => value !== "",
	WKST: (value) => /^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value),
	BYDAY: (value) => value.split(",").every((one) => /^(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)$/.test(one)),
	BYMONTHDAY: numbersTo(31),
	BYMONTH: (value) => value.split(",").every((one) => /^\d{1,2}$/.test(one) && isWithin(Number(one), 12)),
	BYSETPOS: numbersTo(366),
};

/** A rule, or why it is not read. */
export function readRule(text: string): RecurrenceRule | Reason {
	const parts = text
		.toUpperCase()
		.split(";")
		.map((part) => part.trim())
		.filter((part) => part !== "");
	const values = new Map(parts.map((part): [string, string] => [part.split("=")[0] ?? "", part.split("=")[1] ?? ""]));
	const unread = parts.find((part) => {
		const [name = "", value = "", ...more] = part.split("=");
		const isRead = Object.hasOwn(PARTS, name) && PARTS[name]?.(value) === true && more.length === 0;
		return !isRead || !isAtHome(name, value, values);
	});
	if (unread !== undefined) return reason("rule-unread", { part: quoted(unread) });
	const freq = FREQUENCIES.find((one) => one === values.get("FREQ"));
	if (freq === undefined || values.size < parts.length || (values.has("UNTIL") && values.has("COUNT")))
		return reason("rule-unread", { part: quoted(text) });
	const list = (name: string) => values.get(name)?.split(",") ?? [];
	return {
		freq,
		interval: Number(values.get("INTERVAL") ?? "1"),
		count: values.has("COUNT") ? Number(values.get("COUNT")) : null,
		weekStart: WEEKDAYS.find((one) => one === values.get("WKST")) ?? "MO",
		weekdays: list("BYDAY"),
		daysOfMonth: list("BYMONTHDAY").map(Number),
		months: list("BYMONTH").map(Number),
		positions: list("BYSETPOS").map(Number),
	};
}

/** Whether a part has a meaning beside the others. */
function isAtHome(name: string, value: string, values: ReadonlyMap<string, string>): boolean {
	const freq = values.get("FREQ");
	const isLong = freq === "MONTHLY" || freq === "YEARLY";
	switch (name) {
		case "BYDAY":
			// "The second Tuesday" is one of a month; of a year it would be counted otherwise.
			return !/\d/.test(value) || freq === "MONTHLY" || (freq === "YEARLY" && values.has("BYMONTH"));
		case "BYMONTHDAY":
			return freq !== "WEEKLY";
		case "BYSETPOS":
			return isLong && ["BYDAY", "BYMONTHDAY", "BYMONTH"].some((other) => values.has(other));
		default:
			return true;
	}
}

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** As far as a count is followed, in days: ten years. A series that goes on for longer is a mistake. */
const LONGEST_WALK_DAYS = 3_700;
const DAY_MS = 86_400_000;

const dateOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const dayOf = (date: string) => Date.parse(`${date}T00:00Z`) / DAY_MS;

/**
 * The days of a rule in order, as YYYY-MM-DD: from `start` on, but where they need not be counted from `from` on, up to
 * `to`. Whether the start is one of them is not asked. Undefined where a count is not reached in ten years.
 */
export function daysOf(
	rule: RecurrenceRule,
	start: string,
	{ from, to }: { from: string; to: string },
): string[] | undefined {
	const { count } = rule;
	const began = dayOf(start);
	const last = dayOf(to);
	const first = count === null ? Math.max(began, dayOf(from)) : began;
	const isNamed = namedBy(rule, start);
	const days: string[] = [];
	let period: string[] = [];
	// A period is walked as a whole: places in it are counted from its first and its last day.
	for (let day = beginOf(rule, first); day <= last || period.length > 0; day += 1) {
		if (count !== null && day - began > LONGEST_WALK_DAYS) return undefined;
		const date = dateOf(day);
		if (isNamed(date)) period.push(date);
		if (!beginsPeriod(rule, dateOf(day + 1))) continue;
		for (const one of atPositions(rule, period)) {
			if (one < start || one > to) continue;
			if (count !== null && days.length >= count) return days;
			days.push(one);
		}
		period = [];
	}
	return days;
}

/** What the rule leaves open, the start says: RFC 5545, "information ... gleaned from the DTSTART property". */
function namedBy(rule: RecurrenceRule, start: string): (date: string) => boolean {
	const { freq, interval, weekStart, weekdays, daysOfMonth, months } = rule;
	const isOpen = weekdays.length === 0 && daysOfMonth.length === 0;
	const isLong = freq === "MONTHLY" || freq === "YEARLY";
	const [, startMonth, startDay] = start.split("-").map(Number);
	const wantedMonths = freq === "YEARLY" && isOpen && months.length === 0 ? [startMonth] : months;
	const day: DayOfRule = {
		freq,
		interval,
		wkst: weekStart,
		byday: weekdays.length === 0 && freq === "WEEKLY" ? [WEEKDAYS[(dayOf(start) + 3) % 7] ?? "MO"] : weekdays,
		bymonthday: isOpen && isLong && startDay !== undefined ? [startDay] : daysOfMonth,
		dtstart: dateOf(beginOf(rule, dayOf(start))),
	};
	return (date) => (wantedMonths.length === 0 || wantedMonths.includes(Number(date.slice(5, 7)))) && holdsOn(day, date);
}

/** The first day of the month or year in which places are counted; without them each day is taken by itself. */
function beginOf({ freq, positions }: RecurrenceRule, day: number): number {
	if (positions.length === 0) return day;
	return dayOf(freq === "YEARLY" ? `${dateOf(day).slice(0, 4)}-01-01` : `${dateOf(day).slice(0, 7)}-01`);
}

const beginsPeriod = ({ freq, positions }: RecurrenceRule, date: string) =>
	positions.length === 0 || date.endsWith(freq === "YEARLY" ? "-01-01" : "-01");

function atPositions({ positions }: RecurrenceRule, period: readonly string[]): string[] {
	if (positions.length === 0) return [...period];
	const chosen = new Set(positions.map((place) => period.at(place > 0 ? place - 1 : place)));
	return period.filter((date) => chosen.has(date));
}
