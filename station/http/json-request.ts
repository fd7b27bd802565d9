import { readJsonBody } from "../../lib/http/json-request.ts";
import { Refusal } from "../refusal.ts";

/** The JSON object that is the request's body, undefined where it has none. Refuses any other body. */
export async function requireJsonBody(request: Request, maxBytes: number): Promise<unknown> {
	const read = await readJsonBody(request, maxBytes);
	switch (read.kind) {
		case "ok":
			return read.body;
		case "too-large":
			throw new Refusal("BODY_TOO_LARGE", { limit: read.limit });
		case "not-json":
			throw new Refusal("MEDIA_TYPE_UNSUPPORTED", { type: read.type });
		case "invalid":
			throw new Refusal("BAD_REQUEST");
	}
}
