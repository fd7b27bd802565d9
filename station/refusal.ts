import { REFUSALS, type RefusalCode } from "../protocol/api/refusals.ts";

/** A request that the station refuses, with nothing changed. The door turns it into the API's error. */
export class Refusal extends Error {
	override readonly name = "Refusal";
	readonly code: RefusalCode;
	/** Who and what, for the caller's screen. */
	readonly data: Record<string, unknown>;

	constructor(code: RefusalCode, data: Record<string, unknown> = {}) {
		super(REFUSALS[code].message);
		this.code = code;
		this.data = data;
	}
}
