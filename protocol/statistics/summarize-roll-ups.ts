import { counterNumberSchema, topicIdSchema } from "../model/ids.ts";
import { LANGUAGES, type Language } from "../model/language.ts";
import { TICKET_CLASSES, TICKET_OUTCOMES } from "../model/ticket.ts";
import { weekdayOf } from "./calendar.ts";
import { NO_FIGURES } from "./figures.ts";
import { type DayArrivals, forecastNextDay } from "./forecast.ts";
import { LEG_ENDS } from "./leg.ts";
import { SMALLEST_GROUP } from "./limits.ts";
import { staffedQuarters } from "./quarter-hours.ts";
import { addRollUp, PLACE, RATINGS, type RollUp } from "./roll-up.ts";
import { BUCKETS, secondsOf } from "./sketch.ts";
import { hideSmallCounts, hideSmallGroups } from "./small-numbers.ts";
import type { Figures, Lengths, Statistics } from "./statistics.ts";

export interface RolledUpDay {
	serviceDay: string;
	rollUp: RollUp;
}

export interface RollUpQuestion {
	from: string;
	to: string;
	withinMinutes: number;
	/** Whether the days are of one station: only then its counters mean something. */
	isOneStation: boolean;
}

/**
 * The same as a station says of its own days (summarize.ts), from roll-ups: without what their events do not tell, which
 * are the estimates and the groups of staff. Days come in order.
 */
export function summarizeRollUps(
	days: readonly RolledUpDay[],
	{ from, to, withinMinutes, isOneStation }: RollUpQuestion,
	{ history, today }: { history: readonly DayArrivals[]; today: string },
): Statistics {
	const whole = sumOf(days);
	const figures = (rollUp: RollUp, group = "all") => figuresOf(rollUp.get(group), withinMinutes) ?? NO_FIGURES;
	const named = (prefix: string) =>
		[...whole.keys()]
			.filter((group) => group.startsWith(`${prefix}/`))
			.map((group) => ({ name: group.slice(prefix.length + 1), figures: figures(whole, group) }))
			.filter((one) => one.figures.visits !== 0);
	const byVisits = <Row extends Figures>(rows: Row[]) =>
		hideSmallGroups(rows.toSorted((one, other) => (other.visits ?? 0) - (one.visits ?? 0)));
	const perDay = days
		.map(({ serviceDay, rollUp }) => ({ serviceDay, ...figures(rollUp) }))
		.filter(({ visits }) => visits !== 0);
	const total = figures(whole);
	return {
		...{ from, to, today, topic: null, counter: null, withinMinutes },
		...{ openDays: perDay.length, smallestGroup: SMALLEST_GROUP },
		untimed: whole.get("all")?.get(PLACE.untimed) ?? 0,
		total: hideSmallGroups([total])[0] ?? total,
		hours: named("hour")
			.map(({ name, figures: own }) => ({ hour: Number(name), ...own }))
			.toSorted((one, other) => one.hour - other.hour),
		weekdays: byWeekday(days).flatMap((rollUp, weekday) => {
			const own = figures(rollUp);
			return own.visits === 0 ? [] : [{ weekday, ...own }];
		}),
		days: perDay,
		topics: byVisits(named("topic").map(({ name, figures: own }) => ({ topic: topicIdSchema.parse(name), ...own }))),
		languages: byVisits(
			named("language").map(({ name, figures: own }) => ({ language: isLanguage(name) ? name : null, ...own })),
		),
		counters: isOneStation
			? hideSmallGroups(
					named("counter")
						.map(({ name, figures: own }) => ({ counter: counterNumberSchema.parse(name), ...own }))
						.toSorted((one, other) => Number(one.counter) - Number(other.counter)),
				)
			: [],
		staffGroups: [],
		classes: hideSmallGroups(
			named("class").flatMap(({ name, figures: own }) => {
				const ticketClass = TICKET_CLASSES[Number(name)];
				return ticketClass ? [{ class: ticketClass, ...own }] : [];
			}),
		),
		quarters: isOneStation ? quartersOf(days, whole, perDay.length, withinMinutes) : [],
		outcomes: hideSmallCounts(
			TICKET_OUTCOMES.map((outcome) => ({ outcome, visits: whole.get(`outcome/${outcome}`)?.get(0) ?? 0 })),
		),
		estimates: { total: null, topics: [], days: [] },
		forecast: forecastNextDay(history, today),
	};
}

const isLanguage = (name: string): name is Language => LANGUAGES.some((one) => one === name);

function sumOf(days: readonly RolledUpDay[]): RollUp {
	const sum: RollUp = new Map();
	for (const { rollUp } of days) addRollUp(sum, rollUp);
	return sum;
}

function byWeekday(days: readonly RolledUpDay[]): RollUp[] {
	return Array.from({ length: 7 }, (_, weekday) =>
		sumOf(
			days
				.filter(({ serviceDay }) => weekdayOf(serviceDay) === weekday)
				.map(({ serviceDay, rollUp }) => ({
					serviceDay,
					rollUp: new Map([...rollUp].filter(([group]) => group === "all")),
				})),
		),
	);
}

