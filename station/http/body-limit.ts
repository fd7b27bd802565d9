import { Refusal } from "../refusal.ts";

/**
 * Refuses a body larger than `most` bytes. HTTP holds a body to its Content-Length, so that a said
 * length is enough. Any other body is read up to the limit and handed on whole, whatever else the headers
 * say: HTTP/2 needs neither Content-Length nor Transfer-Encoding, and the shell's window sends neither.
 * (Hono's own limit builds a second Request from Node's, which the Node adapter's cannot be.)
 */
export async function limitBody(request: Request, most: number): Promise<Request> {
	if (request.method === "GET" || request.method === "HEAD") return request;
	const said = saidLength(request.headers);
	if (said !== undefined && said > most) throw new Refusal("BODY_TOO_LARGE", { limit: most });
	if (said !== undefined || request.body === null) return request;
	const body = await readBody(request.body, most);
	const { url, method, headers, signal } = request;
	return new Request(url, { method, headers, signal, ...(body.byteLength > 0 && { body }) });
}

/**
 * Refuses a body of another kind than JSON: a form, which a foreign page could send without asking first, is none of ours.
 * Takes a request that has been through boundBody: where no length was said, there is a body if one was read.
 */
export function requireJson(bounded: Request): void {
	const { headers, method } = bounded;
	if (method === "GET" || method === "HEAD") return;
	const said = saidLength(headers);
	const hasBody = said === undefined ? bounded.body !== null : said > 0;
	if (!hasBody) return;
	const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
	if (type !== "application/json") throw new Refusal("MEDIA_TYPE_UNSUPPORTED", { type: type ?? null });
}

/** Content-Length; what is no number says nothing. */
function saidLength(headers: Headers): number | undefined {
	const text = headers.get("content-length");
	return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

async function readBody(body: ReadableStream<Uint8Array>, most: number): Promise<Buffer<ArrayBuffer>> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of body) {
			size += chunk.byteLength;
			if (size > most) throw new Refusal("BODY_TOO_LARGE", { limit: most });
			chunks.push(chunk);
		}
	} catch (error) {
		// A sender that goes away halfway is no fault of the station's, and must not fill its log.
		throw error instanceof Refusal ? error : new Refusal("BAD_REQUEST");
	}
	return Buffer.concat(chunks);
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
