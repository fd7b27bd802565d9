import { BodyTooLarge, readLimitedBody } from "./body-limit.ts";

/** The JSON object that a request has as its body, undefined where it has none, or what is wrong with it. */
export type JsonBody =
	| { kind: "ok"; body: unknown }
	| { kind: "too-large"; limit: number }
	| { kind: "not-json"; type: string | null }
	/** Not an object, with a text that cannot be stored, or not whole because the sender went away. */
	| { kind: "invalid" };

const NO_BODY: JsonBody = { kind: "ok", body: undefined };

/**
 * Reads a request's body, once, within a limit, and holds it to JSON: a page of another site can send a form without a
 * preflight request. HTTP holds a body to its Content-Length, so a declared length is enough. A body without one is read
 * up to the limit, whatever the other headers say: HTTP/2 needs neither Content-Length nor Transfer-Encoding, and the
 * shell's window sends neither. Only then is the request asked for its `body`: the Node adapter builds a stream for it.
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<JsonBody> {
	if (request.method === "GET" || request.method === "HEAD") return NO_BODY;
	const declared = declaredLength(request.headers);
	if (declared !== undefined && declared > maxBytes) return { kind: "too-large", limit: maxBytes };
	if (declared === 0) return NO_BODY;
	const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? null;
	const isJson = type === "application/json";
	if (declared !== undefined && !isJson) return { kind: "not-json", type };
	let text: string;
	try {
		text = declared === undefined ? await readLimitedText(request.body, maxBytes) : await request.text();
	} catch (error) {
		return error instanceof BodyTooLarge ? { kind: "too-large", limit: maxBytes } : { kind: "invalid" };
	}
	if (text === "") return NO_BODY;
	return isJson ? parseObject(text) : { kind: "not-json", type };
}

async function readLimitedText(body: Request["body"], maxBytes: number): Promise<string> {
	return new TextDecoder().decode(await readLimitedBody(body, maxBytes));
}

/** Content-Length; undefined if it is missing or not a number. */
function declaredLength(headers: Headers): number | undefined {
	const text = headers.get("content-length");
	return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * An object only: oRPC lays the path's names over the body, and a list or null would vanish under them. None that has
 * U+0000 or half a surrogate pair in a text.
 */
function parseObject(text: string): JsonBody {
	try {
		const body = parseStorableJson(text);
		const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
		return isObject ? { kind: "ok", body } : { kind: "invalid" };
	} catch {
		return { kind: "invalid" };
	}
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
