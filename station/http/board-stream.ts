import type { Board } from "../../protocol/api/board.ts";
import type { Broadcast } from "./broadcast.ts";

/** So that a proxy, or a sleeping board's own system, does not take a quiet stream for a dead one; in milliseconds. */
const KEEP_ALIVE = 15_000;
/** Streams of one device or address. A device needs one or two; one that opens more loses its oldest. */
const MAX_STREAMS = 100;
const HEADERS = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };

/**
 * The board's stream of server-sent events, as the contract describes it. It goes past the API's own encoder,
 * which checks and writes each state again for each board: with fifty of them that kept desks waiting. Here a
 * state becomes bytes once, however many boards read them.
 */
export function makeBoardStream(board: Broadcast<Board>): (signal: AbortSignal, client: string) => Response {
	const openStreams = makeStreamLimit();
	const written = new WeakMap<Board, Uint8Array>();
	const encoder = new TextEncoder();
	const comment = encoder.encode(": \n\n");
	const bytesOf = (picture: Board) => {
		const found = written.get(picture);
		if (found) return found;
		const bytes = encoder.encode(`event: message\nid: ${picture.seq}\ndata: ${JSON.stringify(picture)}\n\n`);
		written.set(picture, bytes);
		return bytes;
	};

	return (signal, client) => {
		const leaving = new AbortController();
		const evicted = new AbortController();
		const ended = AbortSignal.any([signal, leaving.signal, evicted.signal]);
		openStreams.add(client, evicted, ended);
		const pictures = board.subscribe(ended);
		let timer: NodeJS.Timeout | undefined;
		const rest = () => clearInterval(timer);
		const body = new ReadableStream<Uint8Array>(
			{
				start(controller) {
					// At once: a reader that has stopped would never come to the end below.
					evicted.signal.addEventListener("abort", () => controller.close(), { once: true });
				},
				async pull(controller) {
					const { done, value } = await pictures.next();
					if (leaving.signal.aborted || evicted.signal.aborted) return rest();
					if (done) {
						rest();
						return controller.close();
					}
					controller.enqueue(bytesOf(value));
					if (timer !== undefined || ended.aborted) return;
					// Not to a reader that has yet to read something: that would pile up.
					timer = setInterval(() => controller.desiredSize === 0 && controller.enqueue(comment), KEEP_ALIVE);
					ended.addEventListener("abort", rest, { once: true });
				},
				async cancel() {
					leaving.abort();
					// A slow reader leaves it between two pictures, where nothing else would wake it.
					await pictures.return();
				},
			},
			// Opened by the first read: HEAD is answered without following the board, and a slow reader gets the newest picture.
			{ highWaterMark: 0 },
		);
		return new Response(body, { headers: HEADERS });
	};
}

/** The open streams of each client, oldest first. Beyond the limit the oldest is aborted. */
function makeStreamLimit() {
	const streams = new Map<string, Set<AbortController>>();
	return {
		add(client: string, stream: AbortController, ended: AbortSignal): void {
			const own = streams.get(client) ?? new Set();
			streams.set(client, own.add(stream));
			const forget = () => {
				own.delete(stream);
				if (own.size === 0) streams.delete(client);
			};
			ended.addEventListener("abort", forget, { once: true });
			const [oldest] = own;
			if (own.size > MAX_STREAMS) oldest?.abort();
		},
	};
}
