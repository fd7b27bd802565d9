import type { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { constants, type Http2ServerRequest } from "node:http2";

/** The body is longer than the limit. What follows the limit was not read. */
export class BodyTooLarge extends Error {
	override readonly name = "BodyTooLarge";
	readonly maxBytes: number;

	constructor(maxBytes: number) {
		super(`The body is longer than ${maxBytes} bytes.`);
		this.maxBytes = maxBytes;
	}
}

/**
 * Reads the body of a request or a response up to a limit, without trusting its headers. Throws BodyTooLarge, and what
 * the stream throws if the sender goes away.
 */
export async function readLimitedBody(
	body: ReadableStream<Uint8Array> | null,
	maxBytes: number,
): Promise<Buffer<ArrayBuffer>> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body ?? []) {
		size += chunk.byteLength;
		if (size > maxBytes) throw new BodyTooLarge(maxBytes);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** Longer than the largest body needs on a bad line; a sender of one byte each few seconds is cut off. */
const BODY_TIMEOUT_MS = 15_000;

/**
 * Ends requests whose body has not arrived in time. Node limits the time of an HTTP/1.1 request, in minutes, and that of
 * an HTTP/2 request not at all.
 */
export function limitBodyTime(server: EventEmitter, timeoutMs: number = BODY_TIMEOUT_MS): void {
	server.on("request", (request: IncomingMessage | Http2ServerRequest) => {
		// A stream of events is open for days after a request that has no body.
		if (request.method === "GET" || request.method === "HEAD") return;
		const timer = setTimeout(() => {
			if (request.complete) return;
			// Over HTTP/2 the stream only: other requests of the connection go on.
			if ("stream" in request) request.stream.close(constants.NGHTTP2_CANCEL);
			else request.destroy();
		}, timeoutMs);
		timer.unref();
		for (const end of ["end", "close"]) request.once(end, () => clearTimeout(timer));
	});
}

/**
 * Says that the connection ends where a request of HTTP/1.1 was answered before all of it came: what is left of it is not
 * read, and a proxy must not send somebody else's request after it.
 */
export function endIfUnread(incoming: IncomingMessage | Http2ServerRequest, response: Response): Response {
	if (incoming.httpVersionMajor === 1 && response.status >= 400 && !incoming.complete)
		response.headers.set("connection", "close");
	return response;
}
