import type { StationDatabase } from "../../db/station/open.ts";
import { type DayReplays, openDayReplays, type ReplaySite } from "../planning/day-replays.ts";
import { playDay } from "../simulation/play-day.ts";
import { readLogRange, readTicketRecords } from "../statistics/read-day.ts";
import { chooseNext, DEFAULT_QUEUE_RULES, queuePositionOf } from "../tickets/queue-order.ts";
import { DEFAULT_TRANSITION_RULES } from "../tickets/state-machine.ts";

/** By these rules simulated and replayed days are played: the queue's own. */
export const PLAY_RULES = {
	...{ chooseNext, queuePositionOf },
	queue: DEFAULT_QUEUE_RULES,
	transition: DEFAULT_TRANSITION_RULES,
};

/** Past days with other staff. Nothing is written. */
export function connectPlanning(database: StationDatabase, site: ReplaySite): DayReplays {
	return openDayReplays(database, {
		...site,
		play: (plan, observe) => playDay(plan, PLAY_RULES, observe),
		records: { readTicketRecords, readLogRange },
	});
}
