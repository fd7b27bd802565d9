import { RateLimiter } from "../../lib/rate-limiter.ts";
import { enrolmentRequestSchema } from "../../protocol/sync/enrolment.ts";
import type { Enrolment } from "../fleet/enrolment.ts";
import { SyncRefusal } from "../refusal.ts";
import { readSmallBody } from "./body-limit.ts";
import type { AddressOf } from "./client-address.ts";
import type { ServerApp } from "./server-app.ts";

/** Wrong codes in a minute: of one address, so that nobody keeps the others out, and of all together. */
const MAX_WRONG = 10;
const MAX_WRONG_IN_ALL = 600;
const ALL = "all";

/** POST /enrol: a device with a code becomes a station. The only route that takes a request without a token. */
export function addEnrolmentRoute(
	app: ServerApp,
	{ enrol }: Enrolment,
	{ clock, addressOf }: { clock(): number; addressOf: AddressOf },
): void {
	const refuse = () => new SyncRefusal("CODE_RATE_LIMITED");
	const own = new RateLimiter({ maxAttempts: MAX_WRONG, refuse });
	const all = new RateLimiter({ maxAttempts: MAX_WRONG_IN_ALL, refuse });
	app.post("/enrol", async (context) => {
		const now = clock();
		const address = addressOf(context);
		own.requireBelowLimit(address, now);
		all.requireBelowLimit(ALL, now);
		try {
			const request = await readSmallBody(context.req.raw, enrolmentRequestSchema);
			return context.json(await enrol(request, now), 201);
		} catch (error) {
			// Whatever it is refused for: each costs the server work.
			if (error instanceof SyncRefusal) own.count(address, now);
			if (error instanceof SyncRefusal && error.code === "ENROLMENT_CODE_INVALID") all.count(ALL, now);
			throw error;
		}
	});
}
