/*
 * What came of a call. Every way that it can go is a value: a client never throws, and a screen never casts.
 */

/** The server said no, with a code of its contract and the data of that code. Nothing was changed. */
export interface Refused<Code extends string = string, Data = Readonly<Record<string, unknown>>> {
	kind: "refused";
	code: Code;
	data: Data;
	/** The refusal as one English sentence, for a code that a screen has no words for. */
	message: string;
}

/** No answer, or none of this API: the station is gone or starting, or something stands between. */
export interface Unreachable {
	kind: "unreachable";
}

export interface Ok<Value> {
	kind: "ok";
	value: Value;
}

/** The answer of any call with this value, where a screen does not tell its refusals apart. */
export type Answer<Value, Refusal extends Refused = Refused> = Ok<Value> | Refusal | Unreachable;

export const UNREACHABLE: Unreachable = { kind: "unreachable" };
