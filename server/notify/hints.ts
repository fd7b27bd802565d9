import { setImmediate as nextTurn } from "node:timers/promises";
import { EVERY_STATION, REVOKED } from "./hint-channel.ts";

export interface Hints {
	/** A stream of server-sent events for one station, for some minutes. */
	open(station: string): Response;
	/** Something is new for a station, or for every one; after REVOKED, the streams of a station are to end. */
	heard(notification: string): void;
	/** How many listen. */
	listeners(): number;
	close(): void;
}

/** A connection is ended after this, in milliseconds: the next one is let in by a token of its own time. */
const LIFE = 5 * 60_000;
const KEEP_ALIVE = 25_000;
/** Listeners are told in so many parts: all 10,000 at once held up whoever polled for 0.3 s. */
const PARTS = 250;
/** Polls that an instance answers well in a second, of all its listeners together; beyond it they are spread. */
const POLLS_A_SECOND = 500;
const LONGEST_SPREAD = 20_000;

interface Listener {
	station: string;
	controller: ReadableStreamDefaultController<Uint8Array>;
	endsAt: number;
	/** Those with whom it is told. */
	part: Set<Listener>;
}

/** Who of the stations listens at this instance. `now` and `random` spread the ends of connections. */
export function openHints(now: () => number, random: () => number): Hints {
	const listeners = new Map<string, Set<Listener>>();
	const parts = Array.from({ length: PARTS }, () => new Set<Listener>());
	let opened = 0;
	let beaten = 0;
	const encoder = new TextEncoder();
	const beat = encoder.encode(":\n\n");
	let count = 0;

	const drop = (listener: Listener) => {
		const own = listeners.get(listener.station);
		if (!own?.delete(listener)) return;
		listener.part.delete(listener);
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
	const timer = setInterval(() => {
		const at = now();
		for (const listener of parts[beaten] ?? []) {
			if (listener.endsAt <= at) end(listener);
			else tell(listener, beat);
		}
		beaten = (beaten + 1) % PARTS;
	}, KEEP_ALIVE / PARTS);
	timer.unref();

	const tellAll = async (bytes: Uint8Array) => {
		for (const part of parts) {
			for (const listener of part) tell(listener, bytes);
			await nextTurn();
		}
	};

	return {
		open(station) {
			let listener: Listener;
			const body = new ReadableStream<Uint8Array>({
				start(controller) {
					const part = parts[opened % PARTS] ?? new Set();
					opened += 1;
					listener = { station, controller, endsAt: now() + LIFE * (0.75 + random() / 2), part };
					part.add(listener);
					const own = listeners.get(station) ?? new Set();
					listeners.set(station, own.add(listener));
					count += 1;
					controller.enqueue(beat);
				},
				cancel: () => drop(listener),
			});
			return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
		},
		heard(notification) {
			if (notification.startsWith(REVOKED)) {
				for (const listener of [...(listeners.get(notification.slice(REVOKED.length)) ?? [])]) end(listener);
				return;
			}
			const station = notification;
			const all = station === EVERY_STATION;
			const within = all ? Math.min(LONGEST_SPREAD, Math.floor((count * 1_000) / POLLS_A_SECOND)) : 0;
			const bytes = encoder.encode(`data: ${JSON.stringify({ within })}\n\n`);
			if (all) void tellAll(bytes);
			else for (const listener of [...(listeners.get(station) ?? [])]) tell(listener, bytes);
		},
		listeners: () => count,
		close() {
			clearInterval(timer);
			for (const part of parts) for (const listener of part) end(listener);
		},
	};
}
