import type { StationDatabase } from "../../db/station/open.ts";
import { siteClosure } from "../../db/station/schema/staff.ts";
import type { SiteClosureState } from "../../protocol/model/staff.ts";
import type { EventLog } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";
import type { Setting } from "./site-settings.ts";

/** The whole site closed by hand, by a supervisor or by IT. It ends by itself. */
export interface SiteClosure {
	/** Since when and until when the site is closed by hand; null where it is not. */
	read(now: number): SiteClosureState | null;
	/** Closes the site until an instant (UTC ms), in place of an earlier closure. Refuses with CLOSURE_PAST. */
	close(until: number, at: Setting): void;
	/** Ends a closure; does nothing where there is none. */
	reopen(at: Setting): void;
}

const ONLY_ROW = 1;

/** Every screen asks for it, so it is kept in memory beside its table. */
export function openSiteClosure(database: StationDatabase, eventLog: EventLog, changed: () => void): SiteClosure {
	const stored = database.select().from(siteClosure).get();
	let closure = stored ? { since: stored.since, until: stored.until } : null;
	const read: SiteClosure["read"] = (now) => (closure !== null && now < closure.until ? closure : null);
	return {
		read,
		close(until, { by, now }) {
			if (until <= now) throw new Refusal("CLOSURE_PAST", { until });
			const next = { since: now, until };
			database.transaction(
				() => {
					eventLog.write((append) => append({ type: "site.closed", data: { until } }, now, by));
					database
						.insert(siteClosure)
						.values({ id: ONLY_ROW, ...next })
						.onConflictDoUpdate({ target: siteClosure.id, set: next })
						.run();
				},
				{ behavior: "immediate" },
			);
			closure = next;
			changed();
		},
		reopen({ by, now }) {
			if (closure === null) return;
			// One that is over is forgotten too: a clock that is set back must not close the site again.
			const isInForce = read(now) !== null;
			database.transaction(
				() => {
					if (isInForce) eventLog.write((append) => append({ type: "site.reopened", data: {} }, now, by));
					database.delete(siteClosure).run();
				},
				{ behavior: "immediate" },
			);
			closure = null;
			changed();
		},
	};
}
