import { Refusal as ExpectedError } from "../lib/errors.ts";
import { SERVER_REFUSALS, type ServerRefusalCode, type ServerRefusalData } from "../protocol/api/server-refusals.ts";
import type { StationId } from "../protocol/model/ids.ts";

/** A request that the server refuses, with nothing written. server/http turns it into the answer. */
export class Refusal<Code extends ServerRefusalCode = ServerRefusalCode> extends ExpectedError<Code> {
	/** The station whose device signed the request, if it is known although the request is refused. */
	station: StationId | undefined;

	constructor(code: Code, ...[data]: ServerRefusalData<Code>) {
		super(code, SERVER_REFUSALS[code].message, data);
	}

	signedBy(station: StationId): this {
		this.station = station;
		return this;
	}
}
