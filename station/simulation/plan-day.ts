import { seededRandom } from "../../lib/seeded-random.ts";
import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { TicketOutcome } from "../../protocol/model/ticket.ts";
import type { DayPlan, PlannedCounter, PlannedVisitor } from "./day-plan.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHORT_TALK_MS = 2 * MINUTE;

export interface SiteModel {
	/** Names the site: its staff and topics are as quick or slow on every day. */
	seed: number;
	topics: readonly { topic: TopicId; minutes: number }[];
	counters: readonly {
		counter: CounterNumber;
		/** The topics it serves; undefined is every one. */
		topics?: ReadonlySet<string> | undefined;
		languages?: ReadonlySet<Language> | undefined;
	}[];
	/** How long services take, against the catalogue's minutes. */
	pace: number;
	/** Work that comes, against what the counters can do: 1 keeps all of them busy from morning to evening. */
	load: number;
}

interface DayTimes {
	opensAt: number;
	closesAt: number;
}

/** Of ten visitors who come, by the hour since opening: a rush in the morning, a smaller one after lunch. */
const ARRIVALS_BY_HOUR = [1.5, 1.6, 1.25, 0.75, 0.8, 1.15, 0.95, 0.5];
const LANGUAGES: readonly (readonly [Language, number])[] = [
	...([
		["en", 38],
		["zh-Hans", 20],
		["ja", 12],
		["ko", 9],
		["fr", 5],
		["de", 4],
	] as const),
	...([
		["es", 3],
		["ru", 3],
		["ar", 2],
		["it", 2],
		["pt", 1],
		["th", 1],
	] as const),
];
const OUTCOMES: readonly (readonly [TicketOutcome, number])[] = [
	["answered", 78],
	["papers-missing", 14],
	["unresolved", 5],
	["referred", 3],
];

/** Draws one day of a site by a seed: the same seed gives the same day. */
export function planDay(site: SiteModel, { opensAt, closesAt }: DayTimes, seed: number): DayPlan {
	const random = seededRandom(Math.imul(site.seed, 7_919) ^ Math.imul(seed + 1, 104_729));
	const traits = seededRandom(site.seed);
	const profiles = site.topics.map(({ topic, minutes }, index) => ({
		topic,
		// The busiest topics are the first of the catalogue.
		weight: 1 / (index + 2),
		minutes: minutes * site.pace * logNormal(traits, 0.2),
		sigma: 0.4 + 0.3 * traits(),
		isMixed: traits() < 0.5,
	}));
	const slowness = site.counters.map(() => logNormal(traits, 0.12));
	const ofDay = logNormal(random, 0.05);
	const meanMinutes = profiles.reduce((sum, { weight, minutes }) => sum + weight * (minutes + 1.5), 0);
	const weights = profiles.reduce((sum, { weight }) => sum + weight, 0);
	// An hour of each counter's day is its break.
	const capacityMinutes = (site.counters.length * (closesAt - opensAt - HOUR)) / MINUTE;
	const expected = (site.load * capacityMinutes * weights) / meanMinutes;
	const count = Math.max(1, Math.round(expected * (0.85 + 0.3 * random())));

	const visitors = Array.from({ length: count }, (): PlannedVisitor => {
		const profile = pick(
			random,
			profiles.map((one) => [one, one.weight] as const),
		);
		const other = pick(
			random,
			profiles.map((one) => [one, one.weight] as const),
		);
		const outcome = pick(random, OUTCOMES);
		const isShort = outcome === "papers-missing" && profile.isMixed;
		const middle = isShort ? 4 : profile.minutes * Math.exp(-(profile.sigma ** 2) / 2);
		const arrivesAt = arrival(random, opensAt, closesAt);
		const isTransferred = random() < 0.03 && other !== profile;
		const visitor = {
			arrivesAt,
			topic: profile.topic,
			language: pick(random, LANGUAGES),
			partySize: pick(random, [
				[1, 80],
				[2, 14],
				[3, 4],
				[4, 2],
			] as const),
			class: random() < 0.06 ? ("priority" as const) : ("ordinary" as const),
			queuePosition: null,
			serviceMs: Math.max(30_000, middle * MINUTE * ofDay * logNormal(random, profile.sigma)),
			walkMs: 20_000 + 50_000 * random(),
			patienceMs: (45 + 30 * logNormal(random, 0.8)) * MINUTE,
			tellsWhenLeaving: random() < 0.4,
			comesAtCall: random() < 0.955 ? 1 : random() < 0.35 ? 2 : Number.POSITIVE_INFINITY,
			outcome,
			rating:
				random() < 0.12
					? pick(random, [
							[5, 50],
							[4, 28],
							[3, 12],
							[2, 5],
							[1, 5],
						] as const)
					: null,
		};
		if (!isTransferred) return { ...visitor, transfers: [] };
		// Staff find out that it is another topic.
		const transfers = [{ topic: other.topic, serviceMs: visitor.serviceMs }];
		return { ...visitor, serviceMs: SHORT_TALK_MS, transfers };
	}).toSorted((one, next) => one.arrivesAt - next.arrivesAt);

	const counters = site.counters.map(({ counter, topics, languages }, index): PlannedCounter => {
		const lunchAt = opensAt + 2.4 * HOUR + ((index % 3) * 45 + 15 * random()) * MINUTE;
		const coffeeAt = opensAt + (5.4 + 1.2 * random()) * HOUR;
		return {
			counter,
			member: index,
			skills: { topics, languages: languages ?? new Set() },
			slowness: slowness[index] ?? 1,
			from: opensAt + (random() < 0.15 ? 20 * random() : 4 * random() - 2) * MINUTE,
			to: closesAt + HOUR,
			breaks: [
				{ from: lunchAt, to: lunchAt + (35 + 20 * random()) * MINUTE },
				{ from: coffeeAt, to: coffeeAt + (6 + 10 * random()) * MINUTE },
			],
			gapsMs: Array.from({ length: 40 }, () => Math.min(4 * MINUTE, 30_000 * logNormal(random, 0.6))),
		};
	});
	return { visitors, counters, endsAt: closesAt + HOUR };
}

function arrival(random: () => number, opensAt: number, closesAt: number): number {
	const hours = ARRIVALS_BY_HOUR.map((weight, hour) => [hour, weight] as const);
	const at = (pick(random, hours) + random()) / ARRIVALS_BY_HOUR.length;
	// Nobody comes in the last quarter of an hour.
	return Math.floor(opensAt + at * (closesAt - 15 * MINUTE - opensAt));
}

function pick<T>(random: () => number, choices: readonly (readonly [T, number])[]): T {
	let left = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
	for (const [choice, weight] of choices) {
		left -= weight;
		if (left < 0) return choice;
	}
	const last = choices.at(-1);
	if (!last) throw new Error("There is nothing to choose from.");
	return last[0];
}

/** With the middle at 1. */
function logNormal(random: () => number, sigma: number): number {
	// Box and Muller; 1 - random() is never 0.
	return Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}
