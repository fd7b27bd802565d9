import { SYNC_REFUSALS, type SyncRefusalCode } from "../protocol/sync/sync.ts";

/** A request that the server refuses, with nothing written. The door turns it into the answer. */
export class SyncRefusal extends Error {
	override readonly name = "SyncRefusal";
	readonly code: SyncRefusalCode;
	readonly data: Record<string, unknown>;
	/** Whose device signed the request, where that is known although it is refused. */
	readonly station: string | undefined;

	constructor(code: SyncRefusalCode, data: Record<string, unknown> = {}, station?: string) {
		super(SYNC_REFUSALS[code].message);
		this.code = code;
		this.data = data;
		this.station = station;
	}
}
