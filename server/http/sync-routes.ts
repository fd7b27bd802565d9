import type { StationId } from "../../protocol/model/ids.ts";
import {
	eventsRequestSchema,
	type HandshakeResponse,
	handshakeRequestSchema,
	hashesRequestSchema,
	knownRequestSchema,
	type StreamsAnswer,
} from "../../protocol/sync/sync.ts";
import { appendBatches } from "../ingest/append.ts";
import type { EventStore } from "../ingest/event-store.ts";
import { Refusal } from "../refusal.ts";
import { readAppendBody, readBody } from "./body-limit.ts";
import { errorResponse } from "./error-response.ts";
import type { ServerApp } from "./server-app.ts";

export interface SyncRoutesDeps {
	store: EventStore;
	/** UTC milliseconds. */
	clock(): number;
	countRefusal(refusal: Refusal, station: StationId): Promise<void>;
}

/** The routes by which a station pushes its events and compares its copy with the server's. */
export function addSyncRoutes(app: ServerApp, { store, clock, countRefusal }: SyncRoutesDeps): void {
	app.post("/sync/handshake", async (context) => {
		const handshake = await readBody(context.req.raw, handshakeRequestSchema);
		const cursors = await store.handshake(context.get("station"), handshake, clock());
		return context.json({ cursors, time: clock() } satisfies HandshakeResponse);
	});
	app.post("/sync/append", async (context) => {
		const request = await readAppendBody(context.req.raw);
		const append: EventStore["append"] = (batch) => store.append(batch);
		const station = context.get("station");
		const result = await appendBatches(request, { append, station, receivedAt: clock() });
		if (result.kind === "conflict") throw new Refusal("EVENTS_CONFLICT", { after: result.after });
		if (result.kind === "appended") return context.json(result.cursor);
		// A request that was replayed, late or out of order. Nothing was written, and the answer has the stream's end.
		const { stream, after } = request;
		const refusal = new Refusal("STREAM_MOVED", { stream, after, end: result.cursor.ackedSeq });
		await countRefusal(refusal, station);
		return errorResponse(refusal, result.cursor);
	});
	app.post("/sync/known", async (context) => {
		const { ids } = await readBody(context.req.raw, knownRequestSchema);
		return context.json({ known: await store.known(context.get("station"), ids) });
	});
	app.post("/sync/hashes", async (context) => {
		const { stream, seqs } = await readBody(context.req.raw, hashesRequestSchema);
		return context.json({ hashes: await store.hashes(context.get("station"), stream, seqs) });
	});
	app.get("/sync/streams", async (context) =>
		context.json({ streams: await store.streams(context.get("station")) } satisfies StreamsAnswer),
	);
	app.post("/sync/events", async (context) => {
		const request = await readBody(context.req.raw, eventsRequestSchema);
		return context.json({ events: await store.events(context.get("station"), request) });
	});
}
