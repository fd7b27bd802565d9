/**
 * A fault that a person can mend: a stable code for programs, one plain sentence for people.
 * A command prints the sentence on standard error and ends with `exitCode`.
 */
export class UserError extends Error {
	override readonly name = "PlainError";
	readonly code: string;
	readonly exitCode: number;

	constructor(code: string, sentence: string, options: { exitCode?: number; cause?: unknown } = {}) {
		super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
		this.code = code;
		this.exitCode = options.exitCode ?? 1;
	}
}
