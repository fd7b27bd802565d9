import { z } from "zod";
import { counterNumberSchema, topicIdSchema } from "../model/ids.ts";
import { languageSchema } from "../model/language-schema.ts";
import { staffRoleSchema } from "../model/staff.ts";
import { serviceDaySchema, ticketClassSchema, ticketOutcomeSchema } from "../model/ticket.ts";

const countSchema = z.int().min(0);
const shareSchema = z.number().min(0).max(1);

/** Lengths of a group of visits, in milliseconds. */
const lengthsSchema = z.object({
	count: countSchema,
	meanMs: z.number().min(0),
	medianMs: z.number().min(0),
	p90Ms: z.number().min(0),
});
export type Lengths = z.infer<typeof lengthsSchema>;

/**
 * What is known of a group of visits. A visit that goes on to another topic counts once at each. Null where so few are in
 * the group that nothing is told of them.
 */
export const figuresSchema = z.object({
	visits: countSchema.nullable(),
	/** Visitors who came: a visit of several topics counts once. */
	arrivals: countSchema.nullable(),
	served: countSchema.nullable(),
	transferred: countSchema.nullable(),
	noShows: countSchema.nullable(),
	abandoned: countSchema.nullable(),
	closed: countSchema.nullable(),
	open: countSchema.nullable(),
	/** Until the first call. */
	wait: lengthsSchema.nullable(),
	/** From when the visitor sat down. */
	service: lengthsSchema.nullable(),
	/** The share that was called within the minutes that were asked for; who left later than that counts as not. */
	serviceLevel: shareSchema.nullable(),
	/** The mean of the visitors' ratings, 1 to 5. */
	rating: z.object({ count: countSchema, mean: z.number() }).nullable(),
});
export type Figures = z.infer<typeof figuresSchema>;

/** What visitors were told at issue, held against what was so. Those who found a free counter and were told so are left out. */
const estimateRecordSchema = z.object({
	count: countSchema,
	/** The share of the waits that lay in the range as it was shown. */
	cover: shareSchema,
	/** From the shorter to the longer end, on the average. */
	widthMinutes: z.number().min(0),
	/** How far the wait was from the middle of the range, on the average. */
	errorMinutes: z.number().min(0),
	/** The wait itself, on the average. */
	waitMinutes: z.number().min(0),
});
export type EstimateRecord = z.infer<typeof estimateRecordSchema>;

/** A quarter of an hour of an average day. */
const quarterSchema = z.object({
	/** When it begins, in minutes since midnight. */
	fromMinute: z.int(),
	/** Visitors who came, and counters that worked, on the average of the days. */
	arrivals: z.number().min(0),
	countersAtWork: z.number().min(0),
	/** How many counters this many visitors need, with those of the quarters beside it (Erlang C); null where no service time is known. */
	countersNeeded: countSchema.nullable(),
});
export type QuarterHour = z.infer<typeof quarterSchema>;

/** How many will come, from what the same weekday and the season had; the error is from the same rule on past days. */
const forecastSchema = z.object({
	serviceDay: serviceDaySchema,
	weekday: z.int().min(0).max(6),
	arrivals: z.number().min(0),
	/** Eight of ten past days lay in this range. */
	low: z.number().min(0),
	high: z.number().min(0),
	/** The mean error on past days, and on how many it was measured; null where there are too few. */
	errorShare: z.number().min(0).nullable(),
	testedDays: countSchema,
	isSeasonal: z.boolean(),
});
export type Forecast = z.infer<typeof forecastSchema>;

const figuresOf = <Key extends z.ZodRawShape>(key: Key) => z.array(z.object({ ...key, ...figuresSchema.shape }));
const recordsOf = <Key extends z.ZodRawShape>(key: Key) => z.array(z.object({ ...key, ...estimateRecordSchema.shape }));

export const statisticsSchema = z.object({
	from: serviceDaySchema,
	to: serviceDaySchema,
	/** The service day that is not over yet. */
	today: serviceDaySchema,
	/** The days in the range on which somebody came. */
	openDays: countSchema,
	topic: topicIdSchema.nullable(),
	counter: counterNumberSchema.nullable(),
	withinMinutes: z.int().min(1),
	/** Groups of fewer visits are not told. */
	smallestGroup: z.int(),
	/** Visits whose wait or service nobody can tell, since a clock was wrong or a ticket was forgotten at a counter. */
	untimed: countSchema,
	total: figuresSchema,
	/** By when the visit began to wait. */
	hours: figuresOf({ hour: z.int().min(0).max(23) }),
	weekdays: figuresOf({ weekday: z.int().min(0).max(6) }),
	days: figuresOf({ serviceDay: serviceDaySchema }),
	topics: figuresOf({ topic: topicIdSchema }),
	languages: figuresOf({ language: languageSchema.nullable() }),
	counters: figuresOf({ counter: counterNumberSchema }),
	/** Staff by role; never one person. */
	staffGroups: figuresOf({ role: staffRoleSchema.nullable() }),
	classes: figuresOf({ class: ticketClassSchema }),
	quarters: z.array(quarterSchema),
	outcomes: z.array(z.object({ outcome: ticketOutcomeSchema, visits: countSchema.nullable() })),
	estimates: z.object({
		total: estimateRecordSchema.nullable(),
		topics: recordsOf({ topic: topicIdSchema }),
		days: recordsOf({ serviceDay: serviceDaySchema }),
	}),
	forecast: forecastSchema.nullable(),
});
export type Statistics = z.infer<typeof statisticsSchema>;
