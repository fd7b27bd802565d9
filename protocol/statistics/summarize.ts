import { type CounterNumber, counterNumberSchema, type TopicId, topicIdSchema } from "../model/ids.ts";
import { LANGUAGES, type Language } from "../model/language.ts";
import { STAFF_ROLES, type StaffRole } from "../model/staff.ts";
import { TICKET_CLASSES, TICKET_OUTCOMES } from "../model/ticket.ts";
import { weekdayOf } from "./calendar.ts";
import { estimateRecords } from "./estimate-record.ts";
import { figuresByGroup, type Grouping, groupRows, NO_FIGURES, openGrouping } from "./figures.ts";
import { type DayArrivals, forecastNextDay } from "./forecast.ts";
import { LEG_ENDS } from "./leg.ts";
import { type LegTable, makeLegTable } from "./leg-table.ts";
import { SMALLEST_GROUP } from "./limits.ts";
import { NONE, type PackedDay } from "./packed-day.ts";
import { quarterHours } from "./quarter-hours.ts";
import { hideSmallCounts, hideSmallGroups } from "./small-numbers.ts";
import type { Figures, Statistics } from "./statistics.ts";

export interface StatisticsQuestion {
	from: string;
	to: string;
	topic: TopicId | null;
	counter: CounterNumber | null;
	withinMinutes: number;
}

/** What the rows themselves do not say. */
export interface StatisticsContext {
	/** The role of a member of staff; null where the account has been removed. */
	roleOf(staff: string): StaffRole | null;
	/** Every day that is kept, for the forecast. */
	history: readonly DayArrivals[];
	today: string;
}

/** A group of staff of fewer people says too much of each of them. */
const SMALLEST_STAFF_GROUP = 3;

/** Sums up service days, which come in order. */
export function summarize(
	days: readonly PackedDay[],
	question: StatisticsQuestion,
	{ roleOf, history, today }: StatisticsContext,
): Statistics {
	const { topic, counter, withinMinutes } = question;
	const isFiltered = topic !== null || counter !== null;
	const asked = makeLegTable(days, { topic: topic ?? undefined, counter: counter ?? undefined });
	const whole = openGrouping(asked, withinMinutes);
	const total = totalOf(whole);
	// Of a few visits of one topic the hours would tell what the total does not.
	const grouping = isFiltered && isSmall(total) ? openGrouping(makeLegTable([]), withinMinutes) : whole;
	const { table } = grouping;
	const perDay = byDay(grouping);
	return {
		...question,
		today,
		...{ openDays: perDay.length, smallestGroup: SMALLEST_GROUP, untimed: countUntimed(table) },
		total: hideSmallGroups([total])[0] ?? total,
		...byTime(grouping),
		days: perDay,
		...byName(grouping),
		staffGroups: byRole(grouping, roleOf),
		classes: byClass(grouping),
		quarters: quarterHours(table, perDay.length, withinMinutes),
		outcomes: countOutcomes(table),
		estimates: recordsOf(table),
		forecast: isFiltered ? null : forecastNextDay(history, today),
	};
}

const isSmall = ({ visits }: Figures) => visits !== null && visits > 0 && visits < SMALLEST_GROUP;

function totalOf(grouping: Grouping): Figures {
	return figuresByGroup(grouping, allRows(grouping.table)).get(0) ?? NO_FIGURES;
}

const inOrder = (figures: Map<number, Figures>) => [...figures].toSorted(([one], [other]) => one - other);

function byDay(grouping: Grouping): Statistics["days"] {
	const { day, serviceDays } = grouping.table;
	return inOrder(figuresByGroup(grouping, { of: day, count: serviceDays.length })).map(([place, figures]) => ({
		serviceDay: serviceDays[place] ?? "",
		...figures,
	}));
}

function byTime(grouping: Grouping): Pick<Statistics, "hours" | "weekdays"> {
	const { table } = grouping;
	const from = table.column("fromMinute");
	const weekdays = table.serviceDays.map(weekdayOf);
	const hourOf = (row: number) => ((Math.floor((from[row] ?? 0) / 60) % 24) + 24) % 24;
	const weekdayOfRow = (row: number) => weekdays[table.day[row] ?? NONE] ?? NONE;
	return {
		hours: inOrder(figuresByGroup(grouping, groupRows(table, 24, hourOf))).map(([hour, figures]) => ({
			hour,
			...figures,
		})),
		weekdays: inOrder(figuresByGroup(grouping, groupRows(table, 7, weekdayOfRow))).map(([weekday, figures]) => ({
			weekday,
			...figures,
		})),
	};
}

