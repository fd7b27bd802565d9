import { asc, lt, sum } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { numberCounter } from "../../db/station/schema/tickets.ts";
import { minuteOfDay } from "../../protocol/statistics/calendar.ts";
import type { DayArrivals } from "../../protocol/statistics/forecast.ts";
import { packDay } from "../../protocol/statistics/packed-day.ts";
import type { Statistics } from "../../protocol/statistics/statistics.ts";
import { type StatisticsContext, type StatisticsQuestion, summarize } from "../../protocol/statistics/summarize.ts";
import { openDayStore, ticketDays } from "./day-store.ts";
import { readDayLegs } from "./read-day.ts";

/** What the station can say of its own days. */
export interface StationStatistics {
	/** `today` is the service day that is not over yet. */
	summarize(question: StatisticsQuestion, today: string): Promise<Statistics>;
	/** Prepares one past day for later questions. False where all are prepared. */
	prepareNext(today: string): boolean;
}

type Site = { timezone: string } & Pick<StatisticsContext, "roleOf">;

export function openStatistics(database: StationDatabase, { timezone, roleOf }: Site): StationStatistics {
	const store = openDayStore(database, (serviceDay) => readDayLegs(database, serviceDay, minuteOfDay(timezone)));
	return {
		async summarize(question, today) {
			const days = await store.read(question.from, question.to, today);
			return summarize(days, question, { roleOf, today, history: readArrivals(database, today) });
		},
		prepareNext: (today) => store.keepNext(today),
	};
}

/** The same from a database that is only read: nothing is kept for later. */
export function summarizeReadOnly(
	database: StationDatabase,
	{ timezone, roleOf }: Site,
	question: StatisticsQuestion,
	today: string,
): Statistics {
	const days = ticketDays(database, question.from, question.to).map((serviceDay) =>
		packDay(serviceDay, readDayLegs(database, serviceDay, minuteOfDay(timezone))),
	);
	return summarize(days, question, { roleOf, today, history: readArrivals(database, today) });
}

/** How many numbers each past day gave: for the forecast, no more is needed. */
function readArrivals(database: StationDatabase, today: string): DayArrivals[] {
	return database
		.select({ serviceDay: numberCounter.serviceDay, arrivals: sum(numberCounter.last).mapWith(Number) })
		.from(numberCounter)
		.where(lt(numberCounter.serviceDay, today))
		.groupBy(numberCounter.serviceDay)
		.orderBy(asc(numberCounter.serviceDay))
		.all();
}
