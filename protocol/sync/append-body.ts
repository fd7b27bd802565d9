import { type AppendRequest, BATCH_EVENTS, REQUEST_BATCHES } from "./sync.ts";

/*
 * An append on the wire: a line of JSON that says where the events belong and how they are cut into batches, then
 * each event's exact text on a line of its own (JSON has no line break outside of an escape). Inside of JSON every
 * quotation mark of a text would be escaped, packed, and read twice. The chain's hash stands there once for each
 * batch and not for each event: it covers them all, and a hash is what packs worst.
 */

/** One more than a body may have, so that one that is too long is seen to be; a body of line breaks alone is not cut up. */
const MAX_LINES = 1 + REQUEST_BATCHES * BATCH_EVENTS + 1;

export const APPEND_TYPE = "application/x-ndjson";

/** The body of an append. */
export function writeAppend({ batches, ...place }: AppendRequest): string {
	const cut = batches.map(({ texts, head }) => ({ events: texts.length, head }));
	return [JSON.stringify({ ...place, batches: cut }), ...batches.flatMap(({ texts }) => texts)].join("\n");
}

/** What a body says, of no checked shape yet; undefined where it is none: no such first line, or not as many events as that says. */
export function readAppend(body: string): unknown {
	const [first = "", ...texts] = body.split("\n", MAX_LINES);
	const place = parseJson(first);
	if (typeof place !== "object" || place === null || !("batches" in place) || !Array.isArray(place.batches))
		return undefined;
	let from = 0;
	const batches = place.batches.map((cut: unknown) => {
		const { events, ...rest } = Object(cut) as { events?: unknown };
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
