import type { Logger } from "pino";
import { errorId } from "../lib/errors.ts";
import { watchParent } from "../lib/parent-watch.ts";
import { createShutdown, type Shutdown } from "../lib/shutdown.ts";

/** Longer than any clean end of a station takes. The command promises an end within two seconds. */
const SHUTDOWN_TIMEOUT_MS = 1_800;
/** A server's own PostgreSQL writes what it has before it ends, which takes as long as the disk takes. */
export const SHUTDOWN_TIMEOUT_WITH_POSTGRES_MS = 30_000;
/** A program with an uncaught error ends within five seconds. */
const FAILURE_TIMEOUT_MS = 4_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Whether this program can restart itself: Windows has no execve. */
export const canRestart = process.execve !== undefined;

/**
 * On SIGINT, SIGTERM or SIGHUP, and when npm or the launcher that started it ends: closes once, then leaves with exit
 * code 0. On an uncaught error: logs it, closes, and leaves with exit code 1.
 */
export function shutDownOnSignal(
	close: () => Promise<void>,
	{ timeoutMs = SHUTDOWN_TIMEOUT_MS, log }: { timeoutMs?: number; log?: Logger } = {},
): Shutdown {
	const shutdown = createShutdown({
		close,
		timeoutMs,
		exit: (code) => process.exit(code),
		restart() {
			// From here on a signal ends it as it ends any program.
			for (const signal of SIGNALS) process.off(signal, shutdown.end);
			restartProcess();
		},
		onError: (error) => process.stderr.write(`paihao: it did not end cleanly: ${String(error)}\n`),
	});
	for (const signal of SIGNALS) process.on(signal, shutdown.end);
	watchParent(process.env, shutdown.end);
	if (log) closeAfterUncaughtError(close, log);
	return shutdown;
}

/** In front of the command's own handler, which would end the program without closing anything. */
function closeAfterUncaughtError(close: () => Promise<void>, log: Logger): void {
	const others = process.listeners("uncaughtException");
	for (const event of ["uncaughtException", "unhandledRejection"] as const) {
		process.removeAllListeners(event);
		process.once(event, (error: unknown) => {
			// The log may be a terminal: the stack goes into the data folder (report-error.ts).
			log.fatal({ event: "program.failed", id: errorId(error) }, `the program ends after an uncaught error: ${error}`);
			const finish = () => {
				for (const listener of others) listener(error as Error, "uncaughtException");
			};
			setTimeout(finish, FAILURE_TIMEOUT_MS);
			close().then(finish, finish);
		});
	}
}

/**
 * The same command in this very process, from its beginning: a supervisor (a person, systemd, a container) keeps the
 * process that it knows, and there is no second one that a signal could miss.
 */
function restartProcess(): void {
	process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], process.env);
}
