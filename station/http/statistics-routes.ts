import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import { requireCounter, requireTopic } from "./params.ts";
import type { RouterDeps } from "./router-deps.ts";

/** What a site can say of its past days. */
export function makeStatisticsRoutes(
	{ statistics, replays, catalogue, tickets, clock }: RouterDeps,
	{ requireSupervisor }: Guards,
) {
	return {
		statistics: {
			replay: os.statistics.replay.handler(({ input, context }) => {
				requireSupervisor(context);
				for (const change of input.changes) {
					if (change.kind !== "open") requireCounter(catalogue, change.counter);
					const topics = change.kind === "serve" ? [change.topic] : change.kind === "open" ? (change.topics ?? []) : [];
					for (const topic of topics) requireTopic(catalogue, topic);
				}
				return replays.replay(input, tickets.serviceDay(clock()));
			}),
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
