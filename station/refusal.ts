import { Refusal as ExpectedError } from "../lib/errors.ts";
import { REFUSALS, type RefusalCode, type RefusalData } from "../protocol/api/refusals.ts";

/** The second argument of a refusal: none for a code without data, optional where every field of the data is. */
type DataArgument<Code extends RefusalCode> =
	RefusalData<Code> extends undefined
		? []
		: Record<never, never> extends RefusalData<Code>
			? [data?: RefusalData<Code>]
			: [data: RefusalData<Code>];

/** A request that the station refuses, with nothing changed. station/http turns it into the API's error. */
export class Refusal<Code extends RefusalCode = RefusalCode> extends ExpectedError<Code> {
	constructor(code: Code, ...[data]: DataArgument<Code>) {
		super(code, REFUSALS[code].message, data);
	}
}
