import type { Logger } from "pino";
import type { SyncRefusalCode } from "../../../protocol/sync/sync.ts";
import { backoff, rest, UNENROLLED_REST } from "../backoff.ts";
import { ServerRefusal } from "../server-calls.ts";
import type { PushResult } from "./push-streams.ts";

/** How giving stands, for the station's health. */
export interface PushState {
	/** Failures in turn since the server last answered a whole round. */
	failures: number;
	/** What the server refused last; null after a round that went well. */
	refused: SyncRefusalCode | null;
	forks: number;
}

export interface PushLoop {
	state(): PushState;
	/** Something was written: give it when nothing more comes, together with what came meanwhile. */
	notify(): void;
	/** The station was enrolled anew: what was failed before says nothing of this server. */
	enrolled(): void;
	close(): Promise<void>;
}

export interface PushLoopDeps {
	/** One round, which looks whether it `goesOn` after each request; undefined where the station is enrolled nowhere. */
	round(goesOn: () => boolean): Promise<PushResult | undefined>;
	random(): number;
	log: Logger;
}

/** Giving makes way for the people at the desk: it begins when nothing was written for so long, in milliseconds. */
const QUIET = 500;
/** It waits no longer than this for quiet; then it gives one request, and waits again. */
const LATEST = 5_000;

/** Gives, rests and tries again, for as long as the station is open. A fault is told once, and never reaches a visitor. */
export function startPushLoop({ round, random, log }: PushLoopDeps): PushLoop {
	let state: PushState = { failures: 0, refused: null, forks: 0 };
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> | undefined;
	/** Since when something waits that no round has looked at, by the process's clock. */
	let waitingSince: number | undefined;
	let writtenAt = Number.NEGATIVE_INFINITY;
	let closed = false;

	const begin = () => {
		waitingSince = undefined;
		running = turn().then((pause) => {
			running = undefined;
			if (waitingSince === undefined || state.failures > 0) beginIn(pause);
			else beginWhenQuiet();
		});
	};
	const beginIn = (milliseconds: number) => {
		if (closed || running) return;
		clearTimeout(timer);
		timer = setTimeout(begin, milliseconds);
		timer.unref();
	};
	const beginWhenQuiet = () => {
		const now = performance.now();
		waitingSince ??= now;
		beginIn(Math.min(QUIET, Math.max(0, waitingSince + LATEST - now)));
	};

	/** Gives how long to rest after it. */
	const turn = async (): Promise<number> => {
		try {
			const pushed = await round(() => performance.now() - writtenAt >= QUIET);
			if (pushed && pushed.forks > 0)
				log.error(
					{ forks: pushed.forks },
					"the server has events of this station that are not here; a new stream goes on",
				);
			state = { failures: 0, refused: null, forks: state.forks + (pushed?.forks ?? 0) };
			if (pushed?.later) waitingSince ??= performance.now();
			return pushed === undefined ? UNENROLLED_REST : rest(random());
		} catch (fault) {
			const refused = fault instanceof ServerRefusal ? fault.code : null;
			if (state.failures === 0 || refused !== state.refused)
				log.warn({ err: fault, refused }, "events could not be given to the server; they are kept");
			state = { ...state, failures: state.failures + 1, refused };
			return backoff(state.failures, random());
		}
	};

	beginIn(0);
	return {
		state: () => state,
		notify() {
			writtenAt = performance.now();
			// While the server does not answer, only the time that backing off sets counts.
			if (state.failures === 0) beginWhenQuiet();
		},
		enrolled() {
			// A round that is under way may be the old server's: it ends first.
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
