import { hash } from "node:crypto";
import { type EventText, splitEvent } from "./personal-fields.ts";

/** The chain's rule: SHA-256, hex, over the previous hash and the digest of the event's exact text. */
export function chainHash(previous: string, text: string): string {
	return chainPartsHash(previous, splitEvent(text));
}

/** The same of a text that is in its parts already. */
export function chainPartsHash(previous: string, parts: EventText): string {
	// One call: a Hash object for each event takes twice as long.
	return hash("sha256", previous + digestOfParts(parts));
}

/**
 * SHA-256, hex, of an event's text. For an event with personal fields: over the digest of the text without them and the
 * digest of the personal fields, so that redacting them changes nothing, and the digest still covers every other fact.
 */
export function digestOf(text: string): string {
	return digestOfParts(splitEvent(text));
}

function digestOfParts(parts: EventText): string {
	const kept = hash("sha256", parts.kept);
	if (parts.kind === "plain") return kept;
	return hash("sha256", kept + (parts.kind === "whole" ? hash("sha256", parts.personal) : parts.digest));
}

/** An event's text without its personal fields. A text without any stays the same, so redacting twice changes nothing. */
export function redactEvent(text: string): string {
	const parts = splitEvent(text);
	return parts.kind === "whole" ? `{"redacted":"${hash("sha256", parts.personal)}",${parts.kept.slice(1)}` : text;
}
