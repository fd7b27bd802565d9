import { RateLimiter } from "../../lib/rate-limiter.ts";
import { enrolmentRequestSchema } from "../../protocol/sync/enrolment.ts";
import { inheritedSettingsSchema } from "../../protocol/sync/inherited-settings.ts";
import type { Enrolment } from "../fleet/enrolment.ts";
import { Refusal } from "../refusal.ts";
import { readBody, readSmallBody } from "./body-limit.ts";
import type { AddressOf } from "./client-address.ts";
import type { ServerApp } from "./server-app.ts";

/** Refused requests of one address in a minute. Beyond it the address is told to wait, unless its code is right. */
const MAX_REFUSED = 10;

/**
 * POST /enrol: a device with a code becomes a station, the only route that takes a request without a token. POST
 * /sync/settings: what the device in its place takes over.
 */
export function addEnrolmentRoutes(
	app: ServerApp,
	{ enrol, keepSettings }: Pick<Enrolment, "enrol" | "keepSettings">,
	{ clock, addressOf }: { clock(): number; addressOf: AddressOf },
): void {
	const limiter = new RateLimiter({ maxAttempts: MAX_REFUSED, refuse: () => new Refusal("CODE_RATE_LIMITED") });
	app.post("/enrol", async (context) => {
		const now = clock();
		const address = addressOf(context);
		try {
			const request = await readSmallBody(context.req.raw, enrolmentRequestSchema);
			// The code is looked up first: strangers who try codes cannot keep out a device whose code is right. Fifty random
			// bits that hold for fifteen minutes need no limit against guessing.
			return context.json(await enrol(request, now), 201);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			limiter.requireBelowLimit(address, now);
			limiter.count(address, now);
			throw error;
		}
	});
	app.post("/sync/settings", async (context) => {
		await keepSettings(context.get("station"), await readBody(context.req.raw, inheritedSettingsSchema));
		return context.json({});
	});
}
