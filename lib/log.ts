import { DrizzleQueryError } from "drizzle-orm";
import { type Logger, pino } from "pino";
import type { LogLevel } from "../station/app/configuration.ts";

/** The log: JSON lines on standard error, so that standard output carries the ready line alone. */
export function openLog(level: LogLevel): Logger {
	return pino(
		{ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: serializeError } },
		pino.destination({ dest: 2, sync: true }),
	);
}

/**
 * A fault as the log tells it. Of a query that failed, its text alone: what it was given is what staff wrote and what
 * visitors came for, and the log is kept by nobody's rule. For the same reason no detail of PostgreSQL's, which quotes rows.
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
