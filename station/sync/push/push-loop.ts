import type { Logger } from "pino";
import { SECOND_MS } from "../../../lib/time/durations.ts";
import type { ServerRefusalCode } from "../../../protocol/api/server-refusals.ts";
import { retryDelayMs, roundDelayMs, UNENROLLED_DELAY_MS } from "../delays.ts";
import { ServerRefusal } from "../server-calls.ts";
import type { PushResult } from "./push-streams.ts";

/** How pushing goes, for the station's health. */
export interface PushState {
	/** Failures in a row since the server last answered a whole round. */
	failures: number;
	/** What the server refused last; null after a round that succeeded. */
	refused: ServerRefusalCode | null;
	forks: number;
}

export interface PushLoop {
	state(): PushState;
	/** Something was written: pushes it, and what follows, once writing pauses. */
	notify(): void;
	/** The station has a new enrolment: earlier failures say nothing about its server. */
	enrolled(): void;
	close(): Promise<void>;
}

export interface PushLoopDeps {
	/** One round, which asks `mayContinue` after each request; undefined where the station is enrolled nowhere. */
	round(mayContinue: () => boolean): Promise<PushResult | undefined>;
	random(): number;
	log: Logger;
}

/** Pushing gives way to the people at the desk: a round begins when nothing was written for this long. */
const QUIET_MS = 500;
/** A round waits no longer than this for quiet. Then it sends one request and waits again. */
const MAX_WAIT_MS = 5 * SECOND_MS;

/** Pushes, waits and tries again for as long as the station is open. Logs a failure once; visitors never notice one. */
export function startPushLoop({ round, random, log }: PushLoopDeps): PushLoop {
	let state: PushState = { failures: 0, refused: null, forks: 0 };
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> | undefined;
	/** Since when something waits that no round has seen, by the process's clock. */
	let waitingSince: number | undefined;
	let writtenAt = Number.NEGATIVE_INFINITY;
	let closed = false;

	const begin = () => {
		waitingSince = undefined;
		running = runRound().then((delayMs) => {
			running = undefined;
			if (waitingSince === undefined || state.failures > 0) beginIn(delayMs);
			else beginWhenQuiet();
		});
	};
	const beginIn = (delayMs: number) => {
		if (closed || running) return;
		clearTimeout(timer);
		timer = setTimeout(begin, delayMs);
		timer.unref();
	};
	const beginWhenQuiet = () => {
		const now = performance.now();
		waitingSince ??= now;
		beginIn(Math.min(QUIET_MS, Math.max(0, waitingSince + MAX_WAIT_MS - now)));
	};

	/** Returns the milliseconds until the next round. */
	const runRound = async (): Promise<number> => {
		try {
			const result = await round(() => performance.now() - writtenAt >= QUIET_MS);
			// The server has events of this station that this disk lacks; its log continues in a new stream.
			if (result && result.forks > 0) log.error({ forks: result.forks }, "sync.stream.forked");
			state = { failures: 0, refused: null, forks: state.forks + (result?.forks ?? 0) };
			if (result?.hasMore) waitingSince ??= performance.now();
			return result === undefined ? UNENROLLED_DELAY_MS : roundDelayMs(random());
		} catch (err) {
			const refused = err instanceof ServerRefusal ? err.code : null;
			if (state.failures === 0 || refused !== state.refused) log.warn({ err, refused }, "sync.push.failed");
			state = { ...state, failures: state.failures + 1, refused };
			return retryDelayMs(state.failures, random());
		}
	};

	beginIn(0);
	return {
		state: () => state,
		notify() {
			writtenAt = performance.now();
			// While the server does not answer, only the delay between retries counts.
			if (state.failures === 0) beginWhenQuiet();
		},
		enrolled() {
			// A round in flight may belong to the previous server: it ends first.
			void Promise.resolve(running).then(() => {
				state = { ...state, failures: 0, refused: null };
				beginIn(0);
			});
		},
		async close() {
			closed = true;
			clearTimeout(timer);
			await running;
		},
	};
}
