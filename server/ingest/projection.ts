import type { Transaction } from "../../db/server/open.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import type { CheckedEvent } from "./event-store.ts";

/** What the server derives from some types of events, in the transaction that appends them: once for each event. */
export interface Projection {
	types: ReadonlySet<string>;
	/**
	 * Returns the stations for which something is new. They get a hint after the commit, because a hint that fails inside
	 * would take the transaction with it.
	 */
	write(
		tx: Transaction,
		appended: { station: StationId; events: readonly CheckedEvent[]; now: number },
	): Promise<StationId[]>;
}

export const NO_PROJECTION: Projection = { types: new Set(), write: async () => [] };
