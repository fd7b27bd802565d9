import { desc, inArray } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import type { HelpCall } from "../../protocol/api/board.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { StaffId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { EventLog } from "../events/event-log.ts";

/** The visitor's call for a member of staff: one at a time, until staff answer. */
export interface HelpCalls {
	/** Opens a call. Does nothing if one is open. */
	ask(language: Language | null, now: number): void;
	/** Closes the call. Does nothing if none is open, because two desks may answer at once. */
	answer(by: StaffId, now: number): void;
	open(): HelpCall | null;
}

/** Reads from the event log whether a call was open when the station ended. */
export function openHelpCalls(database: StationDatabase, eventLog: EventLog, changed: () => void): HelpCalls {
	const [last] = database
		.select({ text: event.text })
		.from(event)
		.where(inArray(event.type, ["help.requested", "help.answered"]))
		.orderBy(desc(event.seq))
		.limit(1)
		.all();
	const found = last && readEvent(last.text);
	let open: HelpCall | null =
		found?.type === "help.requested" ? { language: found.data.language, since: found.at } : null;

	const write = (work: () => void) => {
		database.transaction(work, { behavior: "immediate" });
		changed();
	};
	return {
		ask(language, now) {
			if (open) return;
			write(() => eventLog.write((append) => append({ type: "help.requested", data: { language } }, now)));
			open = { language, since: now };
		},
		answer(by, now) {
			if (!open) return;
			write(() => eventLog.write((append) => append({ type: "help.answered", data: {} }, now, by)));
			open = null;
		},
		open: () => open,
	};
}
