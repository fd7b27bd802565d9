import type { ServerDatabase } from "../../db/server/open.ts";
import type { CheckedEvent } from "./event-store.ts";

export type Transaction = Parameters<Parameters<ServerDatabase["transaction"]>[0]>[0];

/** What follows at the server from some kinds of events: written in the transaction that takes them, so once. */
export interface Projection {
	types: ReadonlySet<string>;
	/**
	 * Gives the stations for whom something is new by it. They are told when it is committed: a hint that failed inside
	 * would take the transaction with it.
	 */
	write(tx: Transaction, taken: { station: string; events: readonly CheckedEvent[]; now: number }): Promise<string[]>;
}

export const NOTHING: Projection = { types: new Set(), write: async () => [] };
