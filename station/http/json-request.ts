import { limitJsonRequest, readObjectBody } from "../../lib/http/json-request.ts";
import { Refusal } from "../refusal.ts";

/** The request with a JSON body within the limit, or none. Refuses any other. */
export async function requireJsonRequest(request: Request, maxBytes: number): Promise<Request> {
	const limited = await limitJsonRequest(request, maxBytes);
	switch (limited.kind) {
		case "ok":
			return limited.request;
		case "too-large":
			throw new Refusal("BODY_TOO_LARGE", { limit: limited.limit });
		case "not-json":
			throw new Refusal("MEDIA_TYPE_UNSUPPORTED", { type: limited.type });
		case "broken":
			throw new Refusal("BAD_REQUEST");
	}
}

/** Refuses a body that is neither empty nor a JSON object. */
export async function requireObjectBody(request: Request): Promise<Request> {
	const read = await readObjectBody(request);
	if (!read) throw new Refusal("BAD_REQUEST");
	return read;
}
