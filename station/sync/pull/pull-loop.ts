import type { Logger } from "pino";
import { backoff, rest, UNENROLLED_REST } from "../backoff.ts";

export interface PullLoop {
	close(): Promise<void>;
}

export interface PullLoopDeps {
	/** One poll; false where the station is enrolled nowhere. */
	round(): Promise<boolean>;
	/** Listens for hints for as long as the connection holds; undefined where the station is enrolled nowhere. */
	listen(signal: AbortSignal): Promise<AsyncGenerator<number, void, undefined> | undefined>;
	random(): number;
	log: Logger;
}

/** After a connection for hints is there it is polled once more within so many milliseconds. */
const FIRST_LOOK = 1_000;

/** Polls each 15 to 30 s, which is the truth, and sooner after a hint. A fault is told once; nothing waits for it. */
export function startPullLoop({ round, listen, random, log }: PullLoopDeps): PullLoop {
	const closing = new AbortController();
	let failures = 0;
	let due = Number.POSITIVE_INFINITY;
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> | undefined;
	let again = false;
	let listening = false;

	const later = (milliseconds: number) => {
		const at = performance.now() + milliseconds;
		if (closing.signal.aborted || at >= due) return;
		clearTimeout(timer);
		due = at;
		timer = setTimeout(begin, milliseconds);
		timer.unref();
	};
	const begin = () => {
		due = Number.POSITIVE_INFINITY;
		if (running) {
			again = true;
			return;
		}
		running = turn().then((pause) => {
			running = undefined;
			later(again ? 0 : pause);
			again = false;
		});
	};
	/** Gives how long to rest after it. */
	const turn = async (): Promise<number> => {
		try {
			const enrolled = await round();
			failures = 0;
			if (enrolled && !listening) void hear();
			return enrolled ? rest(random()) : UNENROLLED_REST;
		} catch (err) {
			if (failures === 0) log.warn({ err }, "the server could not be asked what is new");
			failures += 1;
			return backoff(failures, random());
		}
	};
	/** A connection that breaks is opened again after the next poll. */
	const hear = async () => {
		listening = true;
		try {
			const heard = await listen(closing.signal);
			// What was given between the last poll and this connection nobody hinted at.
			if (heard) later(Math.floor(random() * FIRST_LOOK));
			for await (const within of heard ?? []) later(Math.floor(random() * within));
		} catch {
			// Only a hint: polling goes on.
		} finally {
			listening = false;
		}
	};

	later(0);
	return {
		async close() {
			closing.abort();
			clearTimeout(timer);
			await running;
		},
	};
}