function byName(grouping: Grouping): Pick<Statistics, "topics" | "languages" | "counters"> {
	const { table } = grouping;
	const { names } = table;
	const named = (column: "topic" | "counter") =>
		[...figuresByGroup(grouping, { of: table.column(column), count: names.length })].map(([name, figures]) => ({
			...{ name: names[name] ?? "", figures },
		}));
	const byVisits = <Row extends Figures>(rows: Row[]) =>
		hideSmallGroups(rows.toSorted((one, other) => (other.visits ?? 0) - (one.visits ?? 0)));
	// A language that was redacted is a group of its own.
	const spoken = table.column("language");
	const languageOf = (row: number) => (spoken[row] === NONE ? names.length : (spoken[row] ?? NONE));
	const isLanguage = (name: string | undefined): name is Language => LANGUAGES.some((one) => one === name);
	const languages = [...figuresByGroup(grouping, groupRows(table, names.length + 1, languageOf))];
	return {
		topics: byVisits(named("topic").map(({ name, figures }) => ({ topic: topicIdSchema.parse(name), ...figures }))),
		languages: byVisits(
			languages.map(([place, figures]) => {
				const name = names[place];
				return { language: isLanguage(name) ? name : null, ...figures };
			}),
		),
		counters: hideSmallGroups(
			named("counter")
				.map(({ name, figures }) => ({ counter: counterNumberSchema.parse(name), ...figures }))
				.toSorted((one, other) => Number(one.counter) - Number(other.counter)),
		),
	};
}

/** By what their accounts are now. A group of so few people that its figures are somebody's is not told. */
function byRole(grouping: Grouping, roleOf: StatisticsContext["roleOf"]): Statistics["staffGroups"] {
	const { table } = grouping;
	const staff = table.column("staff");
	const roles: readonly (StaffRole | null)[] = [...STAFF_ROLES, null];
	const isMember = new Uint8Array(table.names.length);
	for (let row = 0; row < table.count; row += 1) isMember[staff[row] ?? NONE] = 1;
	const roleOfName = table.names.map((name, place) => (isMember[place] === 1 ? roles.indexOf(roleOf(name)) : NONE));
	const groups = figuresByGroup(
		grouping,
		groupRows(table, roles.length, (row) => roleOfName[staff[row] ?? NONE] ?? NONE),
	);
	const rows = roles.flatMap((role, index) => {
		const figures = groups.get(index);
		if (!figures) return [];
		const people = roleOfName.filter((one) => one === index).length;
		return [{ role, ...figures, visits: people < SMALLEST_STAFF_GROUP ? 1 : figures.visits }];
	});
	return hideSmallGroups(rows);
}

function byClass(grouping: Grouping): Statistics["classes"] {
	const groups = { of: grouping.table.column("class"), count: TICKET_CLASSES.length };
	return hideSmallGroups(
		inOrder(figuresByGroup(grouping, groups)).flatMap(([index, figures]) => {
			const ticketClass = TICKET_CLASSES[index];
			return ticketClass ? [{ class: ticketClass, ...figures }] : [];
		}),
	);
}

function countOutcomes(table: LegTable): Statistics["outcomes"] {
	const counts = new Int32Array(TICKET_OUTCOMES.length);
	for (const outcome of table.column("outcome")) if (outcome !== NONE) counts[outcome] = (counts[outcome] ?? 0) + 1;
	return hideSmallCounts(TICKET_OUTCOMES.map((outcome, index) => ({ outcome, visits: counts[index] ?? 0 })));
}

function countUntimed(table: LegTable): number {
	const [ends, called] = [table.column("end"), table.column("wasCalled")];
	const [waits, services] = [table.column("waitSeconds"), table.column("serviceSeconds")];
	const served = LEG_ENDS.indexOf("served");
	let count = 0;
	for (let row = 0; row < table.count; row += 1)
		count += Number((called[row] === 1 && waits[row] === NONE) || (ends[row] === served && services[row] === NONE));
	return count;
}

function recordsOf(table: LegTable): Statistics["estimates"] {
	return {
		total: estimateRecords(table, allRows(table)).get(0) ?? null,
		topics: [...estimateRecords(table, { of: table.column("topic"), count: table.names.length })]
			.map(([topic, record]) => ({ topic: topicIdSchema.parse(table.names[topic]), ...record }))
			.toSorted((one, other) => other.count - one.count),
		days: [...estimateRecords(table, { of: table.day, count: table.serviceDays.length })].map(([day, record]) => ({
			serviceDay: table.serviceDays[day] ?? "",
			...record,
		})),
	};
}

const allRows = (table: LegTable) => groupRows(table, 1, () => 0);
