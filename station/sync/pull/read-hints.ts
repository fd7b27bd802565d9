import { hintSchema } from "../../../protocol/sync/command.ts";

/** The hints in a stream of server-sent events: within how many milliseconds to poll. What is no hint is passed over. */
export async function* readHints(body: AsyncIterable<Uint8Array>): AsyncGenerator<number, void, undefined> {
	const decoder = new TextDecoder();
	let rest = "";
	for await (const chunk of body) {
		const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
		rest = lines.pop() ?? "";
		// Longer than any hint: not this protocol, and not to be gathered for ever.
		if (rest.length > 1_024) return;
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
