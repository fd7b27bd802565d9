import { type AppendRequest, BATCH_EVENTS, REQUEST_BATCHES } from "./sync.ts";

/*
 * The body of an append: a line of JSON that says where the events belong and how they form batches, then each event's
 * exact text on a line of its own (JSON has no line break outside of an escape). Inside of a JSON string every quotation
 * mark of a text would be escaped, compressed and parsed twice. The body has the chain's hash once for each batch, not
 * for each event: it covers them all, and hashes do not compress.
 */

/** One more than a body may have, so that a body that is too long is noticed without splitting all of it. */
const MAX_LINES = 1 + REQUEST_BATCHES * BATCH_EVENTS + 1;

export const APPEND_TYPE = "application/x-ndjson";

/** The body of an append. */
export function writeAppend({ batches, ...place }: AppendRequest): string {
	const sizes = batches.map(({ texts, head }) => ({ events: texts.length, head }));
	return [JSON.stringify({ ...place, batches: sizes }), ...batches.flatMap(({ texts }) => texts)].join("\n");
}

/** Reads a body into a request whose shape is not checked yet; undefined where the first line is not such a line, or the number of events differs from it. */
export function readAppend(body: string): unknown {
	const [first = "", ...texts] = body.split("\n", MAX_LINES);
	const place = parseJson(first);
	if (typeof place !== "object" || place === null || !("batches" in place) || !Array.isArray(place.batches))
		return undefined;
	let from = 0;
	const batches = place.batches.map((size: unknown) => {
		const { events, ...rest } = Object(size) as { events?: unknown };
		const to = from + (typeof events === "number" && events > 0 ? events : 0);
		const batch = { ...rest, texts: texts.slice(from, to) };
		from = to;
		return batch;
	});
	return from === texts.length ? { ...place, batches } : undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
