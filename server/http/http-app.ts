import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import { type EventStore, UNATTRIBUTED } from "../ingest/event-store.ts";
import { SyncRefusal } from "../refusal.ts";
import { errorResponse, toRefusal } from "./error-response.ts";
import { openRefusalLog } from "./refusal-log.ts";
import type { ServerApp } from "./server-app.ts";
import { addSyncRoutes } from "./sync-routes.ts";

export interface ServerAppDeps {
	store: EventStore;
	/** Returns the id of the station whose token a request bears. Throws SyncRefusal. */
	authenticate(request: Request, now: number): Promise<string>;
	/** UTC milliseconds. */
	clock(): number;
	log: Logger;
}

/** The server's HTTP app with the routes of pushing: one function from Request to Response, which never throws. */
export function createServerApp({ store, authenticate, clock, log }: ServerAppDeps): ServerApp {
	const app: ServerApp = new Hono();
	const logRefusal = openRefusalLog(log);
	const countRefusal = async (refusal: SyncRefusal, station: string | undefined) => {
		const now = clock();
		logRefusal(refusal, station, now);
		await store
			.countRefusal(station ?? UNATTRIBUTED, refusal.code, now)
			.catch((err) => log.error({ err }, "http.refusal.not-counted"));
	};
	app.use(secureHeaders());
	app.use("/sync/*", async (context, next) => {
		context.set("station", await authenticate(context.req.raw, clock()));
		await next();
	});
	addSyncRoutes(app, { store, clock, countRefusal });
	app.notFound((context) => errorResponse(new SyncRefusal("NOT_FOUND", { path: context.req.path })));
	app.onError(async (error, context) => {
		const station = context.get("station") as string | undefined;
		if (error instanceof SyncRefusal) await countRefusal(error, error.station ?? station);
		return errorResponse(toRefusal(error, log, station));
	});
	return app;
}
