import { counterNumberSchema, topicIdSchema } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { SiteModel } from "../../station/simulation/plan-day.ts";

/* The four sites on which waits are judged: topics and minutes are the default catalogue's. */

const TOPICS = [
	["work-permit", 20],
	["accommodation-registration", 10],
	["permanent-residence-card", 15],
	["education", 25],
	["social-insurance", 15],
	["company-registration", 30],
	["five-star-card-travel", 5],
	["permanent-residence", 40],
] as const;

const topics = TOPICS.map(([topic, minutes]) => ({ topic: topicIdSchema.parse(topic), minutes }));
const counter = (number: number, served?: readonly (typeof TOPICS)[number][0][], languages?: readonly Language[]) => ({
	counter: counterNumberSchema.parse(String(number)),
	topics: served && new Set<string>(served),
	languages: languages && new Set(languages),
});

export type Setting = "shared" | "split" | "two" | "slow";

export const SETTINGS: readonly Setting[] = ["shared", "split", "two", "slow"];

/** A site by its seed. Rules are made with some seeds and judged with others. */
export function siteOf(setting: Setting, seed: number): SiteModel {
	switch (setting) {
		case "shared":
			return { seed, topics, pace: 1, load: 0.95, counters: [counter(1), counter(2), counter(3)] };
		case "split":
			return {
				...{ seed, topics, pace: 1, load: 0.85 },
				counters: [
					counter(1, ["work-permit", "company-registration"]),
					counter(2, ["work-permit", "social-insurance"], ["ja", "ko"]),
					counter(3, ["accommodation-registration", "five-star-card-travel", "education"]),
					counter(4, ["accommodation-registration", "permanent-residence-card"]),
					counter(5, ["permanent-residence", "permanent-residence-card", "education"]),
					counter(6),
				],
			};
		case "two":
			return { seed, topics: topics.slice(0, 5), pace: 1, load: 0.9, counters: [counter(1), counter(2)] };
		case "slow":
			return { seed, topics, pace: 1.5, load: 0.95, counters: [counter(1), counter(2), counter(3), counter(4)] };
	}
}
