import { hintSchema } from "../../../protocol/sync/command.ts";

const MAX_LINE_CHARACTERS = 1_024;

/** Reads hints from a stream of server-sent events: within how many milliseconds to poll. Skips everything else. */
export async function* readHints(body: AsyncIterable<Uint8Array>): AsyncGenerator<number, void, undefined> {
	const decoder = new TextDecoder();
	let unread = "";
	for await (const chunk of body) {
		const lines = (unread + decoder.decode(chunk, { stream: true })).split("\n");
		unread = lines.pop() ?? "";
		// Longer than any hint: not this protocol. Do not collect it for ever.
		if (unread.length > MAX_LINE_CHARACTERS) return;
		for (const line of lines) {
			const hint = line.startsWith("data:") ? hintSchema.safeParse(parseJson(line.slice(5))).data : undefined;
			if (hint) yield hint.within;
		}
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
