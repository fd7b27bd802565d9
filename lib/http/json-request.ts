import { BodyTooLarge, readLimitedBody } from "./body-limit.ts";

/** A request whose body, if it has one, is JSON within a limit, or what is wrong with it. */
export type JsonRequest =
	| { kind: "ok"; request: Request }
	| { kind: "too-large"; limit: number }
	| { kind: "not-json"; type: string | null }
	/** The sender went away halfway. */
	| { kind: "broken" };

/**
 * Holds a request to a limit and to JSON: a page of another site can send a form without a preflight request. HTTP holds
 * a body to its Content-Length, so a declared length is enough. A body without one is read up to the limit and passed on
 * whole, whatever the other headers say: HTTP/2 needs neither Content-Length nor Transfer-Encoding, and the shell's window
 * sends neither. (Hono's own limit builds a second Request from Node's, which the Node adapter does not allow.)
 */
export async function limitJsonRequest(request: Request, maxBytes: number): Promise<JsonRequest> {
	if (request.method === "GET" || request.method === "HEAD") return { kind: "ok", request };
	const declared = declaredLength(request.headers);
	if (declared !== undefined && declared > maxBytes) return { kind: "too-large", limit: maxBytes };
	if (declared === 0 || request.body === null) return { kind: "ok", request };
	if (declared !== undefined) return requireJson(request);
	try {
		const body = await readLimitedBody(request.body, maxBytes);
		const { url, method, headers, signal } = request;
		if (body.byteLength === 0) return { kind: "ok", request: new Request(url, { method, headers, signal }) };
		return requireJson(new Request(url, { method, headers, signal, body }));
	} catch (error) {
		return error instanceof BodyTooLarge ? { kind: "too-large", limit: maxBytes } : { kind: "broken" };
	}
}

function requireJson(request: Request): JsonRequest {
	const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
	return type === "application/json" ? { kind: "ok", request } : { kind: "not-json", type: type ?? null };
}

/** Content-Length; undefined if it is missing or not a number. */
function declaredLength(headers: Headers): number | undefined {
	const text = headers.get("content-length");
	return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * The request again, once its body was read; undefined for a body that is not whole, or neither empty nor a JSON object,
 * or that has U+0000 or half a surrogate pair in a text. oRPC lays the path's names over the body, and a list or null would vanish under them.
 */
export async function readObjectBody(request: Request): Promise<Request | undefined> {
	if (request.method === "GET" || request.method === "HEAD") return request;
	const text = await request.text().catch(() => undefined);
	// The sender went away halfway.
	if (text === undefined || (text !== "" && !isObject(text))) return undefined;
	const { url, method, headers, signal } = request;
	return new Request(url, { method, headers, signal, ...(text !== "" && { body: text }) });
}

/** U+0000, and what may be half a surrogate pair: in a body they can only come as escapes. */
const ODD_ESCAPE = /\\u(?:0000|d[89a-f])/i;

const isStorable = (text: string) => text.isWellFormed() && !text.includes("\0");

function refuseUnstorable(key: string, value: unknown): unknown {
	if (!isStorable(key) || (typeof value === "string" && !isStorable(value)))
		throw new SyntaxError("A text has U+0000 or half a surrogate pair.");
	return value;
}

/** A body's JSON. Throws also where a text has what no person's text has and PostgreSQL does not store. */
export function parseStorableJson(text: string): unknown {
	return ODD_ESCAPE.test(text) ? JSON.parse(text, refuseUnstorable) : JSON.parse(text);
}

function isObject(text: string): boolean {
	try {
		const value = parseStorableJson(text);
		return typeof value === "object" && value !== null && !Array.isArray(value);
	} catch {
		return false;
	}
}
