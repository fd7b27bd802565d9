import { sql } from "drizzle-orm";
import type { ServerDatabase } from "../db/server/open.ts";
import { siteIdSchema } from "../protocol/model/ids.ts";
import { addDays } from "../protocol/statistics/calendar.ts";
import { openFleetStatistics } from "../server/statistics/fleet-statistics.ts";
import { sumUp } from "../server/statistics/sum-up.ts";
import { openTestDatabase } from "../test/fixtures/server-database.ts";
import { quantile, writeFigure } from "./figure.ts";

const TICKETS_A_STATION = 274;
const EVENTS_A_TICKET = 4;
/** As many tickets as roll-ups stand for. */
const TICKETS = 10_000_000;
const LAST = "2026-11-27";
const MORNING = Date.UTC(2026, 10, 27, 1);
const NOON = Date.UTC(2026, 10, 28, 4);
const RUNS = 20;

/**
 * The statistics of the fleet in PostgreSQL: a day's events are summed up, then the roll-ups are copied back through the
 * past until they stand for ten million tickets, and what the page asks for is read. Rows are made by SQL. The short form
 * has 100 stations and a year, the full one 1,000 stations and 37 days.
 */
export async function benchFleetStatistics(stations: number): Promise<void> {
	const { database, close } = await openTestDatabase();
	try {
		await makeDay(database, stations);
		const begun = performance.now();
		const events = await sumUp(database);
		const seconds = (performance.now() - begun) / 1_000;
		const tickets = stations * TICKETS_A_STATION;
		const goalSeconds = (60 * tickets) / 274_000;
		writeFigure({
			figure: `fleet statistics: the roll-up of a day's ${tickets} tickets`,
			value: seconds,
			unit: "s",
			goal: { atMost: goalSeconds },
			beside: { events, "tickets/s": tickets / seconds },
		});
		const days = Math.ceil(TICKETS / tickets);
		await copyBack(database, days);
		await readPages(database, days);
	} finally {
		await close();
	}
}

/** A day of every station as it would have sent it: each visitor comes, is called, served, and done. */
async function makeDay(database: ServerDatabase, stations: number): Promise<void> {
	await database.execute(sql`
		insert into station (id, site, public_key, enrolled_at)
		select md5('station' || n)::uuid, 'site-' || n, '', 1 from generate_series(1, ${stations}::int) n`);
	await database.execute(sql`
		insert into stream (station, id, acked_seq, head, backed_up_seq, opened_at)
		select md5('station' || n)::uuid, md5('stream' || n)::uuid, ${TICKETS_A_STATION * EVENTS_A_TICKET}::int,
			decode(repeat('00', 32), 'hex'), 0, 1
		from generate_series(1, ${stations}::int) n`);
	await database.execute(sql`
		insert into event (station, stream, seq, event_id, type, at, text, hash, received_at)
		select station, stream, seq, id, type, at,
			'{"format":1,"stream":"' || stream || '","seq":' || seq || ',"id":"' || id || '","at":' || at
				|| ',"type":"' || type || '","data":{"ticket":"' || ticket || '","version":' || version || data || '}' || personal || '}',
			decode(repeat('00', 32), 'hex'), at
		from (
			select md5('station' || n)::uuid as station, md5('stream' || n)::uuid as stream,
				md5('ticket' || n || '-' || t)::uuid as ticket, md5('event' || n || '-' || t || '-' || k)::uuid as id,
				${EVENTS_A_TICKET}::int * (t - 1) + k as seq, k as version,
				(array['ticket.issued', 'ticket.called', 'ticket.started', 'ticket.finished'])[k] as type,
				${MORNING}::bigint + 1000 * (100 * t
					+ case when k > 1 then (t * 7919 + n) % 2400 else 0 end
					+ case when k > 2 then 40 else 0 end
					+ case when k > 3 then 300 + (t * 104729 + n) % 1500 else 0 end) as at,
				case k
					when 1 then ',"number":"A' || t || '","series":"A","ordinal":' || t || ',"serviceDay":"' || ${LAST}::text
						|| '","topic":"topic-' || t % 19 || '","partySize":1,"class":"ordinary","queuePosition":1,"job":"' || md5('job') || '"'
					when 2 then ',"counter":"' || 1 + t % 6 || '","calls":1'
					when 3 then ',"counter":"' || 1 + t % 6 || '"'
					else ',"counter":"' || 1 + t % 6 || '","outcome":"answered"'
				end as data,
				case k when 1 then ',"personal":{"salt":"' || md5('salt') || '","language":"'
					|| (array['en', 'ja', 'ko', 'fr'])[1 + t % 4] || '"}' else '' end as personal
			from generate_series(1, ${stations}::int) n, generate_series(1, ${TICKETS_A_STATION}::int) t, generate_series(1, 4) k
		) one`);
	await database.execute(sql`analyze`);
}

async function copyBack(database: ServerDatabase, days: number): Promise<void> {
	await database.execute(sql`
		insert into station_day
		select station, (service_day::date - back)::text, revision, roll_up, visits, arrivals, no_shows, abandoned, closed,
			called, wait_seconds, in_time, judged
		from station_day, generate_series(1, ${days - 1}::int) back`);
	await database.execute(sql`analyze`);
}

async function readPages(database: ServerDatabase, days: number): Promise<void> {
	const statistics = openFleetStatistics(database);
	const all = { from: addDays(LAST, 1 - days), to: LAST, withinMinutes: 20 };
	const month = { ...all, from: addDays(LAST, -29) };
	const site = siteIdSchema.parse("site-7");
	const pages = {
		day: { ...all, from: LAST },
		month,
		"all days": all,
		"a site's month": { ...month, site },
		"a site's all days": { ...all, site },
	};
	const time = async (page: typeof all) => {
		const begun = performance.now();
		await statistics.read(page, NOON);
		return performance.now() - begun;
	};
	const first = await time(all);
	const before = process.cpuUsage();
	for (let run = 0; run < RUNS; run += 1) await time(all);
	const { user, system } = process.cpuUsage(before);
	const times: Record<string, number> = {};
	for (const [name, page] of Object.entries(pages)) {
		const runs: number[] = [];
		for (let run = 0; run < RUNS; run += 1) runs.push(await time(page));
		times[name] = quantile(runs, 0.95);
	}
	writeFigure({
		figure: `fleet statistics: the slowest page over ${days} days, 10 million tickets, p95`,
		value: Math.max(...Object.values(times)),
		unit: "ms",
		goal: { atMost: 300 },
		beside: {
			...times,
			"all days, our own processor time": (user + system) / 1_000 / RUNS,
			"the first that asks for all days, s": first / 1_000,
		},
	});
}
