import { setImmediate as nextTick } from "node:timers/promises";
import { MINUTE_MS, SECOND_MS } from "../../lib/time/durations.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import { EVERY_STATION, REVOKED } from "./hint-channel.ts";

export interface Hints {
	/** A stream of server-sent events for one station, for some minutes. */
	open(station: StationId): Response;
	/** Something is new for a station, or for every one. With the prefix REVOKED: ends the connections of a station. */
	send(notification: string): void;
	/** How many connections are open. */
	listeners(): number;
	close(): void;
}

/** A connection ends after about this time: the next one needs a new token. */
const CONNECTION_LIFE_MS = 5 * MINUTE_MS;
const KEEP_ALIVE_MS = 25 * SECOND_MS;
/** Hints go out in this many groups: all 10,000 connections at once held up polls for 0.3 s. */
const GROUPS = 250;
/** Polls that an instance answers well in a second. More than that are spread over time. */
const POLLS_PER_SECOND = 500;
const MAX_SPREAD_MS = 20 * SECOND_MS;
/** A connection that has this many unread chunks is dead. */
const MAX_UNREAD_CHUNKS = 16;

interface Listener {
	station: StationId;
	controller: ReadableStreamDefaultController<Uint8Array>;
	endsAt: number;
	/** The listeners that get their bytes together with it. */
	group: Set<Listener>;
}

/** The stations' connections for hints at this instance. `now` and `random` spread the ends of connections. */
export function openHints(now: () => number, random: () => number): Hints {
	const listeners = new Map<string, Set<Listener>>();
	const groups = Array.from({ length: GROUPS }, () => new Set<Listener>());
	let opened = 0;
	let nextGroup = 0;
	const encoder = new TextEncoder();
	const keepAlive = encoder.encode(":\n\n");
	let count = 0;

	const drop = (listener: Listener) => {
		const own = listeners.get(listener.station);
		if (!own?.delete(listener)) return;
		listener.group.delete(listener);
		count -= 1;
		if (own.size === 0) listeners.delete(listener.station);
	};
	const write = (listener: Listener, bytes: Uint8Array) => {
		try {
			if ((listener.controller.desiredSize ?? 0) > -MAX_UNREAD_CHUNKS) listener.controller.enqueue(bytes);
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
			// The connection is closed already.
		}
	};
	const timer = setInterval(() => {
		const at = now();
		for (const listener of groups[nextGroup] ?? []) {
			if (listener.endsAt <= at) end(listener);
			else write(listener, keepAlive);
		}
		nextGroup = (nextGroup + 1) % GROUPS;
	}, KEEP_ALIVE_MS / GROUPS);
	timer.unref();

	const writeToAll = async (bytes: Uint8Array) => {
		for (const group of groups) {
			for (const listener of group) write(listener, bytes);
			await nextTick();
		}
	};

	return {
		open(station) {
			let listener: Listener;
			const body = new ReadableStream<Uint8Array>({
				start(controller) {
					const group = groups[opened % GROUPS] ?? new Set();
					opened += 1;
					listener = { station, controller, endsAt: now() + CONNECTION_LIFE_MS * (0.75 + random() / 2), group };
					group.add(listener);
					const own = listeners.get(station) ?? new Set();
					listeners.set(station, own.add(listener));
					count += 1;
					controller.enqueue(keepAlive);
				},
				cancel: () => drop(listener),
			});
			return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
		},
		send(notification) {
			if (notification.startsWith(REVOKED)) {
				for (const listener of [...(listeners.get(notification.slice(REVOKED.length)) ?? [])]) end(listener);
				return;
			}
			const station = notification;
			const isForAll = station === EVERY_STATION;
			const within = isForAll ? Math.min(MAX_SPREAD_MS, Math.floor((count * 1_000) / POLLS_PER_SECOND)) : 0;
			const bytes = encoder.encode(`data: ${JSON.stringify({ within })}\n\n`);
			if (isForAll) void writeToAll(bytes);
			else for (const listener of [...(listeners.get(station) ?? [])]) write(listener, bytes);
		},
		listeners: () => count,
		close() {
			clearInterval(timer);
			for (const group of groups) for (const listener of group) end(listener);
		},
	};
}
