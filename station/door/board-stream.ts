import type { Board } from "../../protocol/board.ts";
import type { Live } from "./live.ts";

/** So that a proxy, or a sleeping board's own system, does not take a quiet stream for a dead one; in milliseconds. */
const KEEP_ALIVE = 15_000;
const HEADERS = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };

/**
 * The board's stream of server-sent events, as the contract describes it. It goes past the API's own encoder,
 * which checks and writes each picture anew for each board: with fifty of them that kept desks waiting. Here a
 * picture becomes bytes once, whoever reads them.
 */
export function makeBoardStream(board: Live<Board>): (signal: AbortSignal) => Response {
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

	return (signal) => {
		const leaving = new AbortController();
		const pictures = board.follow(AbortSignal.any([signal, leaving.signal]));
		let timer: NodeJS.Timeout | undefined;
		const body = new ReadableStream<Uint8Array>({
			start(controller) {
				timer = setInterval(() => controller.enqueue(comment), KEEP_ALIVE);
			},
			async pull(controller) {
				const { done, value } = await pictures.next();
				if (!done) return controller.enqueue(bytesOf(value));
				clearInterval(timer);
				if (!leaving.signal.aborted) controller.close();
			},
			cancel() {
				clearInterval(timer);
				leaving.abort();
			},
		});
		return new Response(body, { headers: HEADERS });
	};
}
