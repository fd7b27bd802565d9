import { createShutdown, type Shutdown } from "../lib/shutdown.ts";

/** Longer than any clean end of a station takes; what hangs beyond it is cut off. The command promises two seconds. */
const SHUTDOWN_TIMEOUT_MS = 1_800;
/** A server's own PostgreSQL writes down what it has before it ends, and that takes as long as the disk takes. */
export const SHUTDOWN_TIMEOUT_WITH_POSTGRES_MS = 30_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Whether this program can start itself anew: on Windows nobody can. */
export const canRestart = process.execve !== undefined;

/** On SIGINT, SIGTERM or SIGHUP: ends cleanly, once, and leaves with exit code 0. */
export function shutDownOnSignal(close: () => Promise<void>, timeoutMs = SHUTDOWN_TIMEOUT_MS): Shutdown {
	const leaving = createShutdown({
		close,
		timeoutMs,
		exit: (code) => process.exit(code),
		restart() {
			// From here on a signal ends it as it ends any program.
			for (const signal of SIGNALS) process.off(signal, leaving.end);
			restartProcess();
		},
		onError: (error) => process.stderr.write(`paihao: it did not end cleanly: ${String(error)}\n`),
	});
	for (const signal of SIGNALS) process.on(signal, leaving.end);
	return leaving;
}

/**
 * The same command in this very process, from its beginning: whoever started it (a person, systemd, a container) goes
 * on with the process that it knows, and there is no second one that a signal could miss.
 */
function restartProcess(): void {
	process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], process.env);
}
