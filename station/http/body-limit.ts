import { BodyTooLarge, readLimitedBody } from "../../lib/http/body-limit.ts";
import { Refusal } from "../refusal.ts";

/**
 * Refuses a body larger than `maxBytes`. HTTP holds a body to its Content-Length, so a declared length is enough. A
 * body without one is read up to the limit and passed on whole, whatever the other headers say: HTTP/2 needs neither
 * Content-Length nor Transfer-Encoding, and the shell's window sends neither.
 * (Hono's own limit builds a second Request from Node's, which the Node adapter does not allow.)
 */
export async function limitBody(request: Request, maxBytes: number): Promise<Request> {
	if (request.method === "GET" || request.method === "HEAD") return request;
	const declared = declaredLength(request.headers);
	if (declared !== undefined && declared > maxBytes) throw new Refusal("BODY_TOO_LARGE", { limit: maxBytes });
	if (declared !== undefined || request.body === null) return request;
	const body = await readBody(request.body, maxBytes);
	const { url, method, headers, signal } = request;
	return new Request(url, { method, headers, signal, ...(body.byteLength > 0 && { body }) });
}

/**
 * Refuses a body that is not JSON: a page of another site can send a form without a preflight request.
 * Takes a request from limitBody: if no length was declared, a body means that one was read.
 */
export function requireJson(limited: Request): void {
	const { headers, method } = limited;
	if (method === "GET" || method === "HEAD") return;
	const declared = declaredLength(headers);
	const hasBody = declared === undefined ? limited.body !== null : declared > 0;
	if (!hasBody) return;
	const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
	if (type !== "application/json") throw new Refusal("MEDIA_TYPE_UNSUPPORTED", { type: type ?? null });
}

/** Content-Length; undefined if it is missing or not a number. */
function declaredLength(headers: Headers): number | undefined {
	const text = headers.get("content-length");
	return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

async function readBody(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
	try {
		return await readLimitedBody(body, maxBytes);
	} catch (error) {
		// A sender that goes away halfway is not the station's error, and must not fill its log.
		throw error instanceof BodyTooLarge
			? new Refusal("BODY_TOO_LARGE", { limit: maxBytes })
			: new Refusal("BAD_REQUEST");
	}
}

/** Refuses a body that is neither empty nor a JSON object. */
export async function requireObjectBody(request: Request): Promise<Request> {
	const text = await request.text();
	if (text !== "" && !isObject(text)) throw new Refusal("BAD_REQUEST");
	const { url, method, headers, signal } = request;
	return new Request(url, { method, headers, signal, ...(text !== "" && { body: text }) });
}

function isObject(text: string): boolean {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null && !Array.isArray(value);
	} catch {
		return false;
	}
}
