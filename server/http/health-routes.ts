import type { Logger } from "pino";
import { SECOND_MS } from "../../lib/time/durations.ts";
import { Refusal } from "../refusal.ts";
import { errorResponse } from "./error-response.ts";
import type { ServerApp } from "./server-app.ts";

export interface HealthRoutesDeps {
	/** Throws if the database does not answer. */
	checkDatabase(): Promise<unknown>;
	/** UTC milliseconds. */
	clock(): number;
	log: Logger;
	version: string;
}

/** Shorter than probes usually wait: they get an answer instead of a timeout of their own. */
const DATABASE_TIMEOUT_MS = 2 * SECOND_MS;

/**
 * GET /health/live: 200 while the process answers, for a supervisor that restarts it. GET /health/ready: 200 if the
 * database answers too, for a proxy that chooses an instance; 503 otherwise.
 */
export function addHealthRoutes(app: ServerApp, { checkDatabase, clock, log, version }: HealthRoutesDeps): void {
	let wasReady = true;
	const logChange = (isReady: boolean, err?: unknown) => {
		if (isReady !== wasReady) isReady ? log.info({}, "health.ready") : log.warn({ err }, "health.not-ready");
		wasReady = isReady;
	};
	app.get("/health/live", (context) => context.json({ version, time: clock() }));
	app.get("/health/ready", async (context) => {
		try {
			await withTimeout(checkDatabase(), DATABASE_TIMEOUT_MS);
			logChange(true);
			return context.json({ version, time: clock() });
		} catch (err) {
			logChange(false, err);
			return errorResponse(new Refusal("DATABASE_UNAVAILABLE"));
		}
	});
}

async function withTimeout(work: Promise<unknown>, timeoutMs: number): Promise<void> {
	const timeout = Promise.withResolvers<never>();
	const timer = setTimeout(() => timeout.reject(new Error(`No answer within ${timeoutMs} ms.`)), timeoutMs);
	try {
		await Promise.race([work, timeout.promise]);
	} finally {
		clearTimeout(timer);
	}
}
