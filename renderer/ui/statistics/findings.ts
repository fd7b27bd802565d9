import { weekdayOf } from "../../../protocol/statistics/calendar.ts";
import { TARGET_SHARE } from "../../../protocol/statistics/limits.ts";
import type { Statistics } from "../../../protocol/statistics/statistics.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { Format } from "./format.ts";
import type { StatisticsTranslate } from "./messages.ts";

/** What titles say with: the texts, and how figures are written. */
export interface Wording {
	t: StatisticsTranslate;
	format: Format;
	language: StaffLanguage;
	topicName(id: string): string;
}

export interface FiguresProps {
	statistics: Statistics;
	wording: Wording;
}

const LONG_MS = 5 * 60_000;

/** Titles of the pictures: each says what is found in it, not what is drawn. */

export function waitFinding({ hours }: Statistics, { t, format }: Wording): string {
	const known = hours.flatMap(({ hour, wait }) => (wait ? [{ hour, ...wait }] : []));
	const longest = (of: "medianMs" | "p90Ms") => known.toSorted((one, other) => other[of] - one[of])[0];
	const range = (hour: number) => ({ from: format.clock(hour * 60), to: format.clock(((hour + 1) % 24) * 60) });
	const median = longest("medianMs");
	if (!median) return t("findTooFew");
	if (median.medianMs >= LONG_MS)
		return t("findWaitMedian", { ...range(median.hour), wait: format.length(median.medianMs) });
	const late = longest("p90Ms");
	if (late && late.p90Ms >= LONG_MS) return t("findWaitLate", { ...range(late.hour), wait: format.length(late.p90Ms) });
	return t("findWaitShort", { wait: format.length(LONG_MS) });
}

export function staffingFinding({ quarters }: Statistics, { t, format }: Wording): string {
	const known = quarters.flatMap((quarter) =>
		quarter.countersNeeded === null ? [] : [{ ...quarter, needed: quarter.countersNeeded }],
	);
	if (known.length === 0) return t("findTooFew");
	const lack = ({ needed, countersAtWork }: (typeof known)[number]) => needed - countersAtWork;
	const total = (stretch: typeof known) => stretch.reduce((sum, one) => sum + lack(one), 0);
	const short = stretchesOf(known, (one) => lack(one) >= HALF_COUNTER).toSorted(
		(one, other) => total(other) - total(one),
	)[0];
	if (!short) return t("findStaffingEnough");
	const needed = Math.max(...short.map((one) => one.needed));
	const worked = short.reduce((sum, one) => sum + one.countersAtWork, 0) / short.length;
	return t("findStaffing", {
		from: format.clock(short[0]?.fromMinute ?? 0),
		to: format.clock((short.at(-1)?.fromMinute ?? 0) + 15),
		needed: format.count(needed),
		worked: format.average(worked),
	});
}

/** Of an average day: less than this is nobody's shift. */
const HALF_COUNTER = 0.5;

/** The longest stretches of the day in which something is true. */
function stretchesOf<Quarter>(quarters: readonly Quarter[], holds: (quarter: Quarter) => boolean): Quarter[][] {
	const stretches: Quarter[][] = [];
	let current: Quarter[] = [];
	for (const quarter of quarters) {
		if (!holds(quarter)) current = [];
		else if (current.push(quarter) === 1) stretches.push(current);
	}
	return stretches;
}

export function levelFinding({ days, withinMinutes }: Statistics, { t, format }: Wording): string {
	const known = days.flatMap(({ serviceLevel }) => (serviceLevel === null ? [] : [serviceLevel]));
	if (known.length === 0) return t("findTooFew");
	const values = { share: format.percent(TARGET_SHARE), minutes: withinMinutes };
	const good = known.filter((level) => level >= TARGET_SHARE).length;
	return t("findLevel", { ...values, good: format.count(good), days: format.count(known.length) });
}

/** How much of the time at counters each topic takes, the most first. */
export function timeByTopic({ topics }: Statistics): { topic: string; share: number }[] {
	const times = topics.map(({ topic, service }) => ({ topic, ms: service ? service.count * service.meanMs : 0 }));
	const all = times.reduce((sum, { ms }) => sum + ms, 0);
	return times
		.flatMap(({ topic, ms }) => (ms === 0 ? [] : [{ topic, share: ms / all }]))
		.toSorted((one, other) => other.share - one.share);
}

export function topicFinding(statistics: Statistics, { t, format, topicName }: Wording): string {
	const most = timeByTopic(statistics)[0];
	if (!most) return t("findTooFew");
	return t("findTopic", { topic: topicName(most.topic), share: format.percent(most.share) });
}

/** Visitors on an average open day of each weekday. */
export function arrivalsPerWeekday({ days, weekdays }: Statistics): { weekday: number; arrivals: number }[] {
	return weekdays.map(({ weekday, arrivals }) => {
		const openDays = days.filter(({ serviceDay }) => weekdayOf(serviceDay) === weekday).length;
		return { weekday, arrivals: (arrivals ?? 0) / Math.max(1, openDays) };
	});
}

/** A difference of fewer than one in ten is chance. */
const SAME_SHARE = 0.9;

export function weekdayFinding(statistics: Statistics, { t, format }: Wording): string {
	const order = arrivalsPerWeekday(statistics).toSorted((one, other) => other.arrivals - one.arrivals);
	const [most, least] = [order[0], order.at(-1)];
	if (!most || !least || order.length < 2) return t("findTooFew");
	if (least.arrivals >= SAME_SHARE * most.arrivals) return t("findWeekdaySame");
	return t("findWeekday", { most: format.weekday(most.weekday), least: format.weekday(least.weekday) });
}

export function estimateFinding({ estimates: { total } }: Statistics, { t, format }: Wording): string {
	if (!total) return t("findTooFew");
	return t("findEstimate", { share: format.percent(total.cover), count: format.count(total.count) });
}

export function outcomeFinding({ outcomes }: Statistics, { t, format }: Wording): string {
	const all = outcomes.reduce((sum, { visits }) => sum + (visits ?? 0), 0);
	const missing = outcomes.find(({ outcome }) => outcome === "papers-missing")?.visits;
	if (all === 0 || missing == null) return t("findTooFew");
	return t("findOutcome", { share: format.percent(missing / all) });
}

export function counterFinding({ counters }: Statistics, { t, format }: Wording): string {
	const known = counters.flatMap(({ counter, service }) => (service ? [{ counter, ms: service.medianMs }] : []));
	const order = known.toSorted((one, other) => other.ms - one.ms);
	const [longest, shortest] = [order[0], order.at(-1)];
	if (!longest || !shortest || order.length < 2) return t("findTooFew");
	return t("findCounter", {
		...{ counter: longest.counter, length: format.length(longest.ms) },
		...{ other: shortest.counter, shorter: format.length(shortest.ms) },
	});
}

export function languageFinding(
	{ languages }: Statistics,
	{ t, format }: Wording,
	nameOf: (tag: string) => string,
): string {
	const known = languages.flatMap(({ language, visits }) => (visits === null ? [] : [{ language, visits }]));
	const all = known.reduce((sum, { visits }) => sum + visits, 0);
	const most = known.find(({ language }) => language !== null);
	if (!most?.language || all === 0) return t("findTooFew");
	return t("findLanguage", { language: nameOf(most.language), share: format.percent(most.visits / all) });
}
