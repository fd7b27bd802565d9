import { limitJsonRequest, readObjectBody } from "../../lib/http/json-request.ts";
import { Refusal } from "../refusal.ts";

/** The request with a JSON object as its body, or none. Refuses any other. */
export async function requireJsonRequest(request: Request, maxBytes: number): Promise<Request> {
	const limited = await limitJsonRequest(request, maxBytes);
	switch (limited.kind) {
		case "ok":
			break;
		case "too-large":
			throw new Refusal("BODY_TOO_LARGE", { limit: limited.limit });
		case "not-json":
			throw new Refusal("MEDIA_TYPE_UNSUPPORTED", { type: limited.type });
		case "broken":
			throw new Refusal("BODY_INVALID");
	}
	const read = await readObjectBody(limited.request);
	if (!read) throw new Refusal("BODY_INVALID");
	return read;
}
