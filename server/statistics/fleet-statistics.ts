import { and, asc, between, eq, inArray, lt, sql, sum } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { ServerDatabase } from "../../db/server/open.ts";
import { station } from "../../db/server/schema/stations.ts";
import { networkDay, stationDay } from "../../db/server/schema/statistics.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import type { FleetStatistics, SiteFigures } from "../../protocol/statistics/fleet-statistics.ts";
import { SMALLEST_GROUP } from "../../protocol/statistics/limits.ts";
import { addRollUp, type RollUp, readRollUp, withoutCounters, writeRollUp } from "../../protocol/statistics/roll-up.ts";
import { hideSmallRows } from "../../protocol/statistics/small-numbers.ts";
import { type RolledUpDay, summarizeRollUps } from "../../protocol/statistics/summarize-roll-ups.ts";
import { sumUp } from "./sum-up.ts";
import { NETWORK_TIMEZONE } from "./write-histories.ts";

export interface FleetQuestion {
	/** Today unless named. */
	from?: string | undefined;
	to?: string | undefined;
	/** One site, or all. */
	site?: SiteId | undefined;
	withinMinutes: number;
}

/** What the days of all stations show, or of one site's. */
export function openFleetStatistics(database: ServerDatabase) {
	return {
		async read({ from, to, site, withinMinutes }: FleetQuestion, now: number): Promise<FleetStatistics> {
			const today = wallClock(now, NETWORK_TIMEZONE).date;
			const range = { from: from ?? today, to: to ?? today };
			await sumUp(database);
			const [days, history, sites] = await Promise.all([
				site === undefined ? readNetworkDays(database, range) : readSiteDays(database, site, range),
				readArrivals(database, site, today),
				readSites(database, range),
			]);
			const question = { ...range, withinMinutes, isOneStation: site !== undefined };
			return { ...summarizeRollUps(days, question, { history, today }), site: site ?? null, sites };
		},
	};
}
export type OpenedFleetStatistics = ReturnType<typeof openFleetStatistics>;

interface Range {
	from: string;
	to: string;
}

const inRange = ({ from, to }: Range) => between(stationDay.serviceDay, from, to);

async function readSiteDays(database: ServerDatabase, site: SiteId, range: Range): Promise<RolledUpDay[]> {
	const rows = await database
		.select({ serviceDay: stationDay.serviceDay, rollUp: stationDay.rollUp })
		.from(stationDay)
		.innerJoin(station, eq(station.id, stationDay.station))
		.where(and(eq(station.site, site), inRange(range)))
		.orderBy(asc(stationDay.serviceDay));
	return addByDay(rows);
}

/** A site whose station was replaced within a day has two rows of it. */
function addByDay(rows: readonly { serviceDay: string; rollUp: string }[]): RolledUpDay[] {
	const days = new Map<string, RollUp>();
	for (const { serviceDay, rollUp } of rows) {
		const known = days.get(serviceDay);
		if (known) addRollUp(known, readRollUp(rollUp));
		else days.set(serviceDay, readRollUp(rollUp));
	}
	return [...days].map(([serviceDay, rollUp]) => ({ serviceDay, rollUp }));
}

/** Days that changed since they were summed up over all stations are summed up again. */
async function readNetworkDays(database: ServerDatabase, range: Range): Promise<RolledUpDay[]> {
	const [current, saved] = await Promise.all([
		database
			.select({ serviceDay: stationDay.serviceDay, revisions: sum(stationDay.revision).mapWith(Number) })
			.from(stationDay)
			.where(inRange(range))
			.groupBy(stationDay.serviceDay)
			.orderBy(asc(stationDay.serviceDay)),
		database
			.select()
			.from(networkDay)
			.where(between(networkDay.serviceDay, range.from, range.to)),
	]);
	const savedOf = new Map(saved.map((one) => [one.serviceDay, one]));
	const days: RolledUpDay[] = [];
	for (const { serviceDay, revisions } of current) {
		const known = savedOf.get(serviceDay);
		const rollUp = known?.revisions === revisions ? readRollUp(known.rollUp) : await sumUpDay(database, serviceDay);
		days.push({ serviceDay, rollUp });
	}
	return days;
}

const PAGE_STATIONS = 500;

async function sumUpDay(database: ServerDatabase, serviceDay: string): Promise<RollUp> {
	const rollUp: RollUp = new Map();
	let revisions = 0;
	for (let after: string | undefined; ; ) {
		const page = await database
			.select({ station: stationDay.station, revision: stationDay.revision, rollUp: stationDay.rollUp })
			.from(stationDay)
			.where(
				and(
					eq(stationDay.serviceDay, serviceDay),
					after === undefined ? undefined : sql`${stationDay.station} > ${after}::uuid`,
				),
			)
			.orderBy(asc(stationDay.station))
			.limit(PAGE_STATIONS);
		for (const own of page) {
			addRollUp(rollUp, withoutCounters(readRollUp(own.rollUp)));
			revisions += own.revision;
		}
		after = page.at(-1)?.station;
		if (page.length < PAGE_STATIONS) break;
	}
	const row = { serviceDay, revisions, rollUp: writeRollUp(rollUp) };
	await database
		.insert(networkDay)
		.values(row)
		// An instance that was slower has an older one.
		.onConflictDoUpdate({ target: networkDay.serviceDay, set: row, setWhere: lt(networkDay.revisions, revisions) });
	return rollUp;
}

function readArrivals(database: ServerDatabase, site: SiteId | undefined, today: string) {
	const ofSite = database
		.select({ id: station.id })
		.from(station)
		.where(site === undefined ? undefined : eq(station.site, site));
	return database
		.select({ serviceDay: stationDay.serviceDay, arrivals: sum(stationDay.arrivals).mapWith(Number) })
		.from(stationDay)
		.where(and(lt(stationDay.serviceDay, today), site === undefined ? undefined : inArray(stationDay.station, ofSite)))
		.groupBy(stationDay.serviceDay)
		.orderBy(asc(stationDay.serviceDay));
}

async function readSites(database: ServerDatabase, range: Range): Promise<SiteFigures[]> {
	const total = (column: AnyPgColumn) => sum(column).mapWith(Number);
	const rows = await database
		.select({
			site: station.site,
			...{ visits: total(stationDay.visits), arrivals: total(stationDay.arrivals), noShows: total(stationDay.noShows) },
			...{ abandoned: total(stationDay.abandoned), closed: total(stationDay.closed), called: total(stationDay.called) },
			...{
				waitSeconds: total(stationDay.waitSeconds),
				inTime: total(stationDay.inTime),
				judged: total(stationDay.judged),
			},
		})
		.from(stationDay)
		.innerJoin(station, eq(station.id, stationDay.station))
		.where(inRange(range))
		.groupBy(station.site)
		.orderBy(asc(station.site));
	const sites = rows
		.filter(({ visits }) => visits > 0)
		.map(
			({ called, waitSeconds, inTime, judged, ...counts }): SiteFigures => ({
				...counts,
				meanWaitMs: called < SMALLEST_GROUP ? null : (waitSeconds / called) * 1_000,
				serviceLevel: judged < SMALLEST_GROUP ? null : inTime / judged,
			}),
		);
	return hideSmallRows(sites, ({ site }) => ({ site, ...UNTOLD }));
}

const UNTOLD = {
	...{
		visits: null,
		arrivals: null,
		noShows: null,
		abandoned: null,
		closed: null,
		meanWaitMs: null,
		serviceLevel: null,
	},
};
