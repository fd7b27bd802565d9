import type { Readable, Writable } from "node:stream";
import { z } from "zod";

const messageSchema = z.object({
	id: z.number().optional(),
	sessionId: z.string().optional(),
	method: z.string().optional(),
	params: z.unknown().optional(),
	result: z.unknown().optional(),
	error: z.object({ message: z.string() }).optional(),
});

export interface DevToolsEvent {
	method: string;
	params: unknown;
	sessionId: string | undefined;
}

export interface DevTools {
	/** Rejects if the browser refuses or ends. A page that has crashed or hangs may never answer. */
	send(method: string, params?: object, sessionId?: string): Promise<unknown>;
}

/** The DevTools protocol over the pipes of --remote-debugging-pipe: JSON texts that end with a zero byte. */
export function openDevTools(
	{ input, output }: { input: Writable; output: Readable },
	onEvent: (event: DevToolsEvent) => void,
): DevTools {
	const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
	let lastId = 0;
	let rest = "";
	const receive = (text: string) => {
		const { id, method, params, result, error, sessionId } = messageSchema.parse(JSON.parse(text));
		if (id === undefined) {
			if (method !== undefined) onEvent({ method, params, sessionId });
			return;
		}
		const answer = waiting.get(id);
		waiting.delete(id);
		if (error) answer?.reject(new Error(error.message));
		else answer?.resolve(result);
	};
	output.setEncoding("utf8").on("data", (text: string) => {
		const texts = (rest + text).split("\0");
		rest = texts.pop() ?? "";
		texts.forEach(receive);
	});
	output.once("close", () => {
		for (const { reject } of waiting.values()) reject(new Error("the browser has ended"));
		waiting.clear();
	});
	// A browser that has just ended: `close` says the same.
	input.on("error", () => {});
	return {
		send(method, params = {}, sessionId) {
			lastId += 1;
			const id = lastId;
			const { promise, resolve, reject } = Promise.withResolvers<unknown>();
			waiting.set(id, { resolve, reject });
			input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
			return promise;
		},
	};
}
