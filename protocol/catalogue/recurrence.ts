/*
 * On which days a recurrence rule of a schedule falls: pure. Every part of the rule limits the days that its frequency
 * gives, as dateutil and other readers take them. Dates are YYYY-MM-DD.
 */

export type Weekday = "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU";

export interface DayOfRule {
	freq: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
	/** 1 where there is none. */
	interval?: number | undefined;
	/** "MO"; in a MONTHLY rule also "1MO" for the first and "-1FR" for the last one. */
	byday?: readonly string[] | undefined;
	bymonthday?: readonly number[] | undefined;
	byyearday?: readonly number[] | undefined;
	byweekno?: readonly number[] | undefined;
	/** MO where there is none. */
	wkst?: Weekday | undefined;
	/** The first day of the rule, and its last one. */
	dtstart?: string | undefined;
	until?: string | undefined;
	/** When the schedule as a whole is valid. */
	valid_from?: string | undefined;
	valid_to?: string | undefined;
}

const DAY_MS = 86_400_000;
const ORDER: readonly Weekday[] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

interface Day {
	/** Days since 1970. */
	number: number;
	year: number;
	month: number;
	day: number;
	/** 0 is Monday. */
	weekday: number;
}

function dayOf(date: string): Day {
	const at = new Date(`${date}T00:00Z`);
	return {
		number: at.getTime() / DAY_MS,
		year: at.getUTCFullYear(),
		month: at.getUTCMonth() + 1,
		day: at.getUTCDate(),
		weekday: (at.getUTCDay() + 6) % 7,
	};
}

const dayNumber = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) / DAY_MS;

/** A place counted from the beginning, or as -1 from the end. */
const isAmong = (wanted: readonly number[], place: number, length: number) =>
	wanted.includes(place) || wanted.includes(place - length - 1);

/** Whether the rule falls on a day. */
export function holdsOn(rule: DayOfRule, date: string): boolean {
	const isWithin =
		(rule.valid_from === undefined || rule.valid_from <= date) &&
		(rule.valid_to === undefined || date <= rule.valid_to) &&
		(rule.dtstart === undefined || rule.dtstart <= date) &&
		(rule.until === undefined || date <= rule.until);
	if (!isWithin) return false;
	const day = dayOf(date);
	const start = rule.dtstart === undefined ? undefined : dayOf(rule.dtstart);
	return isInInterval(rule, day, start) && isNamed(rule, day, start);
}

/** Whether the day is in a week, month or year that the interval does not leave out. */
function isInInterval({ freq, interval = 1, wkst = "MO" }: DayOfRule, day: Day, start: Day | undefined): boolean {
	if (interval === 1 || start === undefined) return true;
	const weekOf = ({ number, weekday }: Day) => (number - ((weekday - ORDER.indexOf(wkst) + 7) % 7)) / 7;
	switch (freq) {
		case "DAILY":
			return (day.number - start.number) % interval === 0;
		case "WEEKLY":
			return (weekOf(day) - weekOf(start)) % interval === 0;
		case "MONTHLY":
			return ((day.year - start.year) * 12 + day.month - start.month) % interval === 0;
		case "YEARLY":
			return (day.year - start.year) % interval === 0;
	}
}

/** Whether the rule names the day; a rule that names none falls on what its first day is. */
function isNamed(rule: DayOfRule, day: Day, start: Day | undefined): boolean {
	const { byday = [], bymonthday = [], byyearday = [], byweekno = [], wkst = "MO" } = rule;
	if ([byday, bymonthday, byyearday, byweekno].every((list) => list.length === 0))
		return rule.freq === "DAILY" || (start !== undefined && isAsFirst(rule, day, start));
	const monthLength = dayNumber(day.year, day.month + 1, 1) - dayNumber(day.year, day.month, 1);
	const yearLength = dayNumber(day.year + 1, 1, 1) - dayNumber(day.year, 1, 1);
	return (
		(byday.length === 0 || byday.some((one) => isWeekday(one, day, monthLength))) &&
		(bymonthday.length === 0 || isAmong(bymonthday, day.day, monthLength)) &&
		(byyearday.length === 0 || isAmong(byyearday, day.number - dayNumber(day.year, 1, 1) + 1, yearLength)) &&
		(byweekno.length === 0 || isInWeek(byweekno, day, ORDER.indexOf(wkst)))
	);
}

function isAsFirst({ freq }: DayOfRule, day: Day, start: Day): boolean {
	if (freq === "WEEKLY") return day.weekday === start.weekday;
	return day.day === start.day && (freq === "MONTHLY" || day.month === start.month);
}

function isWeekday(name: string, { weekday, day }: Day, monthLength: number): boolean {
	if (ORDER[weekday] !== name.slice(-2)) return false;
	const ordinal = name.slice(0, -2);
	if (ordinal === "") return true;
	const place = Math.ceil(day / 7);
	const fromEnd = -Math.ceil((monthLength - day + 1) / 7);
	return Number(ordinal) === place || Number(ordinal) === fromEnd;
}

/** Weeks as ISO 8601 numbers them, beginning with `wkst`: week 1 has at least four days of the year. */
function isInWeek(weeks: readonly number[], day: Day, wkst: number): boolean {
	const begins = day.number - ((day.weekday - wkst + 7) % 7);
	const yearOfWeek = new Date((begins + 3) * DAY_MS).getUTCFullYear();
	const firstOf = (year: number) => {
		const fourth = dayNumber(year, 1, 4);
		return fourth - ((fourth + 3 - wkst + 7) % 7);
	};
	const week = (begins - firstOf(yearOfWeek)) / 7 + 1;
	const length = (firstOf(yearOfWeek + 1) - firstOf(yearOfWeek)) / 7;
	return isAmong(weeks, week, length);
}
