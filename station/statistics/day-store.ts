import { and, asc, between, eq, gt, inArray, max, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import { packedDay, statisticsProgress } from "../../db/station/schema/statistics.ts";
import { numberCounter, ticket } from "../../db/station/schema/tickets.ts";
import type { Leg } from "../../protocol/statistics/leg.ts";
import { PACKED_FORMAT, type PackedDay, packDay } from "../../protocol/statistics/packed-day.ts";

/** The days of the station, packed. Past days are kept; today's is made at each question. */
export interface DayStore {
	/** The packed days of a range, in order. Those that are not kept yet are made, others are answered in between. */
	read(from: string, to: string, today: string): Promise<PackedDay[]>;
	/** Makes one past day that is not kept. False where all are. */
	keepNext(today: string): boolean;
}

/** Events after which the place in the log is written down, though no past day has changed. */
const MOST_EVENTS_BEHIND = 2_000;

export function openDayStore(database: StationDatabase, readLegs: (serviceDay: string) => Leg[]): DayStore {
	const keptDays = database
		.select()
		.from(packedDay)
		.where(
			and(
				between(packedDay.serviceDay, sql.placeholder("from"), sql.placeholder("to")),
				eq(packedDay.format, PACKED_FORMAT),
			),
		)
		.orderBy(asc(packedDay.serviceDay))
		.prepare();

	const keep = (serviceDay: string): PackedDay => {
		const packed = packDay(serviceDay, readLegs(serviceDay));
		const row = {
			...{ serviceDay, format: PACKED_FORMAT, names: [...packed.names] },
			cells: Buffer.from(packed.cells.buffer),
		};
		database.insert(packedDay).values(row).onConflictDoUpdate({ target: packedDay.serviceDay, set: row }).run();
		return packed;
	};

	return {
		async read(from, to, today) {
			dropChangedDays(database);
			const kept = keptDays.all({ from, to }).filter(({ serviceDay }) => serviceDay < today);
			const known = new Set(kept.map(({ serviceDay }) => serviceDay));
			const days: PackedDay[] = kept.map(({ serviceDay, names, cells }) => ({
				serviceDay,
				names,
				cells: numbersOf(cells),
			}));
			const missing = ticketDays(database, from, to).filter((day) => !known.has(day));
			for (const day of missing) {
				days.push(day < today ? keep(day) : packDay(day, readLegs(day)));
				// A visitor's tap comes in between.
				await new Promise(setImmediate);
			}
			return missing.length === 0 ? days : days.toSorted((one, other) => (one.serviceDay < other.serviceDay ? -1 : 1));
		},
		keepNext(today) {
			dropChangedDays(database);
			const [missing] = database.all<{ day: string }>(sql`
				select distinct service_day as day from ${numberCounter}
				where service_day < ${today}
				and service_day not in (select service_day from ${packedDay} where format = ${PACKED_FORMAT})
				order by day desc limit 1`);
			if (missing) keep(missing.day);
			return missing !== undefined;
		},
	};
}

export function ticketDays(database: StationDatabase, from: string, to: string): string[] {
	return database
		.selectDistinct({ day: numberCounter.serviceDay })
		.from(numberCounter)
		.where(between(numberCounter.serviceDay, from, to))
		.orderBy(asc(numberCounter.serviceDay))
		.all()
		.map(({ day }) => day);
}

/** A late event, such as the undo of a ticket of yesterday, makes its day to be packed again. */
function dropChangedDays(database: StationDatabase): void {
	const last =
		database
			.select({ seq: max(event.seq) })
			.from(event)
			.get()?.seq ?? 0;
	const done = database.select().from(statisticsProgress).get()?.seq;
	if (done === last) return;
	const changed =
		done === undefined
			? []
			: database
					.selectDistinct({ day: ticket.serviceDay })
					.from(event)
					.innerJoin(ticket, eq(ticket.id, sql`json_extract(${event.text}, '$.data.ticket')`))
					.innerJoin(packedDay, eq(packedDay.serviceDay, ticket.serviceDay))
					.where(gt(event.seq, done))
					.all()
					.map(({ day }) => day);
	if (done !== undefined && changed.length === 0 && last - done < MOST_EVENTS_BEHIND) return;
	database.transaction((tx) => {
		// Of a log that is not known to have been read, nothing is believed.
		if (done === undefined || last < done) tx.delete(packedDay).run();
		else tx.delete(packedDay).where(inArray(packedDay.serviceDay, changed)).run();
		tx.insert(statisticsProgress)
			.values({ id: 1, seq: last })
			.onConflictDoUpdate({ target: statisticsProgress.id, set: { seq: last } })
			.run();
	});
}

/** Without a copy, unless the buffer of SQLite begins where numbers may not. */
function numbersOf(bytes: Buffer): Int32Array {
	const { buffer, byteOffset, byteLength } =
		bytes.byteOffset % Int32Array.BYTES_PER_ELEMENT === 0 ? bytes : Uint8Array.from(bytes);
	return new Int32Array(buffer, byteOffset, byteLength / Int32Array.BYTES_PER_ELEMENT);
}
