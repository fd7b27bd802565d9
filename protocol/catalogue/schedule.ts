import { z } from "zod";
import { plainTextSchema } from "../model/plain-text.ts";
import { type DayOfRule, holdsOn } from "./recurrence.ts";

/*
 * HSDS schedule: an iCalendar recurrence rule (RFC 5545) with hours. Times are the site's own wall clock. Both HSDS's
 * forms ("TH,FR", "10:00:00") and lists are read; what is not understood is refused, so that no rule is half kept.
 */

const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;

const dateSchema = z.iso.date("a day of the calendar, as 2026-10-01");
/** HH:MM, or with the seconds :00 as HSDS writes them. */
const timeSchema = z
	.string()
	.regex(/^([01]\d|2[0-3]):[0-5]\d(:00)?$/, "HH:MM on a 24-hour clock")
	.transform((time) => time.slice(0, 5));

/** HSDS writes lists as one text: "TH,FR", "2,3,4". */
const listOf = <T extends z.ZodType>(entry: T) =>
	z.preprocess(
		(value) => (typeof value === "string" ? value.split(",").map((one) => one.trim()) : value),
		z.array(entry).min(1),
	);
const numbersWithin = (most: number) =>
	listOf(
		z.coerce
			.number()
			.int()
			.refine((value) => value !== 0 && Math.abs(value) <= most, `from 1 to ${most}, or from the end as -1`),
	);
const DAY_OF_WEEK = /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/;

/** Words of HSDS about a schedule that change no hours. */
const described = Object.fromEntries(
	[
		"id",
		"service_id",
		"location_id",
		"service_at_location_id",
		"description",
		"schedule_link",
		"attending_type",
		"notes",
	].map((name) => [name, z.unknown().optional()]),
);

const writtenSchema = z.strictObject({
	...described,
	freq: z.enum(FREQUENCIES),
	interval: z.coerce.number().int().min(1).max(1_000).optional(),
	byday: listOf(z.string().regex(DAY_OF_WEEK, "two letters such as MO, in a MONTHLY rule also 1MO or -1FR")).optional(),
	bymonthday: numbersWithin(31).optional(),
	byyearday: numbersWithin(366).optional(),
	byweekno: numbersWithin(53).optional(),
	wkst: z.enum(WEEKDAYS).optional(),
	dtstart: dateSchema.optional(),
	until: dateSchema.optional(),
	count: z.coerce.number().int().min(1).max(10_000).optional(),
	opens_at: timeSchema,
	closes_at: timeSchema,
	valid_from: dateSchema.optional(),
	valid_to: dateSchema.optional(),
});

/** Days that are looked through for the last of `count`: thirty years. */
const MAX_COUNTED_DAYS = 11_000;

type Written = z.infer<typeof writtenSchema>;

export const scheduleSchema = writtenSchema.transform((written, context): Schedule => {
	const complaint = complaintOf(written);
	if (complaint !== undefined) {
		context.addIssue({ code: "custom", message: complaint });
		return z.NEVER;
	}
	const rule = ruleOf(written);
	const { count } = written;
	if (count === undefined || rule.dtstart === undefined) return rule;
	const last = lastOfCount(rule, rule.dtstart, count);
	// RFC 5545 allows one of the two; HSDS's own example has both.
	if (last === undefined && rule.until !== undefined) return rule;
	if (last === undefined) {
		context.addIssue({ code: "custom", message: "its count is reached only after thirty years" });
		return z.NEVER;
	}
	return { ...rule, until: rule.until !== undefined && rule.until < last ? rule.until : last };
});

/** Why a rule that is well written cannot be kept. */
function complaintOf(rule: Written): string | undefined {
	const { freq, interval = 1, count, dtstart, byday = [], bymonthday, byyearday, byweekno } = rule;
	if (rule.opens_at >= rule.closes_at) return "opens_at must be before closes_at";
	if ((interval > 1 || count !== undefined) && dtstart === undefined)
		return "interval and count need dtstart, the day of the first event";
	if (byday.some((day) => day.length > 2) && freq !== "MONTHLY")
		return "days such as 1MO are understood in a MONTHLY rule only";
	const namesDays = byday.length > 0 || [bymonthday, byyearday, byweekno].some((list) => list !== undefined);
	if (freq !== "DAILY" && !namesDays && dtstart === undefined)
		return `a ${freq} rule must name its days, as byday, or its first one, as dtstart`;
	return undefined;
}

/** What the hours depend on, without what only describes the schedule. */
function ruleOf(written: Written): Schedule {
	const { freq, interval, byday, bymonthday, byyearday, byweekno, wkst, dtstart, until } = written;
	const { opens_at, closes_at, valid_from, valid_to } = written;
	const rule = { interval, byday, bymonthday, byyearday, byweekno, wkst, dtstart, until, valid_from, valid_to };
	return { freq, ...withoutUndefined(rule), opens_at, closes_at };
}

function withoutUndefined<T extends object>(value: T): T {
	return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

export interface Schedule extends DayOfRule {
	opens_at: string;
	closes_at: string;
}

/** The day of the event with which a rule has happened `count` times. */
function lastOfCount(rule: Schedule, dtstart: string, count: number): string | undefined {
	let left = count;
	for (let days = 0; days < MAX_COUNTED_DAYS; days += 1) {
		const date = new Date(Date.parse(`${dtstart}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
		// What limits the schedule does not limit the counting.
		const { valid_from: _from, valid_to: _to, until: _until, ...unlimited } = rule;
		if (holdsOn(unlimited, date)) left -= 1;
		if (left === 0) return date;
	}
	return undefined;
}

/** Hours of one day, as in a schedule. */
const hoursSchema = z
	.strictObject({ opens_at: timeSchema, closes_at: timeSchema })
	.refine((hours) => hours.opens_at < hours.closes_at, "opens_at must be before closes_at");

/**
 * A day, or several in a row, on which the schedules do not count: a public holiday has no hours, a make-up working day
 * has its own.
 */
export const exceptionDaySchema = z
	.strictObject({
		date: dateSchema,
		/** The last day, where there are several. */
		until: dateSchema.optional(),
		/** Empty where the site is closed. */
		hours: z.array(hoursSchema).max(8),
		/** What the day is, for whoever reads the file. */
		name: plainTextSchema(60).optional(),
	})
	.refine(({ date, until }) => until === undefined || date <= until, "until must not be before date");
export type ExceptionDay = z.infer<typeof exceptionDaySchema>;

export const isExcepted = ({ date, until }: ExceptionDay, day: string): boolean =>
	date <= day && day <= (until ?? date);
