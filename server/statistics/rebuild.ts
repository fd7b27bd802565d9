import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { ServerDatabase, Transaction } from "../../db/server/open.ts";
import { event } from "../../db/server/schema/events.ts";
import { station } from "../../db/server/schema/stations.ts";
import { stationDay, ticketHistory } from "../../db/server/schema/statistics.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import { HISTORY_EVENTS } from "../../protocol/statistics/ticket-history.ts";
import { addEvents } from "./statistics-projection.ts";

export interface Rebuilt {
	stations: number;
	days: number;
	events: number;
	/** Days that were not what their events say. */
	mended: { station: StationId; serviceDay: string }[];
}

const PAGE_EVENTS = 5_000;
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
	await tx.select({ id: station.id }).from(station).where(eq(station.id, id)).for("no key update");
	const before = await readDays(tx, id);
	await tx.delete(ticketHistory).where(eq(ticketHistory.station, id));
	// Emptied, not deleted: a revision never falls.
	await tx
		.update(stationDay)
		.set({ rollUp: EMPTY, revision: sql`${stationDay.revision} + 1`, ...NO_COUNTS })
		.where(eq(stationDay.station, id));
	const events = await addAll(tx, id);
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

async function addAll(tx: Transaction, id: StationId): Promise<number> {
	let count = 0;
	for (let last: { stream: string; seq: number } | undefined; ; ) {
		const page = await tx
			.select({ stream: event.stream, seq: event.seq, text: event.text })
			.from(event)
			.where(
				and(
					eq(event.station, id),
					inArray(event.type, [...HISTORY_EVENTS]),
					last && sql`(${event.stream}, ${event.seq}) > (${last.stream}::uuid, ${last.seq}::bigint)`,
				),
			)
			.orderBy(asc(event.stream), asc(event.seq))
			.limit(PAGE_EVENTS);
		if (page.length > 0)
			await addEvents(
				tx,
				id,
				page.map(({ text }) => text),
			);
		count += page.length;
		last = page.at(-1);
		if (page.length < PAGE_EVENTS) return count;
	}
}
