import type { Logger } from "pino";
import { SECOND_MS } from "../../../lib/time/durations.ts";
import type { ServerRefusalCode } from "../../../protocol/api/server-refusals.ts";
import { retryDelayMs, roundDelayMs, UNENROLLED_DELAY_MS } from "../delays.ts";
import { ServerRefusal } from "../server-calls.ts";

export interface PullLoop {
	/** The code of the server's refusal of the last poll; null if it was answered, or if the server was not reached. */
	refused(): ServerRefusalCode | null;
	close(): Promise<void>;
}

export interface PullLoopDeps {
	/** One poll; false where the station is enrolled nowhere. */
	round(): Promise<boolean>;
	/** The server's hints for as long as the connection holds; undefined where the station is enrolled nowhere. */
	hints(signal: AbortSignal): Promise<AsyncGenerator<number, void, undefined> | undefined>;
	random(): number;
	log: Logger;
}

/** Once a connection for hints is open, the loop polls once more within this time. */
const POLL_AFTER_CONNECT_MS = SECOND_MS;

/** Polls every 15 to 30 s, whatever happens, and sooner after a hint. Logs a failure once; nothing waits for the server. */
export function startPullLoop({ round, hints, random, log }: PullLoopDeps): PullLoop {
	const closing = new AbortController();
	let failures = 0;
	let refused: ServerRefusalCode | null = null;
	let due = Number.POSITIVE_INFINITY;
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> | undefined;
	let isPollRequested = false;
	let isConnected = false;

	const pollWithin = (delayMs: number) => {
		const at = performance.now() + delayMs;
		if (closing.signal.aborted || at >= due) return;
		clearTimeout(timer);
		due = at;
		timer = setTimeout(poll, delayMs);
		timer.unref();
	};
	const poll = () => {
		due = Number.POSITIVE_INFINITY;
		if (running) {
			isPollRequested = true;
			return;
		}
		running = runRound().then((delayMs) => {
			running = undefined;
			pollWithin(isPollRequested ? 0 : delayMs);
			isPollRequested = false;
		});
	};
	/** Returns the milliseconds until the next poll. */
	const runRound = async (): Promise<number> => {
		try {
			const isEnrolled = await round();
			failures = 0;
			refused = null;
			if (isEnrolled && !isConnected) void followHints();
			return isEnrolled ? roundDelayMs(random()) : UNENROLLED_DELAY_MS;
		} catch (err) {
			const before = refused;
			refused = err instanceof ServerRefusal ? err.code : null;
			if (failures === 0 || refused !== before) log.warn({ err, refused }, "sync.pull.failed");
			failures += 1;
			return retryDelayMs(failures, random());
		}
	};
	/** A connection that breaks is opened again after the next poll. */
	const followHints = async () => {
		isConnected = true;
		try {
			const opened = await hints(closing.signal);
			// No hint was sent for what became new between the last poll and this connection.
			if (opened) pollWithin(Math.floor(random() * POLL_AFTER_CONNECT_MS));
			for await (const withinMs of opened ?? []) pollWithin(Math.floor(random() * withinMs));
		} catch {
			// Hints only save time: polling continues.
		} finally {
			isConnected = false;
		}
	};

	pollWithin(0);
	return {
		refused: () => refused,
		async close() {
			closing.abort();
			clearTimeout(timer);
			await running;
		},
	};
}
