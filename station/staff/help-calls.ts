import { and, asc, gt, inArray } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import type { HelpCall } from "../../protocol/api/board.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { DeviceId, StaffId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { EventLog } from "../events/event-log.ts";

/** A call for help of one kiosk. */
export interface OpenHelpCall extends HelpCall {
	/** The place of its event in the station's log. */
	id: number;
	/** The paired kiosk; null is the station's own. */
	kiosk: DeviceId | null;
}

/** Visitors' calls for a member of staff: one at a time for each kiosk, until staff answer. */
export interface HelpCalls {
	/** Opens a call. Does nothing if one of the same kiosk is open. */
	ask(language: Language | null, now: number, kiosk?: DeviceId | null): void;
	/** Closes a call, or all. Does nothing if it is closed already, because two desks may answer at once. */
	answer(by: StaffId, now: number, call?: number | undefined): void;
	/** The oldest one. */
	open(): HelpCall | null;
	/** Oldest first. */
	list(): readonly OpenHelpCall[];
}

/** More events than a busy day has: nobody still waits at a kiosk since before them. */
const EVENTS_READ = 20_000;

/** Reads from the event log which calls were open when the station ended. */
export function openHelpCalls(database: StationDatabase, eventLog: EventLog, changed: () => void): HelpCalls {
	let calls = readOpenCalls(database, eventLog.seq() - EVENTS_READ);

	const write = (work: () => void) => {
		database.transaction(work, { behavior: "immediate" });
		changed();
	};
	return {
		ask(language, now, kiosk = null) {
			if (calls.some((call) => call.kiosk === kiosk)) return;
			const data = { language, ...(kiosk !== null && { kiosk }) };
			write(() => {
				const id = eventLog.write((append) => append({ type: "help.requested", data }, now));
				calls = [...calls, { id, kiosk, language, since: now }];
			});
		},
		answer(by, now, call) {
			const answered = calls.filter(({ id }) => call === undefined || id === call);
			if (answered.length === 0) return;
			write(() =>
				eventLog.write((append) => {
					for (const { id } of answered) append({ type: "help.answered", data: { call: id } }, now, by);
				}),
			);
			calls = calls.filter((one) => !answered.includes(one));
		},
		open() {
			const [first] = calls;
			return first ? { language: first.language, since: first.since } : null;
		},
		list: () => calls,
	};
}

function readOpenCalls(database: StationDatabase, after: number): OpenHelpCall[] {
	const rows = database
		.select({ seq: event.seq, text: event.text })
		.from(event)
		.where(and(gt(event.seq, after), inArray(event.type, ["help.requested", "help.answered"])))
		.orderBy(asc(event.seq))
		.all();
	let calls: OpenHelpCall[] = [];
	for (const { seq, text } of rows) {
		const found = readEvent(text);
		if (found?.type === "help.requested") {
			const { language, kiosk = null } = found.data;
			calls.push({ id: seq, kiosk, language, since: found.at });
		} else if (found?.type === "help.answered") {
			const { call } = found.data;
			// Without a call: from a station that knew only one at a time.
			calls = call === undefined ? [] : calls.filter(({ id }) => id !== call);
		}
	}
	return calls;
}
