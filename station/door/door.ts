import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { ORPCError, onError } from "@orpc/server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import { REFUSALS, type RefusalCode } from "../../protocol/errors.ts";
import { Refusal } from "../refusal.ts";
import { describeApi } from "./openapi.ts";
import { bearerOf, type Peer, requireOwnPage } from "./peer.ts";
import { makeRouter, type RouterParts, toApiError } from "./router.ts";
import { serveScreens } from "./screens.ts";

export interface DoorParts extends RouterParts {
	log: Logger;
	/** The folder of built pages: kiosk/, desk/, board/, assets/. */
	screens: string;
	/** The address that the station listens on; requests under other names are refused. */
	host: string;
	version: string;
}

/** The station's door: one function from Request to Response, whoever carries it. Never throws. */
export type Door = (request: Request, peer: Peer) => Promise<Response>;

const LARGEST_BODY = 16 * 1024;

export function makeDoor(parts: DoorParts): Door {
	const router = makeRouter(parts);
	const api = new OpenAPIHandler(router, {
		eventIteratorKeepAliveInterval: 15_000,
		clientInterceptors: [
			async ({ next }) => {
				try {
					return await next();
				} catch (fault) {
					throw toApiError(fault);
				}
			},
		],
		interceptors: [
			onError((fault) => {
				if (!(fault instanceof ORPCError) || fault.status >= 500)
					parts.log.error({ err: fault }, "the station could not answer");
			}),
		],
	});
	const description = describeApi(router, parts.version);

	const app = new Hono<{ Bindings: { peer: Peer } }>();
	app.use(
		secureHeaders({
			contentSecurityPolicy: {
				defaultSrc: ["'self'"],
				baseUri: ["'none'"],
				formAction: ["'none'"],
				frameAncestors: ["'none'"],
				objectSrc: ["'none'"],
			},
			referrerPolicy: "no-referrer",
			// Plain HTTP on loopback: there is no TLS to insist on.
			strictTransportSecurity: false,
			xFrameOptions: "DENY",
			permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
		}),
	);
	app.use(async (context, next) => {
		requireOwnPage(context.req.raw, context.env.peer, parts.host);
		await next();
	});
	app.use("/api/*", bodyLimit({ maxSize: LARGEST_BODY, onError: () => refuse("BODY_TOO_LARGE") }));
	app.get("/api/openapi.json", async (context) => context.json(await description()));
	app.all("/api/*", async (context) => {
		const { matched, response } = await api.handle(context.req.raw, {
			prefix: "/api",
			context: { peer: context.env.peer, token: bearerOf(context.req.raw.headers) },
		});
		if (!matched) return refuse("NOT_FOUND", { path: context.req.path });
		response.headers.set("cache-control", "no-store");
		return response;
	});
	serveScreens(app, parts.screens);
	app.notFound((context) => refuse("NOT_FOUND", { path: context.req.path }));
	app.onError((fault) => {
		if (fault instanceof Refusal) return refuse(fault.code, fault.data);
		parts.log.error({ err: fault }, "the station could not answer");
		return refuse("STATION_FAULT");
	});

	return async (request, peer) => app.fetch(request, { peer });
}

function refuse(code: RefusalCode, data?: Record<string, unknown>): Response {
	const { status, message } = REFUSALS[code];
	return Response.json({ defined: true, code, status, message, ...(data && { data }) }, { status });
}
