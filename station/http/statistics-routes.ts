import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import { requireCounter, requireTopic } from "./params.ts";
import type { RouterDeps } from "./router-deps.ts";

/** What a site can say of its past days. */
export function makeStatisticsRoutes(
	{ statistics, catalogue, tickets, clock }: RouterDeps,
	{ requireSupervisor }: Guards,
) {
	return {
		statistics: {
			read: os.statistics.read.handler(({ input, context }) => {
				requireSupervisor(context);
				const today = tickets.serviceDay(clock());
				const { from = today, to = today, topic = null, counter = null, within: withinMinutes } = input;
				if (topic !== null) requireTopic(catalogue, topic);
				if (counter !== null) requireCounter(catalogue, counter);
				return statistics.summarize({ from, to, topic, counter, withinMinutes }, today);
			}),
		},
	};
}
