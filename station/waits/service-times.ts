import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";

/*
 * How long visits take, learned from the station's own. A visit occupies a counter from its call to its end, and then
 * for a moment more until the next call. Durations are close to lognormal, so everything is learned in logarithms:
 *
 *     log(duration) = log(catalogue's minutes) + site + topic + counter + noise
 *
 * Each of the three is a mean that is shrunk towards zero while it rests on few visits. So a site that takes half as long
 * again in everything is known after a morning, a slow topic after a few dozen of its visits, a quick counter later.
 */

export interface Visit {
	topic: TopicId;
	counter: CounterNumber;
	/** From the call to the end of the service, in milliseconds. */
	durationMs: number;
	/** It had been called before, and nobody came. */
	wasCalled: boolean;
	/** From the arrival to the call. */
	waitedMs: number;
}

/** Steps of the time that people have waited: from 0, 30 and 60 minutes on. The longer, the more have left. */
const WAITED_STEPS = 3;
const WAITED_STEP_MS = 30 * 60_000;
export const waitedStep = (waitedMs: number): number =>
	Math.max(0, Math.min(WAITED_STEPS - 1, Math.floor(waitedMs / WAITED_STEP_MS)));

/** How much of a wait lies in each step, in milliseconds. */
export function waitedInSteps(fromMs: number, toMs: number, step: number): number {
	const begins = step * WAITED_STEP_MS;
	const ends = step === WAITED_STEPS - 1 ? Number.POSITIVE_INFINITY : begins + WAITED_STEP_MS;
	return Math.max(0, Math.min(toMs, ends) - Math.max(fromMs, begins));
}

/** Durations at evenly spaced probabilities, in milliseconds: a draw is a look-up. */
export type Quantiles = Float64Array;

/** Steps of a table of quantiles: a power of two, so that a random integer is masked. */
export const QUANTILE_STEPS = 128;

export interface ServiceTimes {
	/** How long a visit of a topic occupies a counter. */
	visit(topic: TopicId): Quantiles;
	/** By how much visits at a counter take longer. */
	counterFactor(counter: CounterNumber): number;
	/** From the end of a visit to the next call. */
	readonly gap: Quantiles;
	/** How long a counter waits for a visitor who does not come. */
	readonly noShow: Quantiles;
	/** How many do not come when they are called, after each of WAITED_STEPS; and of those that were called before. */
	readonly noShowShares: readonly number[];
	readonly secondNoShowShare: number;
	/** How many of those who still wait leave and say so, for each millisecond of WAITED_STEPS. */
	readonly leavingRates: readonly number[];
	readonly pause: Quantiles;
	/** The breaks of a counter on earlier days, or of all counters where it has too few days; empty where nothing is known. */
	breakDays(counter: CounterNumber): readonly BreakDay[];
}

/** The breaks of one counter on one day, in their order. */
export type BreakDay = readonly { startOfDayMs: number; durationMs: number }[];

/** A visit counts half after so many others of its kind: the site of last year is not the site of today. */
const HALF_LIFE_VISITS = 600;
/** Visits after which a mean of its own weighs as much as the level above it. */
const SHRINK = { site: 6, topic: 12, counter: 30 } as const;
/** What is believed of the spread before anything was seen, and for how many visits. */
const PRIOR = { sigma: 0.55, visits: 30 } as const;
/** Shorter than a second is a mistaken key, longer than this a visit that nobody finished. */
const [SHORTEST_MS, LONGEST_MS] = [5_000, 3 * 3_600_000];

/** A mean that forgets. */
class Running {
	weight = 0;
	#sum = 0;
	#squares = 0;

	add(value: number, halfLife = HALF_LIFE_VISITS): void {
		const keep = 0.5 ** (1 / halfLife);
		this.weight = this.weight * keep + 1;
		this.#sum = this.#sum * keep + value;
		this.#squares = this.#squares * keep + value * value;
	}

