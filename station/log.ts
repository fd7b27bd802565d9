import { type Logger, pino } from "pino";
import type { LogLevel } from "./configuration.ts";

/** The log: JSON lines on standard error, so that standard output carries the ready line alone. */
export function openLog(level: LogLevel): Logger {
	return pino(
		{ level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
		pino.destination({ dest: 2, sync: true }),
	);
}
