import { DrizzleQueryError } from "drizzle-orm";
import { type Logger, pino } from "pino";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * JSON lines on standard error, or where the caller keeps them; standard output carries only what a program prints for
 * others to read.
 */
export function openLog(level: LogLevel, file?: { write(line: string): void }): Logger {
	return pino(
		{ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: serializeError } },
		file ?? pino.destination({ dest: 2, sync: true }),
	);
}

/**
 * An error for the log. A failed query is logged without its parameters and without PostgreSQL's `detail`, which
 * quotes rows: both hold what staff wrote and what visitors came for, and retention does not reach the log.
 */
export function serializeError(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	const { name, message, stack, cause } = error;
	return {
		type: name,
		...(error instanceof DrizzleQueryError ? { message: "A query failed.", query: error.query } : { message, stack }),
		...("code" in error && { code: error.code }),
		...(error instanceof AggregateError && { errors: error.errors.map(serializeError) }),
		...(cause !== undefined && { cause: serializeError(cause) }),
	};
}
