import { Refusal as ExpectedError, type RefusalData } from "../lib/errors.ts";
import { REFUSALS, type RefusalCode } from "../protocol/api/refusals.ts";

/** A request that the station refuses, with nothing changed. station/http turns it into the API's error. */
export class Refusal extends ExpectedError<RefusalCode> {
	constructor(code: RefusalCode, data?: RefusalData) {
		super(code, REFUSALS[code].message, data);
	}
}
