import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { MINUTE_MS, SECOND_MS } from "../../lib/time/durations.ts";

/** A process that can end by itself. */
export interface SupervisedProcess {
	ended: Promise<void>;
	stop(): Promise<void>;
	lastMessage(): string;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30 * SECOND_MS;
/** A process that ran this long starts the pauses from the first again. */
const STABLE_MS = 5 * MINUTE_MS;

/**
 * Starts a process again whenever it ends by itself, after pauses that double. It never gives up: a full disk or a lack
 * of memory may pass, and meanwhile readiness says that the server is not ready.
 */
export function superviseProcess<Process extends SupervisedProcess>(
	first: Process,
	{ start, log }: { start(signal: AbortSignal): Promise<Process>; log: Logger },
): { close(): Promise<void> } {
	const closing = new AbortController();
	let current: Process | undefined = first;
	let pauseMs = FIRST_PAUSE_MS;

	const restart = async (): Promise<Process | undefined> => {
		while (!closing.signal.aborted) {
			await pause(pauseMs, undefined, { signal: closing.signal }).catch(() => {});
			if (closing.signal.aborted) return undefined;
			pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
			try {
				const started = await start(closing.signal);
				log.warn({}, "postgres.restarted");
				return started;
			} catch (err) {
				if (closing.signal.aborted) return undefined;
				log.error({ err, nextTryMs: pauseMs }, "postgres.restart.failed");
			}
		}
		return undefined;
	};
	const keepRunning = async () => {
		while (current) {
			const startedAt = performance.now();
			if (closing.signal.aborted) await current.stop();
			await current.ended;
			if (closing.signal.aborted) return;
			log.error({ message: current.lastMessage() }, "postgres.ended");
			if (performance.now() - startedAt > STABLE_MS) pauseMs = FIRST_PAUSE_MS;
			current = undefined;
			current = await restart();
		}
	};
	const running = keepRunning();
	return {
		async close() {
			closing.abort();
			await current?.stop();
			await running;
		},
	};
}
