import type { Env, Hono } from "hono";
import type { Logger } from "pino";
import { SECOND_MS } from "../time/durations.ts";

export interface HealthRoutesDeps {
	/** Throws or rejects where the program cannot do its work: its database does not answer. */
	requireReady(): unknown;
	/** The answer to a request while it is not ready: a refusal with status 503 or 507. */
	refuse(error: unknown): Response;
	/** UTC milliseconds. */
	clock(): number;
	log: Logger;
	version: string;
}

/** Shorter than probes usually wait: they get an answer instead of a timeout of their own. */
const READY_TIMEOUT_MS = 2 * SECOND_MS;

/**
 * GET /health/live: 200 while the process answers, for a supervisor that restarts it. GET /health/ready: 200 while it can
 * do its work, for a probe or a proxy that chooses an instance; the refusal otherwise.
 */
export function addHealthRoutes<E extends Env>(app: Hono<E>, deps: HealthRoutesDeps): void {
	const { requireReady, refuse, clock, log, version } = deps;
	let wasReady = true;
	const logChange = (isReady: boolean, err?: unknown) => {
		if (isReady !== wasReady) isReady ? log.info({}, "health.ready") : log.warn({ err }, "health.not-ready");
		wasReady = isReady;
	};
	app.get("/health/live", (context) => context.json({ version, time: clock() }));
	app.get("/health/ready", async (context) => {
		try {
			await withTimeout(async () => requireReady(), READY_TIMEOUT_MS);
			logChange(true);
			return context.json({ version, time: clock() });
		} catch (err) {
			logChange(false, err);
			return refuse(err);
		}
	});
}

async function withTimeout(work: () => Promise<unknown>, timeoutMs: number): Promise<void> {
	const timeout = Promise.withResolvers<never>();
	const timer = setTimeout(() => timeout.reject(new Error(`No answer within ${timeoutMs} ms.`)), timeoutMs);
	try {
		await Promise.race([work(), timeout.promise]);
	} finally {
		clearTimeout(timer);
	}
}
