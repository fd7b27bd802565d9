import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { ORPCError } from "@orpc/server";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { serveApiDocs } from "../../lib/http/api-docs/serve-api-docs.ts";
import { methodsOf } from "../../lib/http/openapi.ts";
import { type ReadBody, takeReadBody } from "../../lib/http/read-body.ts";
import { SECOND_MS } from "../../lib/time/durations.ts";
import { openFleetWatch } from "../fleet/fleet-watch.ts";
import { Refusal } from "../refusal.ts";
import type { AddressOf } from "./client-address.ts";
import { errorResponse, methodNotAllowed } from "./error-response.ts";
import { describeFleetApi } from "./fleet-api.ts";
import { type FleetContext, type FleetRoutesDeps, makeFleetRouter, requireAdministrator } from "./fleet-routes.ts";
import { streamFleet } from "./fleet-stream.ts";
import { requireJsonBody } from "./json-request.ts";
import type { ServerApp } from "./server-app.ts";

export interface FleetAppDeps extends FleetRoutesDeps {
	addressOf: AddressOf;
}

const PREFIX = "/fleet/api";
const COOKIE = "paihao_fleet";
const COOKIE_SCOPE = { path: "/fleet", httpOnly: true, sameSite: "Strict" } as const;
/** The page shows changes within this time. */
const SNAPSHOT_INTERVAL_MS = 2 * SECOND_MS;
/** Requests without a session are short. */
const SMALL_BODY_BYTES = 4_096;
/** A catalogue of twelve languages has some 200 KB. */
const LARGEST_BODY_BYTES = 1_000_000;

/** The fleet's API, below /fleet/api: every call of protocol/api/fleet-contract.ts. */
export function addFleetApi(app: ServerApp, deps: FleetAppDeps): void {
	const { fleet, administrators, addressOf, clock, version } = deps;
	const description = describeFleetApi(version);
	const watch = openFleetWatch({
		readSnapshot: (last) => fleet.snapshot(clock(), last),
		intervalMs: SNAPSHOT_INTERVAL_MS,
	});
	const findAdministrator = (context: Context) => administrators.find(getCookie(context, COOKIE), clock());
	const contextOf = async (context: Context): Promise<FleetContext> => ({
		administrator: await findAdministrator(context),
		address: addressOf(context),
		keepSession({ token, expiresAt }) {
			const secure = context.req.header("x-forwarded-proto") === "https";
			setCookie(context, COOKIE, token, { ...COOKIE_SCOPE, secure, maxAge: Math.floor((expiresAt - clock()) / 1_000) });
		},
		async dropSession() {
			const token = getCookie(context, COOKIE);
			if (token !== undefined) await administrators.signOut(token);
			deleteCookie(context, COOKIE, COOKIE_SCOPE);
		},
	});
	const answerCall = makeCallHandler(deps);

	app.use(`${PREFIX}/*`, async (context, next) => {
		// A page of another site can send a form, but not this header nor, with a strict cookie, the session.
		if ((context.req.header("sec-fetch-site") ?? "same-origin") !== "same-origin") throw new Refusal("ORIGIN_REFUSED");
		await next();
		// Every open page shows the change at once.
		if (context.req.method !== "GET" && context.res.ok) watch.refresh();
	});
	serveApiDocs(app, PREFIX, description);
	app.get(`${PREFIX}/events`, async (context) => {
		requireAdministrator({ administrator: await findAdministrator(context) });
		return streamFleet(context, { watch, version, findAdministrator: () => findAdministrator(context) });
	});
	app.all(`${PREFIX}/*`, async (context) => {
		const caller = await contextOf(context);
		const maxBytes = caller.administrator === undefined ? SMALL_BODY_BYTES : LARGEST_BODY_BYTES;
		const request = context.req.raw;
		const body = await requireJsonBody(request, maxBytes);
		const response = await answerCall(request, { ...caller, body });
		if (response) return context.newResponse(response.body, response);
		const allowed = methodsOf(await description(), context.req.path.slice(PREFIX.length));
		if (allowed.length === 0) return errorResponse(new Refusal("NOT_FOUND", { path: context.req.path }));
		return methodNotAllowed(context.req.path, allowed);
	});
}

/** Answers a call of the contract; undefined if it has none for the request. Throws what the call threw: the app answers it. */
function makeCallHandler(deps: FleetRoutesDeps) {
	const handler = new OpenAPIHandler<CallContext>(makeFleetRouter(deps), {
		rootInterceptors: [takeReadBody],
		clientInterceptors: [
			async ({ next, context }) => {
				try {
					return await next();
				} catch (error) {
					context.failure = error;
					throw error;
				}
			},
		],
	});
	return async (request: Request, caller: FleetContext & ReadBody): Promise<Response | undefined> => {
		const context: CallContext = { ...caller };
		const { matched, response } = await handler.handle(request, { prefix: PREFIX, context });
		if ("failure" in context) throw asRefusal(context.failure);
		return matched ? response : undefined;
	};
}

interface CallContext extends FleetContext, ReadBody {
	/** What the call threw. */
	failure?: unknown;
}

/** An input that does not match the contract is the caller's error; anything else is what it was. */
function asRefusal(failure: unknown): unknown {
	if (!(failure instanceof ORPCError) || failure.code !== "BAD_REQUEST") return failure;
	const at: unknown = failure.data?.issues?.[0]?.path?.join(".");
	return new Refusal("BAD_REQUEST", typeof at === "string" ? { at } : {});
}