/** Null where nobody is in the group. */
function figuresOf(counts: ReadonlyMap<number, number> | undefined, withinMinutes: number): Figures | null {
	if (counts === undefined) return null;
	const ends = LEG_ENDS.map(() => 0);
	let [arrivals, rated, ratings] = [0, 0, 0];
	for (const [place, count] of counts) {
		if (place >= PLACE.called) continue;
		const [rating, end] = [place % RATINGS, Math.floor(place / (2 * RATINGS))];
		ends[end] = (ends[end] ?? 0) + count;
		if (LEG_ENDS[end] !== "withdrawn") arrivals += (Math.floor(place / RATINGS) % 2) * count;
		if (rating > 0) rated += count;
		ratings += rating * count;
	}
	const of = (end: (typeof LEG_ENDS)[number]) => ends[LEG_ENDS.indexOf(end)] ?? 0;
	const { inTime, judged } = punctualityOf(counts, withinMinutes);
	return {
		visits: LEG_ENDS.reduce((sum, end) => sum + (end === "withdrawn" ? 0 : of(end)), 0),
		...{ arrivals, served: of("served"), transferred: of("transferred"), noShows: of("no-show") },
		...{ abandoned: of("abandoned"), closed: of("closed"), open: of("open") },
		wait: lengthsOf(sketchAt(counts, PLACE.called)),
		service: lengthsOf(sketchAt(counts, PLACE.served)),
		serviceLevel: judged < SMALLEST_GROUP ? null : inTime / judged,
		rating: rated < SMALLEST_GROUP ? null : { count: rated, mean: ratings / rated },
	};
}

/** What a list of many sites shows of a roll-up; lengths in whole seconds. */
export function countsOfAll(rollUp: RollUp, withinMinutes: number) {
	const counts = rollUp.get("all") ?? new Map<number, number>();
	const { visits, arrivals, noShows, abandoned, closed } = figuresOf(counts, withinMinutes) ?? NO_FIGURES;
	const called = sketchAt(counts, PLACE.called);
	return {
		...{ visits: visits ?? 0, arrivals: arrivals ?? 0, noShows: noShows ?? 0 },
		...{ abandoned: abandoned ?? 0, closed: closed ?? 0, called: sizeOf(called) },
		waitSeconds: Math.round(called.reduce((sum, { seconds, count }) => sum + seconds * count, 0)),
		...punctualityOf(counts, withinMinutes),
	};
}

/** How many were called in time, and of how many that can be said. */
function punctualityOf(counts: ReadonlyMap<number, number>, withinMinutes: number) {
	const limit = withinMinutes * 60;
	const called = sketchAt(counts, PLACE.called);
	const leftLate = sizeOf(sketchAt(counts, PLACE.left).filter(({ seconds }) => seconds > limit));
	return { inTime: sizeOf(called.filter(({ seconds }) => seconds <= limit)), judged: sizeOf(called) + leftLate };
}

type Sketch = readonly { seconds: number; count: number }[];

/** The buckets of one sketch of a group, the shortest first. */
function sketchAt(counts: ReadonlyMap<number, number>, place: number): Sketch {
	return [...counts]
		.filter(([at]) => at >= place && at < place + BUCKETS)
		.toSorted(([one], [other]) => one - other)
		.map(([at, count]) => ({ seconds: secondsOf(at - place), count }));
}

const sizeOf = (sketch: Sketch) => sketch.reduce((sum, { count }) => sum + count, 0);

function lengthsOf(sketch: Sketch): Lengths | null {
	const count = sizeOf(sketch);
	if (count < SMALLEST_GROUP) return null;
	const atRank = (share: number) => {
		const rank = Math.max(1, Math.ceil(share * count));
		let passed = 0;
		for (const bucket of sketch) {
			passed += bucket.count;
			if (passed >= rank) return bucket.seconds;
		}
		return 0;
	};
	const meanMs = (sketch.reduce((sum, bucket) => sum + bucket.count * bucket.seconds, 0) / count) * 1_000;
	return { count, meanMs, medianMs: atRank(0.5) * 1_000, p90Ms: atRank(0.9) * 1_000 };
}

function quartersOf(days: readonly RolledUpDay[], whole: RollUp, openDays: number, withinMinutes: number) {
	const [arrivals, atWork] = [new Int32Array(96), new Int32Array(96)];
	for (const [quarter, count] of whole.get("arrivals") ?? []) arrivals[quarter] = count;
	for (const { rollUp } of days)
		for (const [group, counts] of rollUp)
			if (group.startsWith("at-work/"))
				for (const quarter of counts.keys()) atWork[quarter] = (atWork[quarter] ?? 0) + 1;
	const occupied = lengthsOf(sketchAt(whole.get("all") ?? new Map(), PLACE.atCounter));
	const meanServiceMs = occupied === null ? null : Math.max(60_000, occupied.meanMs);
	return staffedQuarters({ arrivals, atWork, meanServiceMs }, openDays, withinMinutes);
}
