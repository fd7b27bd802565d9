import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import { serveApiDocs } from "../../lib/http/api-docs/serve-api-docs.ts";
import { addHealthRoutes } from "../../lib/http/health-routes.ts";
import { methodsOf } from "../../lib/http/openapi.ts";
import { takeReadBody } from "../../lib/http/read-body.ts";
import { keepNothing, SECURITY_HEADERS } from "../../lib/http/security-headers.ts";
import { shareFiles } from "../../lib/http/shared-files.ts";
import { readPage, serveStaticFiles } from "../../lib/http/static-files.ts";
import { bearsToken, METRICS_TYPE, type Metrics } from "../../lib/metrics.ts";
import { supervisionRoutes } from "../../protocol/api/routes.ts";
import { Refusal } from "../refusal.ts";
import { firstScreen, isClosedTo, PAIRED_SCREENS, requireMayCall } from "./access.ts";
import { makeBoardStream } from "./board-stream.ts";
import { deviceCookie, deviceCredentialOf } from "./device-cookie.ts";
import { errorResponse, methodNotAllowed, toApiError, toRefusal } from "./error-response.ts";
import { clientOf } from "./guards.ts";
import { requireJsonBody } from "./json-request.ts";
import { bearerOf, type RequestSource, requireOwnPage } from "./request-source.ts";
import { makeRouter } from "./router.ts";
import type { RouterDeps } from "./router-deps.ts";
import { describeStationApi } from "./station-api.ts";

export interface HttpAppDeps extends RouterDeps {
	log: Logger;
	/** The folder of built pages: kiosk/, desk/, board/, assets/. */
	screens: string;
	/** Whether a host name or address, in small letters, is the station's own; requests under others are refused. */
	isOwnName(host: string): boolean;
	/** Throws where the database does not answer. */
	checkDatabase(): void;
	metrics: Pick<Metrics, "read" | "observeRequest">;
	/** With it other machines may read the metrics too. */
	metricsToken: string | undefined;
}

/** The station's HTTP app: one function from Request to Response, for the shell and for HTTP alike. Never throws. */
export type HttpApp = (request: Request, requestSource: RequestSource) => Promise<Response>;

const LARGEST_BODY = 16 * 1024;
/** A list of appointments is a file: some 4,000 bookings, which the station reads within a second. */
const LARGEST_FILE_BODY = 300_000;
const FILE_PATH = `/api${supervisionRoutes.visits.importFile.path}`;
const SCREENS = ["kiosk", "desk", "board", "phone", "setup"] as const;

export function createHttpApp(deps: HttpAppDeps): HttpApp {
	const { log } = deps;
	const router = makeRouter(deps);
	const api = new OpenAPIHandler(router, {
		eventIteratorKeepAliveInterval: 15_000,
		rootInterceptors: [takeReadBody],
		clientInterceptors: [
			async ({ next, procedure, context }) => {
				try {
					requireMayCall(procedure["~orpc"].meta.access, context.source, context.device);
					return await next();
				} catch (error) {
					throw toApiError(toRefusal(error, log));
				}
			},
		],
	});
	const deviceOf = (request: Request, requestSource: RequestSource) => {
		const credential = requestSource.kind === "network" ? deviceCredentialOf(request.headers) : undefined;
		return credential === undefined ? undefined : deps.pairing.find(credential, deps.clock());
	};
	const description = describeStationApi(deps.version);

	const app = new Hono<{ Bindings: { requestSource: RequestSource } }>();
	app.use(secureHeaders(SECURITY_HEADERS));
	app.use(keepNothing);
	app.use(async (context, next) => {
		requireOwnPage(context.req.raw, context.env.requestSource, deps.isOwnName);
		await next();
	});
	addHealthRoutes(app, {
		...{ clock: deps.clock, log, version: deps.version },
		requireReady() {
			deps.checkDatabase();
			if (deps.disk()?.state === "full") throw new Refusal("DISK_FULL");
		},
		refuse: (error) => errorResponse(toRefusal(error, log)),
	});
	serveApiDocs(app, "/api", description);
	const streamBoard = makeBoardStream(deps.board);
	app.get("/api/board/events", (context) => {
		const { requestSource: source } = context.env;
		return streamBoard(context.req.raw.signal, clientOf({ source, device: deviceOf(context.req.raw, source) }));
	});
	app.all("/api/*", async (context) => {
		const maxBytes = context.req.path === FILE_PATH ? LARGEST_FILE_BODY : LARGEST_BODY;
		const request = context.req.raw;
		const body = await requireJsonBody(request, maxBytes);
		let given: string | undefined;
		const { matched, response } = await api.handle(request, {
			prefix: "/api",
			context: {
				body,
				source: context.env.requestSource,
				token: bearerOf(request.headers),
				device: deviceOf(request, context.env.requestSource),
				keepCredential(credential = deviceCredentialOf(request.headers)) {
					given = credential;
				},
			},
		});
		if (!matched) {
			const allowed = methodsOf(await description(), context.req.path.slice("/api".length));
			if (allowed.length === 0) return errorResponse(new Refusal("NOT_FOUND", { path: context.req.path }));
			return methodNotAllowed(context.req.path, allowed);
		}
		if (given !== undefined) response.headers.append("set-cookie", deviceCookie(given, request.url));
		return response;
	});
	const answerFile = shareFiles();
	app.get("/kiosk", async (context, next) => {
		// In place of the kiosk's page, at its address: every window of the kiosk shows that and no other.
		const isHere = context.env.requestSource.kind !== "network";
		return (isHere && deps.firstStart.isOpen() && (await readPage(deps.screens, "first-start", answerFile))) || next();
	});
	for (const screen of PAIRED_SCREENS) {
		app.get(`/${screen}`, async (context, next) => {
			const { requestSource } = context.env;
			if (isClosedTo(screen, requestSource, deviceOf(context.req.raw, requestSource)))
				return context.redirect("/setup");
			return next();
		});
	}
	app.get("/", (context) => {
		const { requestSource } = context.env;
		return context.redirect(`/${firstScreen(requestSource, deviceOf(context.req.raw, requestSource))}`);
	});
	app.get("/speech/*", async (context) => {
		return (await deps.speech.open(context.req.path.slice("/speech/".length))) ?? context.notFound();
	});
	app.get("/metrics", async (context) => {
		if (context.env.requestSource.kind === "network" && !bearsToken(context.req.raw, deps.metricsToken))
			return context.notFound();
		return context.body(await deps.metrics.read(), 200, { "content-type": METRICS_TYPE, "cache-control": "no-store" });
	});
	serveStaticFiles(app, deps.screens, SCREENS);
	app.notFound((context) => errorResponse(new Refusal("NOT_FOUND", { path: context.req.path })));
	app.onError((error) => errorResponse(toRefusal(error, log)));

	const answer: HttpApp = async (request, requestSource) => {
		if (request.method !== "HEAD") return app.fetch(request, { requestSource });
		// As HTTP has it (RFC 9110, 9.3.2): what GET would answer, without its body.
		const { url, headers, signal } = request;
		const whole = await app.fetch(new Request(url, { headers, signal }), { requestSource });
		await whole.body?.cancel();
		return new Response(null, { status: whole.status, headers: whole.headers });
	};
	return async (request, requestSource) => {
		const startedAt = performance.now();
		const response = await answer(request, requestSource);
		const { pathname: path } = new URL(request.url);
		deps.metrics.observeRequest({ path, status: response.status, durationMs: performance.now() - startedAt });
		return response;
	};
}
