import { addDays } from "./calendar.ts";
import type { SiteFigures } from "./fleet-statistics.ts";
import type { EstimateRecord, Figures, Lengths, QuarterHour, Statistics } from "./statistics.ts";

/** What the names of a file's rows are called for people; the keys stay as they are. */
export interface StatisticsNames {
	topic(id: string): string;
	language(tag: string): string;
	/** Only where there are sites. */
	site?(id: string): string;
}

interface Row {
	group: string;
	key: string;
	name: string;
	figures?: Figures;
	/** Of a group that has this figure alone. */
	visits?: number | null;
	record?: EstimateRecord | null | undefined;
	quarter?: QuarterHour;
	site?: SiteFigures;
}

const HEADER = [
	...["group", "key", "name", "visits", "arrivals", "served", "transferred", "no_shows", "abandoned", "closed", "open"],
	...["wait_count", "wait_mean_min", "wait_median_min", "wait_p90_min"],
	...["service_count", "service_mean_min", "service_median_min", "service_p90_min"],
	...["called_in_time_percent", "rating_count", "rating_mean"],
	...["told_count", "told_right_percent", "told_width_min", "told_error_min"],
	...["arrivals_a_day", "counters_at_work", "counters_needed"],
] as const;

/** Of each column, whether it is text; the others are numbers. */
const TEXT_COLUMNS = 3;

/** Null is not told, since too few visited; undefined is not known. */
export type Cell = string | number | null | undefined;

/** All that one answer has, a group a row, for files: minutes and percents. */
export interface StatisticsTable {
	columns: readonly { name: string; isText: boolean }[];
	rows: readonly (readonly Cell[])[];
}

export type TabledStatistics = Statistics & { sites?: readonly SiteFigures[] };

export function makeStatisticsTable(statistics: TabledStatistics, names: StatisticsNames): StatisticsTable {
	return {
		columns: HEADER.map((name, place) => ({ name, isText: place < TEXT_COLUMNS })),
		rows: rowsOf(statistics, names).map(cellsOf),
	};
}

function rowsOf(statistics: TabledStatistics, names: StatisticsNames): Row[] {
	const { estimates, topic, counter } = statistics;
	const ofTopic = new Map(estimates.topics.map((record) => [record.topic, record]));
	const ofDay = new Map(estimates.days.map((record) => [record.serviceDay, record]));
	const range = `${statistics.from}/${statistics.to}`;
	const only = [topic === null ? "" : names.topic(topic), counter === null ? "" : `counter ${counter}`];
	return [
		{
			group: "all",
			key: range,
			name: only.filter(Boolean).join(", "),
			figures: statistics.total,
			record: estimates.total,
		},
		...statistics.days.map((day) => row("day", day.serviceDay, "", day, ofDay.get(day.serviceDay))),
		...statistics.weekdays.map((one) => row("weekday", String(one.weekday + 1), weekdayName(one.weekday), one)),
		...statistics.hours.map((one) => row("hour", clock(one.hour * 60), "", one)),
		...statistics.topics.map((one) => row("topic", one.topic, names.topic(one.topic), one, ofTopic.get(one.topic))),
		...statistics.languages.map((one) =>
			row("language", one.language ?? "unknown", one.language === null ? "" : names.language(one.language), one),
		),
		...statistics.counters.map((one) => row("counter", one.counter, "", one)),
		...statistics.staffGroups.map((one) => row("staff", one.role ?? "unknown", "", one)),
		...statistics.classes.map((one) => row("class", one.class, "", one)),
		...statistics.outcomes.map(({ outcome, visits }) => ({ group: "outcome", key: outcome, name: "", visits })),
		...(statistics.sites ?? []).map((site) => ({
			...{ group: "site", key: site.site, name: names.site?.(site.site) ?? "", visits: site.visits, site },
		})),
		...statistics.quarters.map((quarter) => ({
			group: "quarter-hour",
			key: clock(quarter.fromMinute),
			name: "",
			quarter,
		})),
	];
}

function row(group: string, key: string, name: string, figures: Figures, record?: EstimateRecord): Row {
	return { group, key, name, figures, record };
}

function cellsOf({ group, key, name, figures, visits, record, quarter, site }: Row): Cell[] {
	return [
		...[group, key, name, figures ? figures.visits : visits],
		...[(figures ?? site)?.arrivals, figures?.served, figures?.transferred],
		...[(figures ?? site)?.noShows, (figures ?? site)?.abandoned, (figures ?? site)?.closed],
		figures?.open,
		...(site ? [undefined, minutesOf(site.meanWaitMs), undefined, undefined] : lengths(figures?.wait)),
		...lengths(figures?.service),
		percent((figures ?? site)?.serviceLevel),
		...[figures?.rating?.count, decimal(figures?.rating?.mean)],
		...[record?.count, percent(record?.cover), decimal(record?.widthMinutes), decimal(record?.errorMinutes)],
		...[decimal(quarter?.arrivals), decimal(quarter?.countersAtWork)],
		quarter?.countersNeeded ?? undefined,
	];
}

function lengths(of: Lengths | null | undefined): Cell[] {
	if (!of) return [undefined, undefined, undefined, undefined];
	return [of.count, ...[of.meanMs, of.medianMs, of.p90Ms].map(minutesOf)];
}

const decimal = (value: number | null | undefined) => (value == null ? undefined : Math.round(value * 100) / 100);
const minutesOf = (ms: number | null) => decimal(ms === null ? null : ms / 60_000);
const percent = (share: number | null | undefined) => decimal(share == null ? null : 100 * share);

const clock = (minute: number) =>
	`${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** 2024 began on a Monday. */
const weekdayName = (weekday: number) =>
	new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(
		Date.parse(`${addDays("2024-01-01", weekday)}T00:00Z`),
	);
