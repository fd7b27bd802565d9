import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import {
	eventsRequestSchema,
	type HandshakeResponse,
	handshakeRequestSchema,
	hashesRequestSchema,
	knownRequestSchema,
	type StreamsAnswer,
} from "../../protocol/sync/sync.ts";
import { take } from "../ingest/append.ts";
import { type EventStore, UNATTRIBUTED } from "../ingest/event-store.ts";
import { SyncRefusal } from "../refusal.ts";
import { readAppendBody, readBody } from "./body-limit.ts";
import { errorResponse, toRefusal } from "./error-response.ts";

export interface HttpAppDeps {
	store: EventStore;
	/** The station whose token a request bears. Throws SyncRefusal. */
	authenticate(request: Request, now: number): Promise<string>;
	/** UTC milliseconds. */
	clock(): number;
	log: Logger;
	version: string;
}

/** Adds routes of a room to the server's door. */
export type ServerApp = Hono<{ Variables: { station: string } }>;

/** The server's door: one function from Request to Response. Never throws. */
export function makeServerApp({ store, authenticate, clock, log, version }: HttpAppDeps): ServerApp {
	const app: ServerApp = new Hono();
	/** Every refusal is logged and counted: for its station, or for nobody where no device is known to have asked. */
	const tellRefused = async ({ code, data }: SyncRefusal, station: string | undefined) => {
		log.warn({ station, code, ...data }, "refused");
		await store.refused(station ?? UNATTRIBUTED, code, clock()).catch((err) => log.error({ err }, "not counted"));
	};
	app.use(secureHeaders());
	app.get("/health", (context) => context.json({ version, time: clock() }));
	app.use("/sync/*", async (context, next) => {
		context.set("station", await authenticate(context.req.raw, clock()));
		await next();
	});
	app.post("/sync/handshake", async (context) => {
		const handshake = await readBody(context.req.raw, handshakeRequestSchema);
		const station = context.get("station");
		const cursors = await store.handshake(station, handshake, clock());
		return context.json({ cursors, time: clock() } satisfies HandshakeResponse);
	});
	app.post("/sync/append", async (context) => {
		const request = await readAppendBody(context.req.raw);
		const append: EventStore["append"] = (batch) => store.append(batch);
		const outcome = await take(request, { append, station: context.get("station"), receivedAt: clock() });
		if (outcome.kind === "conflict") throw new SyncRefusal("EVENTS_CONFLICT", { after: outcome.after });
		if (outcome.kind === "appended") return context.json(outcome.cursor);
		// What was replayed, came late or out of its order: nothing was written, and the answer tells the end that is there.
		const { stream, after } = request;
		const refusal = new SyncRefusal("STREAM_MOVED", { stream, after, end: outcome.cursor.ackedSeq });
		await tellRefused(refusal, context.get("station"));
		return errorResponse(refusal, outcome.cursor);
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
	app.notFound((context) => errorResponse(new SyncRefusal("NOT_FOUND", { path: context.req.path })));
	app.onError(async (error, context) => {
		const station = context.get("station") as string | undefined;
		if (error instanceof SyncRefusal) await tellRefused(error, error.station ?? station);
		return errorResponse(toRefusal(error, log, station));
	});
	return app;
}
