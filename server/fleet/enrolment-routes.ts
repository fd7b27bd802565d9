import { enrolmentRequestSchema } from "../../protocol/sync/enrolment.ts";
import { readSmallBody } from "../http/body-limit.ts";
import type { AddressOf } from "../http/client-address.ts";
import type { ServerApp } from "../http/http-app.ts";
import { Tries } from "../http/rate-limiter.ts";
import { SyncRefusal } from "../refusal.ts";
import type { Enrolment } from "./enrolment.ts";

/** Wrong codes in a minute: of one address, so that nobody keeps the others out, and of all together. */
const MOST_WRONG = 10;
const MOST_WRONG_IN_ALL = 600;
const ALL = "all";

/** POST /enrol: a device with a code becomes a station. The only route that takes a request without a token. */
export function addEnrolmentRoute(
	app: ServerApp,
	{ enrol }: Enrolment,
	{ clock, addressOf }: { clock(): number; addressOf: AddressOf },
): void {
	const own = new Tries(MOST_WRONG);
	const all = new Tries(MOST_WRONG_IN_ALL);
	app.post("/enrol", async (context) => {
		const now = clock();
		const address = addressOf(context);
		own.requireFew(address, now);
		all.requireFew(ALL, now);
		try {
			const request = await readSmallBody(context.req.raw, enrolmentRequestSchema);
			return context.json(await enrol(request, now), 201);
		} catch (fault) {
			// Whatever it is refused for: each costs the server work.
			if (fault instanceof SyncRefusal) own.add(address, now);
			if (fault instanceof SyncRefusal && fault.code === "CODE_REFUSED") all.add(ALL, now);
			throw fault;
		}
	});
}
