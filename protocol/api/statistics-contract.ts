import { z } from "zod";
import { counterInputSchema, topicIdInputSchema } from "../model/ids.ts";
import { serviceDaySchema } from "../model/ticket.ts";
import { daysBetween } from "../statistics/calendar.ts";
import { dayReplaySchema, MOST_CHANGES, staffingChangeSchema } from "../statistics/day-replay.ts";
import { DEFAULT_WITHIN_MINUTES, MAX_DAYS } from "../statistics/limits.ts";
import { statisticsSchema } from "../statistics/statistics.ts";
import { refusals, supervisorCall } from "./contract-helpers.ts";
import { statisticsRoutes } from "./routes.ts";

/** What every question about a range of service days has. */
export const dayRangeShape = {
	/** The first and the last service day; today unless named. */
	from: serviceDaySchema.optional(),
	to: serviceDaySchema.optional(),
	/** How long a visitor shall wait at most. */
	within: z.coerce.number().int().min(1).max(240).default(DEFAULT_WITHIN_MINUTES),
};

type DayRange = { [Day in "from" | "to"]?: string | undefined };

export function checkDayRange({ from, to }: DayRange, context: z.RefinementCtx): void {
	const report = (message: string) => context.addIssue({ code: "custom", path: ["to"], message });
	if ((from === undefined) !== (to === undefined)) report("only one day is named");
	else if (from !== undefined && to !== undefined) {
		if (from > to) report("the last day is before the first");
		else if (daysBetween(from, to) >= MAX_DAYS) report(`more than ${MAX_DAYS} days`);
	}
}

const questionSchema = z
	.strictObject({
		...dayRangeShape,
		/** Only visits of this topic. */
		topic: topicIdInputSchema.optional(),
		/** Only visits at this counter. */
		counter: counterInputSchema.optional(),
	})
	.superRefine(checkDayRange);

/** What a site can say of its past days. */
export const statisticsContract = {
	statistics: {
		replay: supervisorCall
			.route({
				...statisticsRoutes.statistics.replay,
				summary: "What a past day would have been with other staff, beside what it was; nothing is changed",
				tags: ["supervisor"],
			})
			.errors(refusals("TOPIC_UNKNOWN", "COUNTER_UNKNOWN"))
			.input(
				z.strictObject({
					serviceDay: serviceDaySchema,
					changes: z.array(staffingChangeSchema).max(MOST_CHANGES).default([]),
				}),
			)
			.output(dayReplaySchema),
		read: supervisorCall
			.route({
				...statisticsRoutes.statistics.read,
				summary: "Waits, services and visitors of a range of service days; small groups are not told",
				tags: ["supervisor"],
			})
			.errors(refusals("TOPIC_UNKNOWN", "COUNTER_UNKNOWN"))
			.input(questionSchema)
			.output(statisticsSchema),
	},
};
