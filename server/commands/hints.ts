import { EVERY_STATION } from "./hint.ts";

export interface Hints {
	/** A stream of server-sent events for one station, for some minutes. */
	open(station: string): Response;
	/** Something is new for a station, or for every one. */
	heard(station: string): void;
	/** How many listen. */
	listeners(): number;
	close(): void;
}

/** A connection is ended after this, in milliseconds: the next one is let in by a token of its own time. */
const LIFE = 5 * 60_000;
const KEEP_ALIVE = 25_000;
/** Polls that an instance answers well in a second, of all its listeners together; beyond it they are spread. */
const POLLS_A_SECOND = 500;
const LONGEST_SPREAD = 20_000;

interface Listener {
	station: string;
	controller: ReadableStreamDefaultController<Uint8Array>;
	endsAt: number;
}

/** Who of the stations listens at this instance. `now` and `random` spread the ends of connections. */
export function openHints(now: () => number, random: () => number): Hints {
	const listeners = new Map<string, Set<Listener>>();
	const encoder = new TextEncoder();
	const beat = encoder.encode(":\n\n");
	let count = 0;

	const drop = (listener: Listener) => {
		const own = listeners.get(listener.station);
		if (!own?.delete(listener)) return;
		count -= 1;
		if (own.size === 0) listeners.delete(listener.station);
	};
	const tell = (listener: Listener, bytes: Uint8Array) => {
		try {
			// Who reads nothing for a long time has gone.
			if ((listener.controller.desiredSize ?? 0) > -16) listener.controller.enqueue(bytes);
			else drop(listener);
		} catch {
			drop(listener);
		}
	};
	const end = (listener: Listener) => {
		drop(listener);
		try {
			listener.controller.close();
		} catch {
			// It has gone already.
		}
	};
	const each = (act: (listener: Listener) => void) => {
		for (const own of [...listeners.values()]) for (const listener of [...own]) act(listener);
	};
	const timer = setInterval(() => {
		const at = now();
		each((listener) => (listener.endsAt <= at ? end(listener) : tell(listener, beat)));
	}, KEEP_ALIVE);
	timer.unref();

	return {
		open(station) {
			let listener: Listener;
			const body = new ReadableStream<Uint8Array>({
				start(controller) {
					listener = { station, controller, endsAt: now() + LIFE * (0.75 + random() / 2) };
					const own = listeners.get(station) ?? new Set();
					listeners.set(station, own.add(listener));
					count += 1;
					controller.enqueue(beat);
				},
				cancel: () => drop(listener),
			});
			return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
		},
		heard(station) {
			const all = station === EVERY_STATION;
			const within = all ? Math.min(LONGEST_SPREAD, Math.floor((count * 1_000) / POLLS_A_SECOND)) : 0;
			const bytes = encoder.encode(`data: ${JSON.stringify({ within })}\n\n`);
			if (all) each((listener) => tell(listener, bytes));
			else for (const listener of [...(listeners.get(station) ?? [])]) tell(listener, bytes);
		},
		listeners: () => count,
		close() {
			clearInterval(timer);
			each(end);
		},
	};
}
