import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import { keepNothing, SECURITY_HEADERS } from "../../lib/http/security-headers.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import { type EventStore, UNATTRIBUTED } from "../ingest/event-store.ts";
import { Refusal } from "../refusal.ts";
import { errorResponse, methodNotAllowed, toRefusal } from "./error-response.ts";
import { openRefusalLog } from "./refusal-log.ts";
import type { ServerApp } from "./server-app.ts";
import { addSyncRoutes } from "./sync-routes.ts";

export interface HttpAppDeps {
	store: EventStore;
	/** Returns the id of the station whose token a request bears. Throws Refusal. */
	authenticate(request: Request, now: number): Promise<StationId>;
	/** UTC milliseconds. */
	clock(): number;
	log: Logger;
}

/** The server's HTTP app with the routes of pushing: one function from Request to Response, which never throws. */
export function createHttpApp({ store, authenticate, clock, log }: HttpAppDeps): ServerApp {
	const app: ServerApp = new Hono();
	const logRefusal = openRefusalLog(log);
	const countRefusal = async (refusal: Refusal, station: StationId | undefined) => {
		const now = clock();
		logRefusal(refusal, station, now);
		await store
			.countRefusal(station ?? UNATTRIBUTED, refusal.code, now)
			.catch((err) => log.error({ err }, "http.refusal.not-counted"));
	};
	app.use(secureHeaders(SECURITY_HEADERS));
	app.use(keepNothing);
	app.use("/sync/*", async (context, next) => {
		context.set("station", await authenticate(context.req.raw, clock()));
		await next();
	});
	addSyncRoutes(app, { store, clock, countRefusal });
	app.notFound((context) => {
		const allowed = methodsFor(app, context.req.path);
		if (allowed.length === 0) return errorResponse(new Refusal("NOT_FOUND", { path: context.req.path }));
		return methodNotAllowed(context.req.path, allowed);
	});
	app.onError(async (error, context) => {
		// Undefined outside of /sync.
		const station: StationId | undefined = context.get("station");
		if (error instanceof Refusal) await countRefusal(error, error.station ?? station);
		return errorResponse(toRefusal(error, log, station));
	});
	return app;
}

/** The methods of a path that has routes; none for an unknown path. */
function methodsFor(app: ServerApp, path: string): string[] {
	const parts = path.split("/");
	const fits = (template: string) => {
		const names = template.split("/");
		return names.length === parts.length && names.every((name, at) => name.startsWith(":") || name === parts[at]);
	};
	const methods = app.routes.filter((route) => route.method !== "ALL" && fits(route.path)).map(({ method }) => method);
	return [...new Set(methods)].sort();
}
