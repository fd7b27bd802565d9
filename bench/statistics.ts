import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { openStationDatabase } from "../db/station/open.ts";
import { packedDay, statisticsProgress } from "../db/station/schema/statistics.ts";
import { numberCounter } from "../db/station/schema/tickets.ts";
import { seededRandom } from "../lib/seeded-random.ts";
import { counterNumberSchema, staffIdSchema, topicIdSchema } from "../protocol/model/ids.ts";
import { LANGUAGES } from "../protocol/model/language.ts";
import { addDays } from "../protocol/statistics/calendar.ts";
import type { Leg } from "../protocol/statistics/leg.ts";
import { PACKED_FORMAT, packDay } from "../protocol/statistics/packed-day.ts";
import { openStatistics } from "../station/statistics/statistics.ts";
import { quantile, writeFigure } from "./figure.ts";

const [DAYS, TICKETS, RUNS] = [300, 274, 40];
const LAST = "2026-11-29";
const TODAY = "2026-11-30";
const TOP = join(import.meta.dirname, "..");

/** A year of a busy station: every figure of it in one question, beside a bare count of as many rows by SQLite. */
export async function benchStatistics(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "paihao-bench-"));
	const { database, close } = openStationDatabase(folder, join(TOP, "db/station/migrations"));
	try {
		const random = seededRandom(22);
		database.transaction((tx) => {
			for (let ago = 0; ago < DAYS; ago += 1) {
				const serviceDay = addDays(LAST, -ago);
				const packed = packDay(
					serviceDay,
					Array.from({ length: TICKETS }, () => makeLeg(random)),
				);
				const row = {
					serviceDay,
					format: PACKED_FORMAT,
					names: [...packed.names],
					cells: Buffer.from(packed.cells.buffer),
				};
				tx.insert(packedDay).values(row).run();
				tx.insert(numberCounter).values({ serviceDay, series: "A", last: TICKETS }).run();
			}
			tx.insert(statisticsProgress).values({ id: 1, seq: 0 }).run();
			tx.run(sql`create table bare (topic text, wait integer)`);
			tx.run(sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${DAYS * TICKETS})
				insert into bare select 'topic-' || (i % 19), i * 7919 % 5400 from n`);
		});
		const statistics = openStatistics(database, { timezone: "Asia/Shanghai", roleOf: () => "agent" });
		const year = { from: addDays(LAST, 1 - DAYS), to: LAST, topic: null, counter: null, withinMinutes: 20 };
		const month = { ...year, from: addDays(LAST, -29) };
		const times = {
			year: [] as number[],
			topic: [] as number[],
			month: [] as number[],
			count: [] as number[],
			cpu: [] as number[],
		};
		const time = async (of: number[], ask: () => unknown) => {
			const begun = performance.now();
			await ask();
			of.push(performance.now() - begun);
		};
		for (let run = -5; run < RUNS; run += 1) {
			if (run === 0) for (const of of Object.values(times)) of.length = 0;
			const before = process.cpuUsage();
			await time(times.year, () => statistics.summarize(year, TODAY));
			const { user, system } = process.cpuUsage(before);
			times.cpu.push((user + system) / 1_000);
			await time(times.topic, () => statistics.summarize({ ...year, topic: topicIdSchema.parse("topic-1") }, TODAY));
			await time(times.month, () => statistics.summarize(month, TODAY));
			await time(times.count, () => database.all(sql`select topic, count(*), avg(wait) from bare group by topic`));
		}
		writeFigure({
			figure: `statistics: all figures of a year, ${DAYS * TICKETS} visits, p95`,
			value: quantile(times.year, 0.95),
			unit: "ms",
			goal: { atMost: 100 },
			beside: {
				"its median": quantile(times.year, 0.5),
				"its processor time, median": quantile(times.cpu, 0.5),
				"of one topic, p95": quantile(times.topic, 0.95),
				"of a month, p95": quantile(times.month, 0.95),
				"bare count by topic in SQLite, p95": quantile(times.count, 0.95),
			},
		});
	} finally {
		close();
		rmSync(folder, { recursive: true, force: true });
	}
}

function makeLeg(random: () => number): Leg {
	const below = (limit: number) => Math.floor(random() * limit);
	const fromMinute = 540 + below(460);
	const waitMs = 1_000 * below(5_400);
	const serviceMs = 60_000 + 1_000 * below(2_400);
	const calledMinute = fromMinute + Math.floor(waitMs / 60_000);
	return {
		...{ topic: topicIdSchema.parse(`topic-${below(19)}`), language: LANGUAGES[below(12)] ?? null, class: "ordinary" },
		...{ isArrival: true, fromMinute, end: "served", wasCalled: true, waitMs, serviceMs, calledMinute },
		freeMinute: calledMinute + Math.ceil(serviceMs / 60_000),
		counter: counterNumberSchema.parse(String(1 + below(6))),
		staff: staffIdSchema.parse(`00000000-0000-4000-8000-00000000000${below(8)}`),
		...{ outcome: "answered", rating: random() < 0.1 ? 1 + below(5) : null },
		told: { minMinutes: 5 * below(6), maxMinutes: 30 + 5 * below(12) },
	};
}
