import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { and, asc, gt, lte } from "drizzle-orm";
import type { StationDatabase } from "../../../db/station/open.ts";
import { event } from "../../../db/station/schema/events.ts";
import { UserError } from "../../../lib/errors.ts";
import { readEvent } from "../../../protocol/events/upcasters.ts";
import type { StreamId } from "../../../protocol/model/ids.ts";
import { BATCH_EVENTS } from "../../../protocol/sync/sync.ts";
import type { CompareCalls } from "../server-calls.ts";
import type { StreamRepository } from "../stream-repository.ts";
import type { Copy, HeldEvent, HeldStream } from "./held-events.ts";

/** A station's own log. A running station keeps writing: open a read transaction around the comparison. */
export function stationCopy(database: StationDatabase, log: Pick<StreamRepository, "streams">): Copy {
	return {
		streams: async () => log.streams().map(({ stream, from }) => ({ stream, from })),
		async events(stream, after) {
			const own = log.streams().find((one) => one.stream === stream);
			if (!own) return [];
			return database
				.select({ seq: event.seq, text: event.text, hash: event.hash, original: event.original })
				.from(event)
				.where(and(gt(event.seq, own.base + after), lte(event.seq, own.base + own.seq)))
				.orderBy(asc(event.seq))
				.limit(BATCH_EVENTS)
				.all()
				.map((row) => ({ ...row, seq: row.seq - own.base }));
		},
	};
}

/** The server's copy over HTTP, up to the ends that it had when it was first asked. */
export function serverCopy(calls: CompareCalls): Copy {
	const ends = new Map<string, number>();
	return {
		async streams() {
			const { streams } = await calls.streams();
			for (const { stream, ackedSeq } of streams) ends.set(stream, ackedSeq);
			return streams.map(({ stream, from }) => ({ stream, from }));
		},
		async events(stream, after) {
			const end = ends.get(stream) ?? 0;
			if (after >= end) return [];
			return (await calls.events({ stream, after })).filter(({ seq }) => seq <= end);
		},
	};
}

/** A copy in memory. */
export function heldCopy(streams: readonly HeldStream[], events: ReadonlyMap<string, readonly HeldEvent[]>): Copy {
	return {
		streams: async () => [...streams],
		events: async (stream, after) => (events.get(stream) ?? []).filter(({ seq }) => seq > after).slice(0, BATCH_EVENTS),
	};
}

const EVENT_LINE = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/;

/** A file with the output of `paihao events`. Throws UserError EVENTS_UNREADABLE. */
export async function readEventsFile(file: string): Promise<Copy> {
	const events = new Map<StreamId, HeldEvent[]>();
	let line = 0;
	try {
		for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
			line += 1;
			const [, body, hash] = EVENT_LINE.exec(text) ?? [];
			const parsed = readEvent(`${body}}`);
			if (!parsed || hash === undefined) throw new Error(`line ${line} is not an event with its hash`);
			const held = { seq: parsed.seq, text: `${body}}`, hash };
			const own = events.get(parsed.stream);
			if (own) own.push(held);
			else events.set(parsed.stream, [held]);
		}
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new UserError("EVENTS_UNREADABLE", `${file} is not the output of "paihao events": ${why}.`, { cause });
	}
	for (const own of events.values()) own.sort((one, other) => one.seq - other.seq);
	return heldCopy(
		[...events.keys()].map((stream) => ({ stream, from: null })),
		events,
	);
}
