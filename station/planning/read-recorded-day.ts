import { and, asc, between, gte, inArray, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import { type CounterNumber, counterNumberSchema } from "../../protocol/model/ids.ts";
import type { readLogRange, readTicketRecords } from "../statistics/read-day.ts";
import type { CounterSkills } from "../tickets/queue-order.ts";
import { type CounterEvent, findShifts } from "./counter-shifts.ts";
import { recordVisit } from "./recorded-day.ts";
import type { RecordedDay } from "./replay-day.ts";

const TYPES = ["counter.staffed", "counter.left", "counter.paused", "counter.resumed"] as const;
/** Staff sign in at most so long before the first visitor comes. */
const BEFORE_FIRST_MS = 6 * 3_600_000;

/** Reads what tables and log say of a day. */
export interface DayRecords {
	readTicketRecords: typeof readTicketRecords;
	readLogRange: typeof readLogRange;
}

export interface ReadDay extends RecordedDay {
	/** A step of it cannot be believed: the clock was set back. */
	hasWrongClock: boolean;
}

export function readRecordedDay(
	database: StationDatabase,
	serviceDay: string,
	{ skillsOf, records }: { skillsOf: (counter: CounterNumber) => CounterSkills; records: DayRecords },
): ReadDay {
	const tickets = records.readTicketRecords(database, serviceDay);
	const visits = tickets.flatMap((one) => recordVisit(one) ?? []);
	const firstAt = visits.reduce((first, { arrivedAt }) => Math.min(first, arrivedAt), Number.POSITIVE_INFINITY);
	return {
		visits,
		shifts: findShifts(
			visits,
			readCounterEvents(database, records.readLogRange(database, serviceDay), firstAt),
			skillsOf,
		),
		hasWrongClock: tickets.some(({ record }) => record.steps.some(({ isDoubtful }) => isDoubtful)),
	};
}

/** From after the last ticket of the day before to before the first of the day after. */
function readCounterEvents(
	database: StationDatabase,
	range: ReturnType<DayRecords["readLogRange"]>,
	firstAt: number,
): CounterEvent[] {
	if (range === null) return [];
	return database
		.select({ at: event.at, type: event.type, counter: sql<string>`json_extract(${event.text}, '$.data.counter')` })
		.from(event)
		.where(
			and(
				between(event.seq, range.before + 1, range.last),
				gte(event.at, firstAt - BEFORE_FIRST_MS),
				inArray(event.type, [...TYPES]),
			),
		)
		.orderBy(asc(event.seq))
		.all()
		.flatMap(({ at, type, counter }) => {
			const known = TYPES.find((one) => one === type);
			const number = counterNumberSchema.safeParse(counter);
			return known && number.success ? [{ at, type: known, counter: number.data }] : [];
		});
}
