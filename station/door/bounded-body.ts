import { Refusal } from "../refusal.ts";

/**
 * Refuses a body larger than `most` bytes. HTTP holds a body to its Content-Length, so that a said
 * length is enough; a body of unsaid length is read up to the limit and handed on whole.
 * (Hono's own limit builds a second Request from Node's, which the Node adapter's cannot be.)
 */
export async function boundBody(request: Request, most: number): Promise<Request> {
	const said = request.headers.get("content-length");
	if (said !== null) {
		if (Number(said) > most) throw new Refusal("BODY_TOO_LARGE", { limit: most });
		return request;
	}
	if (request.headers.get("transfer-encoding") === null) return request;
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.body ?? []) {
		size += chunk.byteLength;
		if (size > most) throw new Refusal("BODY_TOO_LARGE", { limit: most });
		chunks.push(chunk);
	}
	const { url, method, headers, signal } = request;
	return new Request(url, { method, headers, signal, body: Buffer.concat(chunks) });
}

/** Refuses a body of another kind than JSON: a form, which a foreign page could send without asking first, is none of ours. */
export function requireJson({ headers, method }: Request): void {
	const hasBody = Number(headers.get("content-length") ?? 0) > 0 || headers.get("transfer-encoding") !== null;
	if (method === "GET" || method === "HEAD" || !hasBody) return;
	const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
	if (type !== "application/json") throw new Refusal("MEDIA_TYPE", { type: type ?? null });
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
