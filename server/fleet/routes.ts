import { enrolmentRequestSchema } from "../../protocol/enrolment.ts";
import type { ServerApp } from "../door/door.ts";
import { readBody } from "../door/read-body.ts";
import { SyncRefusal } from "../refusal.ts";
import type { Enrolment } from "./enrolment.ts";

/** Wrong codes in a minute, of all addresses together: fifty random bits need no more than that. */
const MOST_WRONG = 60;
const WINDOW = 60_000;

/** POST /enrol: a device with a code becomes a station. The only route that takes a request without a token. */
export function addEnrolmentRoute(app: ServerApp, { enrol }: Enrolment, clock: () => number): void {
	let wrong = { since: 0, count: 0 };
	app.post("/enrol", async (context) => {
		const now = clock();
		if (now - wrong.since >= WINDOW) wrong = { since: now, count: 0 };
		if (wrong.count >= MOST_WRONG) throw new SyncRefusal("CODE_TRIES");
		const request = await readBody(context.req.raw, enrolmentRequestSchema);
		try {
			return context.json(await enrol(request, now), 201);
		} catch (fault) {
			if (fault instanceof SyncRefusal && fault.code === "CODE_REFUSED") wrong.count += 1;
			throw fault;
		}
	});
}
