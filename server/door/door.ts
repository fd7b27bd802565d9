import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import { passingOf } from "../../db/server/again.ts";
import {
	appendRequestSchema,
	eventsRequestSchema,
	hashesRequestSchema,
	helloSchema,
	knownRequestSchema,
	SYNC_REFUSALS,
	type Welcome,
} from "../../protocol/sync.ts";
import type { IngestStore } from "../ingest/store.ts";
import { take } from "../ingest/take.ts";
import { SyncRefusal } from "../refusal.ts";
import { readBody } from "./read-body.ts";

export interface DoorParts {
	store: IngestStore;
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
export function makeServerApp({ store, authenticate, clock, log, version }: DoorParts): ServerApp {
	const app: ServerApp = new Hono();
	app.use(secureHeaders());
	app.get("/health", (context) => context.json({ version, time: clock() }));
	app.use("/sync/*", async (context, next) => {
		context.set("station", await authenticate(context.req.raw, clock()));
		await next();
	});
	app.post("/sync/hello", async (context) => {
		const hello = await readBody(context.req.raw, helloSchema);
		const station = context.get("station");
		const cursors = await store.hello(station, hello, clock());
		return context.json({ cursors, time: clock() } satisfies Welcome);
	});
	app.post("/sync/append", async (context) => {
		const request = await readBody(context.req.raw, appendRequestSchema);
		const append: IngestStore["append"] = (batch) => store.append(batch);
		const outcome = await take(request, { append, station: context.get("station"), receivedAt: clock() });
		if (outcome.kind === "misjudged") throw new SyncRefusal("EVENTS_MISJUDGED", { after: outcome.after });
		return context.json(outcome.cursor, outcome.kind === "appended" ? 200 : SYNC_REFUSALS.STREAM_MOVED.status);
	});
	app.post("/sync/known", async (context) => {
		const { ids } = await readBody(context.req.raw, knownRequestSchema);
		return context.json({ known: await store.known(context.get("station"), ids) });
	});
	app.post("/sync/hashes", async (context) => {
		const { stream, seqs } = await readBody(context.req.raw, hashesRequestSchema);
		return context.json({ hashes: await store.hashes(context.get("station"), stream, seqs) });
	});
	app.post("/sync/events", async (context) => {
		const request = await readBody(context.req.raw, eventsRequestSchema);
		return context.json({ events: await store.events(context.get("station"), request) });
	});
	app.notFound((context) => refuse(new SyncRefusal("NOT_FOUND", { path: context.req.path })));
	app.onError(async (fault, context) => {
		const station = context.get("station") as string | undefined;
		if (fault instanceof SyncRefusal) {
			log.warn({ station, code: fault.code, ...fault.data }, "refused");
			if (station !== undefined)
				await store.refused(station, fault.code, clock()).catch((err) => log.error({ err }, "not counted"));
			return refuse(fault);
		}
		log.error({ err: fault, station }, "the server could not answer");
		return refuse(new SyncRefusal(passingOf(fault) === "stays" ? "SERVER_FAULT" : "DATABASE_BUSY"));
	});
	return app;
}

function refuse({ code, data }: SyncRefusal): Response {
	const { status, message } = SYNC_REFUSALS[code];
	return Response.json({ code, status, message, data }, { status });
}
