import type { StationDatabase } from "../../db/station/open.ts";
import { instantOfWallClock } from "../../lib/time/wall-clock.ts";
import type { CounterNumber } from "../../protocol/model/ids.ts";
import {
	type DayReplay,
	FEWEST_REPLAYED_VISITORS,
	type ReplayedDay,
	type StaffingChange,
} from "../../protocol/statistics/day-replay.ts";
import type { CounterSkills } from "../tickets/queue-order.ts";
import { type DayRecords, readRecordedDay } from "./read-recorded-day.ts";
import {
	changeShifts,
	effectOf,
	type Measures,
	measureDay,
	type Play,
	type PlayedMeasures,
	type ReplayChange,
	rangesOf,
	replayDay,
} from "./replay-day.ts";

/** How often a day is played each way: enough for the 10th and the 90th percentile. */
const REPLAYS = 40;
export interface DayReplays {
	/** What a past day would have been with other staff. `today` is the service day that is not over yet. */
	replay(question: { serviceDay: string; changes: readonly StaffingChange[] }, today: string): Promise<DayReplay>;
}

export interface ReplaySite {
	timezone: string;
	/** What a counter can do now. */
	skillsOf(counter: CounterNumber): CounterSkills;
}

interface ReplayDeps extends ReplaySite {
	play: Play;
	records: DayRecords;
}

export function openDayReplays(
	database: StationDatabase,
	{ timezone, skillsOf, play, records }: ReplayDeps,
): DayReplays {
	return {
		async replay({ serviceDay, changes }, today) {
			const day = readRecordedDay(database, serviceDay, { skillsOf, records });
			const visitors = day.visits.length;
			const unknown = (reason: "not-over" | "too-few" | "clock"): DayReplay => ({
				...{ kind: "unknown", serviceDay, reason, fewest: FEWEST_REPLAYED_VISITORS },
				visitors: reason === "too-few" ? null : visitors,
			});
			if (serviceDay >= today) return unknown("not-over");
			if (visitors < FEWEST_REPLAYED_VISITORS || day.shifts.length === 0) return unknown("too-few");
			if (day.hasWrongClock) return unknown("clock");
			const instant = (time: string | null) => (time === null ? null : instantOfWallClock(serviceDay, time, timezone));
			const { shifts, remarks } = changeShifts(
				day.shifts,
				changes.map((change) => withInstants(change, instant)),
			);
			const played: Record<"unchanged" | "changed", PlayedMeasures[]> = { unchanged: [], changed: [] };
			for (let seed = 1; seed <= REPLAYS; seed += 1) {
				played.unchanged.push(replayDay(day, day.shifts, seed, play));
				played.changed.push(replayDay(day, shifts, seed, play));
				// A visitor's tap comes in between.
				await new Promise(setImmediate);
			}
			const replayed: ReplayedDay = {
				...{ kind: "replayed", serviceDay, visitors, replays: REPLAYS, remarks },
				actual: shownMeasures(measureDay(day)),
				unchanged: rangesOf(played.unchanged),
				changed: rangesOf(played.changed),
				effect: effectOf(played.unchanged, played.changed),
			};
			return replayed;
		},
	};
}

function shownMeasures({ medianWaitMs, p90WaitMs, mostWaiting, closed }: PlayedMeasures): Measures {
	return { medianWaitMs, p90WaitMs, mostWaiting, closed };
}

function withInstants(change: StaffingChange, instant: (time: string | null) => number | null): ReplayChange {
	if (change.kind === "serve") return change;
	return { ...change, from: instant(change.from), to: instant(change.to) };
}
