import { Refusal, type RefusalData } from "../lib/errors.ts";
import type { StationId } from "../protocol/model/ids.ts";
import { SYNC_REFUSALS, type SyncRefusalCode } from "../protocol/sync/sync.ts";

/** A request that the server refuses, with nothing written. server/http turns it into the answer. */
export class SyncRefusal extends Refusal<SyncRefusalCode> {
	override readonly name = "SyncRefusal";
	/** The station whose device signed the request, if it is known although the request is refused. */
	readonly station: StationId | undefined;

	constructor(code: SyncRefusalCode, data?: RefusalData, station?: StationId) {
		super(code, SYNC_REFUSALS[code].message, data);
		this.station = station;
	}
}
