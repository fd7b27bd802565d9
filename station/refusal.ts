import { Refusal as ExpectedError } from "../lib/errors.ts";
import {
	STATION_REFUSALS,
	type StationRefusalCode,
	type StationRefusalData,
} from "../protocol/api/station-refusals.ts";

/** A request that the station refuses, with nothing changed. station/http turns it into the API's error. */
export class Refusal<Code extends StationRefusalCode = StationRefusalCode> extends ExpectedError<Code> {
	constructor(code: Code, ...[data]: StationRefusalData<Code>) {
		super(code, STATION_REFUSALS[code].message, data);
	}
}
