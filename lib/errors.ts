/*
 * Every error is one of three kinds. A Refusal is expected: a caller asked for what is not possible, and nothing was
 * changed. A UserError is something that the person at the command line can put right. Anything else is a bug: the log
 * has its stack, and the person sees a sentence with the id under which the log has it.
 */

/** What a refusal says about itself, such as the id of the ticket that stands in the way. Goes into the answer as JSON. */
export type RefusalData = Record<string, unknown>;

/** A request that is refused, with nothing changed. `Code` is the list of codes that the program may give. */
export class Refusal<Code extends string = string> extends Error {
	override readonly name: string = "Refusal";
	/** For programs; never changes its meaning. */
	readonly code: Code;
	readonly data: RefusalData;

	/** `message` is one sentence that says what to do. */
	constructor(code: Code, message: string, data: RefusalData = {}) {
		super(message);
		this.code = code;
		this.data = data;
	}
}

/** An error that the user can put right: a code for programs, one sentence for people. A command prints the sentence and ends with `exitCode`. */
export class UserError extends Error {
	override readonly name = "UserError";
	readonly code: string;
	readonly exitCode: number;

	constructor(code: string, sentence: string, options: { exitCode?: number; cause?: unknown } = {}) {
		super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
		this.code = code;
		this.exitCode = options.exitCode ?? 1;
	}
}

/** True for an error that no part of the program expected. */
export function isBug(error: unknown): boolean {
	return !(error instanceof Refusal || error instanceof UserError);
}

const ids = new WeakMap<object, string>();
/** Without l, o, i, 0 and 1: people read ids out over the telephone. */
const ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const ID_LENGTH = 8;

/** The id of a bug, for the log line and for the sentence that a person sees. One error object always has the same id. */
export function errorId(error: unknown): string {
	if (typeof error !== "object" || error === null) return makeErrorId();
	const id = ids.get(error) ?? makeErrorId();
	ids.set(error, id);
	return id;
}

function makeErrorId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
	return Array.from(bytes, (byte) => ID_LETTERS[byte % ID_LETTERS.length]).join("");
}

/** What a person sees of an error, and the exit code of a program that ends with it. `id` only for a bug. */
export interface ErrorSummary {
	code: string;
	sentence: string;
	exitCode: number;
	id?: string;
}

export function summarizeError(error: unknown): ErrorSummary {
	if (error instanceof UserError) return { code: error.code, sentence: error.message, exitCode: error.exitCode };
	if (error instanceof Refusal) return { code: error.code, sentence: error.message, exitCode: 1 };
	const id = errorId(error);
	return { code: "BUG", sentence: `Something went wrong. The log has the details under error ${id}.`, exitCode: 1, id };
}
