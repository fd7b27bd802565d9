import { getConnInfo } from "@hono/node-server/conninfo";
import { isLoopback } from "../../lib/host-addresses.ts";
import { bearsToken, METRICS_TYPE, type Metrics } from "../../lib/metrics.ts";
import { Refusal } from "../refusal.ts";
import { errorResponse } from "./error-response.ts";
import type { ServerApp } from "./server-app.ts";

/**
 * GET /metrics: for this machine, and for others with the token. A proxy on this machine passes on requests of the
 * network, which it says in a header: they need the token. Without it there is nothing to see: 404, as at a station.
 */
export function addMetricsRoute(app: ServerApp, metrics: Pick<Metrics, "read">, token: string | undefined): void {
	app.get("/metrics", async (context) => {
		const isForwarded = context.req.header("x-forwarded-for") ?? context.req.header("forwarded");
		// Host too: a name that was rebound to this machine is a page of another site, in a browser here.
		const { hostname } = new URL(context.req.url);
		const isLocal =
			isForwarded === undefined &&
			isLoopback(hostname.replace(/^\[|\]$/g, "")) &&
			isLoopback(getConnInfo(context).remote.address ?? "");
		if (!isLocal && !bearsToken(context.req.raw, token))
			return errorResponse(new Refusal("NOT_FOUND", { path: context.req.path }));
		return context.body(await metrics.read(), 200, { "content-type": METRICS_TYPE, "cache-control": "no-store" });
	});
}

/** An app whose answers are timed. */
export function observeRequests(
	fetch: ServerApp["fetch"],
	metrics: Pick<Metrics, "observeRequest">,
): ServerApp["fetch"] {
	return async (request, ...rest) => {
		const startedAt = performance.now();
		const response = await fetch(request, ...rest);
		const { pathname: path } = new URL(request.url);
		metrics.observeRequest({ path, status: response.status, durationMs: performance.now() - startedAt });
		return response;
	};
}
