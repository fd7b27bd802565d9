import { type Leaving, makeLeaving } from "../lib/shutdown.ts";

/** Longer than any clean end of a station takes; what hangs beyond it is cut off. The command promises two seconds. */
const PATIENCE = 1_800;
/** A server's own PostgreSQL writes down what it has before it ends, and that takes as long as the disk takes. */
export const PATIENCE_WITH_POSTGRES = 30_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Whether this program can start itself anew: on Windows nobody can. */
export const canStartAnew = process.execve !== undefined;

/** On SIGINT, SIGTERM or SIGHUP: ends cleanly, once, and leaves with exit code 0. */
export function onLeave(close: () => Promise<void>, limit = PATIENCE): Leaving {
	const leaving = makeLeaving({
		close,
		limit,
		exit: (code) => process.exit(code),
		startAnew() {
			// From here on a signal ends it as it ends any program.
			for (const signal of SIGNALS) process.off(signal, leaving.end);
			startProcessAnew();
		},
		fault: (fault) => process.stderr.write(`paihao: it did not end cleanly: ${String(fault)}\n`),
	});
	for (const signal of SIGNALS) process.on(signal, leaving.end);
	return leaving;
}

/**
 * The same command in this very process, from its beginning: whoever started it (a person, systemd, a container) goes
 * on with the process that it knows, and there is no second one that a signal could miss.
 */
function startProcessAnew(): void {
	process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], process.env);
}
