import { z } from "zod";
import { counterInputSchema, topicIdInputSchema } from "../model/ids.ts";
import { serviceDaySchema } from "../model/ticket.ts";
import { daysBetween } from "../statistics/calendar.ts";
import { DEFAULT_WITHIN_MINUTES, MAX_DAYS } from "../statistics/limits.ts";
import { statisticsSchema } from "../statistics/statistics.ts";
import { refusals, supervisorCall } from "./contract-helpers.ts";
import { statisticsRoutes } from "./routes.ts";

const questionSchema = z
	.strictObject({
		/** The first and the last service day; today unless named. */
		from: serviceDaySchema.optional(),
		to: serviceDaySchema.optional(),
		/** Only visits of this topic. */
		topic: topicIdInputSchema.optional(),
		/** Only visits at this counter. */
		counter: counterInputSchema.optional(),
		/** How long a visitor shall wait at most. */
		within: z.coerce.number().int().min(1).max(240).default(DEFAULT_WITHIN_MINUTES),
	})
	.refine(({ from, to }) => (from === undefined) === (to === undefined), {
		path: ["to"],
		error: "only one day is named",
	})
	.refine(({ from = "", to = "" }) => from <= to, { path: ["to"], error: "the last day is before the first" })
	.refine(({ from, to }) => from === undefined || to === undefined || daysBetween(from, to) < MAX_DAYS, {
		path: ["to"],
		error: `more than ${MAX_DAYS} days`,
	});

/** What a site can say of its past days. */
export const statisticsContract = {
	statistics: {
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
