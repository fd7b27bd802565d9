import { asc, eq, sql } from "drizzle-orm";
import type { ServerDatabase, Transaction } from "../../db/server/open.ts";
import { station } from "../../db/server/schema/stations.ts";
import { stationDay, summedStream, ticketHistory } from "../../db/server/schema/statistics.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import { readEnds, sumUpTo } from "./sum-up.ts";
import { lockStatistics } from "./write-histories.ts";

export interface Rebuilt {
	stations: number;
	days: number;
	events: number;
	/** Days that were not what their events say. */
	mended: { station: StationId; serviceDay: string }[];
}

const EMPTY = "{}";

/** Makes every roll-up again from the events, a station at a time; stations append meanwhile. */
export async function rebuildStatistics(database: ServerDatabase): Promise<Rebuilt> {
	const stations = await database.select({ id: station.id }).from(station).orderBy(asc(station.id));
	const done: Rebuilt = { stations: 0, days: 0, events: 0, mended: [] };
	for (const { id } of stations) {
		const own = await database.transaction((tx) => rebuildStation(tx, id));
		done.stations += 1;
		done.days += own.days;
		done.events += own.events;
		done.mended.push(...own.mended.map((serviceDay) => ({ station: id, serviceDay })));
	}
	return done;
}

async function rebuildStation(tx: Transaction, id: StationId) {
	await lockStatistics(tx, id);
	// What is appended meanwhile is summed up later.
	const ends = await readEnds(tx, id);
	await sumUpTo(tx, id, ends);
	const before = await readDays(tx, id);
	await tx.delete(ticketHistory).where(eq(ticketHistory.station, id));
	await tx.delete(summedStream).where(eq(summedStream.station, id));
	// Emptied, not deleted: a revision never falls.
	await tx
		.update(stationDay)
		.set({ rollUp: EMPTY, revision: sql`${stationDay.revision} + 1`, ...NO_COUNTS })
		.where(eq(stationDay.station, id));
	const events = await sumUpTo(tx, id, ends);
	const after = await readDays(tx, id);
	const mended = [...after].filter(([day, rollUp]) => (before.get(day) ?? EMPTY) !== rollUp).map(([day]) => day);
	return { days: after.size, events, mended };
}

const NO_COUNTS = {
	...{ visits: 0, arrivals: 0, noShows: 0, abandoned: 0, closed: 0 },
	...{ called: 0, waitSeconds: 0, inTime: 0, judged: 0 },
};

async function readDays(tx: Transaction, id: StationId): Promise<Map<string, string>> {
	const rows = await tx
		.select({ serviceDay: stationDay.serviceDay, rollUp: stationDay.rollUp })
		.from(stationDay)
		.where(eq(stationDay.station, id));
	return new Map(rows.map(({ serviceDay, rollUp }) => [serviceDay, rollUp]));
}
