import type { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { constants, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { MINUTE_MS } from "../time/durations.ts";

/** A page on a bad line takes a part of its answer in this time. Who takes nothing is gone, or means to fill our memory. */
const UNREAD_TIMEOUT_MS = 2 * MINUTE_MS;
const CHECKS_WITHIN_TIMEOUT = 4;

type Answer = ServerResponse<IncomingMessage> | Http2ServerResponse<Http2ServerRequest>;

/**
 * Ends answers of which the other side reads nothing any more: Node keeps them, and what they hold, for as long as the
 * connection stands. A stream of events with nothing to say is no such answer.
 */
export function limitUnreadTime(server: EventEmitter, timeoutMs: number = UNREAD_TIMEOUT_MS): void {
	const open = new Map<Answer, { unread: number; since: number }>();
	const check = () => {
		const now = performance.now();
		for (const [answer, last] of open) {
			const unread = answer.writableLength;
			if (unread === 0 || unread !== last.unread) open.set(answer, { unread, since: now });
			else if (now - last.since >= timeoutMs) end(answer);
		}
	};
	const timer = setInterval(check, timeoutMs / CHECKS_WITHIN_TIMEOUT);
	timer.unref();
	server.once("close", () => clearInterval(timer));
	server.on("request", (_request: unknown, answer: Answer) => {
		open.set(answer, { unread: 0, since: performance.now() });
		answer.once("close", () => open.delete(answer));
	});
}

function end(answer: Answer): void {
	if (!("stream" in answer)) answer.socket?.destroy();
	// Over HTTP/2 the stream only: others of the connection may be read. Where not even its end can be sent, the connection.
	else if (answer.stream.closed) answer.stream.session?.destroy();
	else answer.stream.close(constants.NGHTTP2_CANCEL);
}
