import { countersNeeded } from "./erlang-c.ts";
import { LEG_ENDS, LONGEST_SERVICE_MS } from "./leg.ts";
import type { LegTable } from "./leg-table.ts";
import { SMALLEST_GROUP, TARGET_SHARE } from "./limits.ts";
import { NONE } from "./packed-day.ts";
import type { QuarterHour } from "./statistics.ts";

const QUARTER_MINUTES = 15;
const QUARTERS_A_DAY = 96;
const LONGEST_MINUTES = LONGEST_SERVICE_MS / 60_000;
const WITHDRAWN = LEG_ENDS.indexOf("withdrawn");

/** Who came, which counters worked and how many it would take, in each quarter of an hour of an average open day. */
export function quarterHours(table: LegTable, openDays: number, withinMinutes: number): QuarterHour[] {
	return staffedQuarters(
		{
			arrivals: countArrivals(table),
			atWork: countCountersAtWork(table),
			meanServiceMs: meanTimeAtCounterMs(table),
		},
		openDays,
		withinMinutes,
	);
}

export interface QuarterCounts {
	/** Of each quarter of the day, over all days. */
	arrivals: Int32Array;
	atWork: Int32Array;
	/** How long a visitor takes a counter; null where that is not known. */
	meanServiceMs: number | null;
}

export function staffedQuarters(
	{ arrivals, atWork, meanServiceMs }: QuarterCounts,
	openDays: number,
	withinMinutes: number,
): QuarterHour[] {
	if (openDays === 0) return [];
	const used = Array.from({ length: QUARTERS_A_DAY }, (_, quarter) => quarter).filter(
		(quarter) => (arrivals[quarter] ?? 0) + (atWork[quarter] ?? 0) > 0,
	);
	const [first = 0, last = -1] = [used[0], used.at(-1)];
	return Array.from({ length: last - first + 1 }, (_, index) => {
		const quarter = first + index;
		const came = (at: number) => (arrivals[at] ?? 0) / openDays;
		// Counters are not opened for a quarter of an hour: the one before and the one after count as well.
		const around = [quarter - 1, quarter, quarter + 1].filter((at) => at >= first && at <= last);
		const perQuarter = around.reduce((sum, at) => sum + came(at), 0) / around.length;
		const workload = { arrivalsPerHour: 4 * perQuarter, meanServiceMs: meanServiceMs ?? 0 };
		return {
			fromMinute: quarter * QUARTER_MINUTES,
			arrivals: came(quarter),
			countersAtWork: (atWork[quarter] ?? 0) / openDays,
			countersNeeded:
				meanServiceMs === null
					? null
					: countersNeeded(workload, { withinMs: withinMinutes * 60_000, share: TARGET_SHARE }),
		};
	});
}

const quarterOf = (minute: number) =>
	((Math.floor(minute / QUARTER_MINUTES) % QUARTERS_A_DAY) + QUARTERS_A_DAY) % QUARTERS_A_DAY;

function countArrivals(table: LegTable): Int32Array {
	const counts = new Int32Array(QUARTERS_A_DAY);
	const [isArrival, from, ends] = [table.column("isArrival"), table.column("fromMinute"), table.column("end")];
	for (let row = 0; row < table.count; row += 1) {
		if (isArrival[row] !== 1 || ends[row] === WITHDRAWN) continue;
		const quarter = quarterOf(from[row] ?? 0);
		counts[quarter] = (counts[quarter] ?? 0) + 1;
	}
	return counts;
}

/** Over all days: each counter once a day in each quarter in which it had somebody. */
function countCountersAtWork(table: LegTable): Int32Array {
	const counts = new Int32Array(QUARTERS_A_DAY);
	const seen = new Int32Array((table.names.length + 1) * QUARTERS_A_DAY);
	const counters = table.column("counter");
	const [called, free] = [table.column("calledMinute"), table.column("freeMinute")];
	for (let row = 0; row < table.count; row += 1) {
		const [counter, from, to] = [counters[row] ?? NONE, called[row] ?? NONE, free[row] ?? NONE];
		if (counter === NONE || from === NONE || to < from || to - from > LONGEST_MINUTES) continue;
		const stamp = (table.day[row] ?? 0) + 1;
		for (let quarter = Math.floor(from / QUARTER_MINUTES); quarter * QUARTER_MINUTES <= to; quarter += 1) {
			const place = quarterOf(quarter * QUARTER_MINUTES);
			const cell = counter * QUARTERS_A_DAY + place;
			if (seen[cell] === stamp) continue;
			seen[cell] = stamp;
			counts[place] = (counts[place] ?? 0) + 1;
		}
	}
	return counts;
}

/** From the call until the counter is free: what a visitor takes of it, with the way to it. */
function meanTimeAtCounterMs(table: LegTable): number | null {
	const [called, free] = [table.column("calledMinute"), table.column("freeMinute")];
	const services = table.column("serviceSeconds");
	let [minutes, count] = [0, 0];
	for (let row = 0; row < table.count; row += 1) {
		const [from, to] = [called[row] ?? NONE, free[row] ?? NONE];
		if ((services[row] ?? NONE) === NONE || from === NONE || to < from || to - from > LONGEST_MINUTES) continue;
		minutes += to - from;
		count += 1;
	}
	return count < SMALLEST_GROUP ? null : Math.max(1, minutes / count) * 60_000;
}
