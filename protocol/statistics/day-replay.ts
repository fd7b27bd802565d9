import { z } from "zod";
import { counterInputSchema, topicIdInputSchema } from "../model/ids.ts";
import { serviceDaySchema } from "../model/ticket.ts";

/* What a past day would have been with other staff: the question and its answer. */

/** Of fewer visitors a replay tells nothing: each of them moves every figure. */
export const FEWEST_REPLAYED_VISITORS = 20;
/** Changes that one question may have. */
export const MOST_CHANGES = 10;

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const span = {
	/** On the site's wall clock; null is the beginning or the end of the day. */
	from: timeSchema.nullable().default(null),
	to: timeSchema.nullable().default(null),
};

export const staffingChangeSchema = z.discriminatedUnion("kind", [
	/** One more counter, for every topic or for some. */
	z.strictObject({
		...{ kind: z.literal("open"), ...span },
		topics: z.array(topicIdInputSchema).min(1).max(100).nullable().default(null),
	}),
	/** A counter serves a topic as well. */
	z.strictObject({ kind: z.literal("serve"), counter: counterInputSchema, topic: topicIdInputSchema }),
	/** Nobody works at a counter. */
	z.strictObject({ kind: z.literal("absent"), counter: counterInputSchema, ...span }),
]);
export type StaffingChange = z.infer<typeof staffingChangeSchema>;
export type StaffingChangeInput = z.input<typeof staffingChangeSchema>;

const perMeasure = <Value extends z.ZodType>(value: Value) =>
	z.object({ medianWaitMs: value, p90WaitMs: value, mostWaiting: value, closed: value });
const measureSchema = z.number().min(0);
const rangeSchema = z.object({ low: measureSchema, middle: measureSchema, high: measureSchema });
/** The 10th, 50th and 90th percentile of the replays. */
export type MeasureRange = z.infer<typeof rangeSchema>;

/** Why a change did nothing. */
const CHANGE_REMARKS = ["counter-not-open", "served-already"] as const;

export const dayReplaySchema = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("replayed"),
		serviceDay: serviceDaySchema,
		visitors: z.int().min(0),
		/** How often the day was played each way. */
		replays: z.int().min(1),
		/** What was so. */
		actual: perMeasure(measureSchema),
		/** The same day played again: how near that lies says how far the rest can be believed. */
		unchanged: perMeasure(rangeSchema),
		changed: perMeasure(rangeSchema),
		/** What the change does to waits in nine of ten replays. */
		effect: z.enum(["shorter", "longer", "unclear"]),
		/** Changes that did nothing, by their place in the question. */
		remarks: z.array(z.object({ change: z.int().min(0), remark: z.enum(CHANGE_REMARKS) })),
	}),
	z.object({
		kind: z.literal("unknown"),
		serviceDay: serviceDaySchema,
		/** `clock`: it was set back on that day, so that no time of it can be believed. */
		reason: z.enum(["not-over", "too-few", "clock"]),
		/** Null where they are so few that nothing is told. */
		visitors: z.int().min(0).nullable(),
		fewest: z.int(),
	}),
]);
export type DayReplay = z.infer<typeof dayReplaySchema>;
export type ReplayedDay = Extract<DayReplay, { kind: "replayed" }>;