	/** The mean, drawn towards `value` as if that had been seen `prior` times. */
	shrunk(prior: number, value = 0): number {
		return (this.#sum + value * prior) / (this.weight + prior);
	}

	/** The spread about zero, with a prior. */
	spread(sigma: number, visits: number): number {
		return Math.sqrt((this.#squares + sigma * sigma * visits) / (this.weight + visits));
	}
}

function entryOf<K>(map: Map<K, Running>, key: K): Running {
	const found = map.get(key) ?? new Running();
	map.set(key, found);
	return found;
}

/** Learns one visit after the other; what it gives is of that moment. */
export class ServiceTimesLearner implements ServiceTimes {
	readonly #minutesOf: (topic: TopicId) => number;
	readonly #site = new Running();
	readonly #topics = new Map<TopicId, Running>();
	readonly #counters = new Map<CounterNumber, Running>();
	readonly #noise = new Running();
	readonly #noiseOfTopic = new Map<TopicId, number[]>();
	readonly #gaps = new Running();
	readonly #gapNoise = new Running();
	readonly #noShows = new Running();
	readonly #pauses = new Running();
	readonly #shares = Array.from({ length: WAITED_STEPS }, () => new Running());
	readonly #leaving = Array.from({ length: WAITED_STEPS }, () => ({ left: 0, waitedMs: 0 }));
	readonly #secondShares = new Running();
	readonly #breakDays = new Map<CounterNumber, BreakDay[]>();
	#tables = new Map<TopicId | "gap" | "noShow" | "pause", Quantiles>();
	/** The number of visits learned. */
	visits = 0;

	/** `minutesOf` is the catalogue's. */
	constructor(minutesOf: (topic: TopicId) => number) {
		this.#minutesOf = minutesOf;
	}

	learnVisit({ topic, counter, durationMs, ...call }: Visit): void {
		this.#sharesOf(call).add(0);
		if (durationMs < SHORTEST_MS || durationMs > LONGEST_MS) return;
		const ratio = Math.log(durationMs / this.#catalogueMs(topic));
		const [ofSite, ofTopic] = [this.#site.shrunk(SHRINK.site), this.#topicEffect(topic)];
		const ofCounter = Math.log(this.counterFactor(counter));
		this.#site.add(ratio);
		entryOf(this.#topics, topic).add(ratio - ofSite - ofCounter, HALF_LIFE_VISITS / 2);
		entryOf(this.#counters, counter).add(ratio - ofSite - ofTopic, HALF_LIFE_VISITS / 2);
		const noise = ratio - ofSite - ofTopic - ofCounter;
		this.#noise.add(noise);
		const ofTopicNoise = this.#noiseOfTopic.get(topic) ?? [];
		ofTopicNoise.push(noise);
		if (ofTopicNoise.length > SHAPE_VISITS) ofTopicNoise.shift();
		this.#noiseOfTopic.set(topic, ofTopicNoise);
		this.visits += 1;
		this.#tables = new Map();
	}

	learnNoShow({ durationMs, ...call }: Omit<Visit, "topic" | "counter">): void {
		this.#sharesOf(call).add(1);
		if (durationMs < SHORTEST_MS || durationMs > LONGEST_MS) return;
		this.#noShows.add(Math.log(durationMs / TYPICAL_MS.noShow));
		this.#tables.delete("noShow");
	}

	/** The time from the end of a visit to the next call while somebody waited. */
	learnGap(durationMs: number): void {
		if (durationMs > LONGEST_GAP_MS) return;
		const ratio = Math.log(Math.max(durationMs, SHORTEST_MS / 2) / TYPICAL_MS.gap);
		this.#gapNoise.add(ratio - this.#gaps.shrunk(SHRINK.topic));
		this.#gaps.add(ratio);
		this.#tables.delete("gap");
	}

	learnPause(durationMs: number): void {
		if (durationMs < SHORTEST_MS || durationMs > LONGEST_MS) return;
		this.#pauses.add(Math.log(durationMs / TYPICAL_MS.pause));
		this.#tables.delete("pause");
	}

	/** A counter's whole day, when it is over; without breaks too. */
	learnBreakDay(counter: CounterNumber, breaks: BreakDay): void {
		for (const { durationMs } of breaks) this.learnPause(durationMs);
		const days = this.#breakDays.get(counter) ?? [];
		this.#breakDays.set(counter, [...days, breaks].slice(-BREAK_DAYS));
	}

	breakDays(counter: CounterNumber): readonly BreakDay[] {
		const own = this.#breakDays.get(counter) ?? [];
		return own.length >= FEW_BREAK_DAYS ? own : [...this.#breakDays.values()].flat();
	}

	visit(topic: TopicId): Quantiles {
		return this.#table(topic, () => {
			const middle = this.#catalogueMs(topic) * Math.exp(this.#site.shrunk(SHRINK.site) + this.#topicEffect(topic));
			return shaped(middle, this.#noise.spread(PRIOR.sigma, PRIOR.visits), this.#noiseOfTopic.get(topic) ?? []);
		});
	}

	counterFactor(counter: CounterNumber): number {
		return Math.exp(this.#counters.get(counter)?.shrunk(SHRINK.counter) ?? 0);
	}

	get gap(): Quantiles {
		return this.#table("gap", () =>
			lognormal(TYPICAL_MS.gap * Math.exp(this.#gaps.shrunk(SHRINK.topic)), this.#gapNoise.spread(0.8, PRIOR.visits)),
		);
	}

	get noShow(): Quantiles {
		return this.#table("noShow", () =>
			lognormal(TYPICAL_MS.noShow * Math.exp(this.#noShows.shrunk(SHRINK.topic)), 0.6),
		);
	}

	get pause(): Quantiles {
		return this.#table("pause", () => lognormal(TYPICAL_MS.pause * Math.exp(this.#pauses.shrunk(SHRINK.topic)), 0.6));
	}

	/** A wait that ended, with a call or because the visitor left and said so. */
	learnWait({ waitedMs, hasLeft }: { waitedMs: number; hasLeft: boolean }): void {
		for (const [step, known] of this.#leaving.entries()) {
			known.waitedMs = known.waitedMs * LEAVING_KEPT + waitedInSteps(0, waitedMs, step);
			known.left = known.left * LEAVING_KEPT + (hasLeft && step === waitedStep(waitedMs) ? 1 : 0);
		}
	}

	get noShowShares(): readonly number[] {
		let before: number = NO_SHOWS.share;
		return this.#shares.map((share) => {
			before = share.shrunk(NO_SHOWS.visits, before);
			return before;
		});
	}

	get leavingRates(): readonly number[] {
		return this.#leaving.map(({ left, waitedMs }) => (left + LEAVING.left) / (waitedMs + LEAVING.waitedMs));
	}

	#sharesOf({ wasCalled, waitedMs }: Pick<Visit, "wasCalled" | "waitedMs">): Running {
		return wasCalled ? this.#secondShares : (this.#shares[waitedStep(waitedMs)] ?? this.#secondShares);
	}

	get secondNoShowShare(): number {
		return this.#secondShares.shrunk(NO_SHOWS.secondVisits, NO_SHOWS.secondShare);
	}

	#topicEffect(topic: TopicId): number {
		return this.#topics.get(topic)?.shrunk(SHRINK.topic) ?? 0;
	}

	/** The catalogue gives a mean; the middle of a lognormal distribution with that mean is lower. */
	#catalogueMs(topic: TopicId): number {
		return Math.max(1, this.#minutesOf(topic)) * 60_000 * Math.exp((-PRIOR.sigma * PRIOR.sigma) / 2);
	}

	#table(key: TopicId | "gap" | "noShow" | "pause", make: () => Quantiles): Quantiles {
		const found = this.#tables.get(key) ?? make();
		this.#tables.set(key, found);
		return found;
	}
}

/** What is believed before anything was seen. */
const TYPICAL_MS = { gap: 30_000, noShow: 90_000, pause: 30 * 60_000 } as const;
/** A counter that calls nobody for longer had a break that nobody entered. */
const LONGEST_GAP_MS = 10 * 60_000;
/** A month of working days; below a week a counter's own habits are not known. */
const [BREAK_DAYS, FEW_BREAK_DAYS] = [22, 5];
/** Visits of a topic whose durations are kept for its shape. */
const SHAPE_VISITS = 300;
/** One of two hundred leaves within an hour, as if seen for ten hours of waiting. */
const LEAVING = { left: 0.05, waitedMs: 10 * 3_600_000 } as const;
const LEAVING_KEPT = 0.5 ** (1 / (2 * HALF_LIFE_VISITS));
const NO_SHOWS = { share: 0.05, visits: 50, secondShare: 0.6, secondVisits: 20 } as const;

/** The standard normal distribution at evenly spaced probabilities. */
const NORMAL = Float64Array.from({ length: QUANTILE_STEPS }, (_, step) =>
	normalQuantile((step + 0.5) / QUANTILE_STEPS),
);

function lognormal(middleMs: number, sigma: number): Quantiles {
	return NORMAL.map((z) => middleMs * Math.exp(sigma * z));
}

/**
 * A topic's own shape, once it is known: some visits end at once because a paper is missing. The lognormal shape counts
 * as so many visits.
 */
function shaped(middleMs: number, sigma: number, noise: readonly number[]): Quantiles {
	if (noise.length === 0) return lognormal(middleMs, sigma);
	const weight = PRIOR.visits / QUANTILE_STEPS;
	const points = [
		...noise.map((value) => ({ value, weight: 1 })),
		...Array.from(NORMAL, (z) => ({ value: z * sigma, weight })),
	].sort((one, other) => one.value - other.value);
	const total = noise.length + PRIOR.visits;
	const quantiles = new Float64Array(QUANTILE_STEPS);
	let reached = 0;
	let step = 0;
	for (const point of points) {
		reached += point.weight;
		while (step < QUANTILE_STEPS && ((step + 0.5) / QUANTILE_STEPS) * total <= reached) {
			quantiles[step] = middleMs * Math.exp(point.value);
			step += 1;
		}
	}
	return quantiles;
}

/** Acklam's approximation, relative error below 1.2e-9. */
function normalQuantile(probability: number): number {
	if (probability > 0.5) return -normalQuantile(1 - probability);
	const a = [
		-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
	];
	const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
	const c = [
		-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
		2.938163982698783,
	];
	const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
	const polynomial = (factors: readonly number[], x: number) => factors.reduce((sum, factor) => sum * x + factor, 0);
	if (probability < 0.02425) {
		const q = Math.sqrt(-2 * Math.log(probability));
		return polynomial(c, q) / polynomial(d, q);
	}
	const q = probability - 0.5;
	const r = q * q;
	return (polynomial(a, r) * q) / polynomial(b, r);
}
