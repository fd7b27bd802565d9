import { hash } from "node:crypto";
import { splitEvent } from "./personal-fields.ts";

/** The chain's rule: SHA-256, hex, over the hash before and the digest of the event's exact text. */
export function chainHash(previous: string, text: string): string {
	// In one go: a Hash object for each event takes twice as long.
	return hash("sha256", previous + digestOf(text));
}

/**
 * SHA-256, hex, of an event's text. Where it has links: over the digests of the text without them and of the links,
 * so that it is the same when they were cut, and every fact that is left is still held by it.
 */
export function digestOf(text: string): string {
	const parts = splitEvent(text);
	const kept = hash("sha256", parts.kept);
	if (parts.kind === "plain") return kept;
	return hash("sha256", kept + (parts.kind === "whole" ? hash("sha256", parts.links) : parts.digest));
}

/** What is left of an event's text without its links; one that has none stays as it is, so cutting twice changes nothing. */
export function redactEvent(text: string): string {
	const parts = splitEvent(text);
	return parts.kind === "whole" ? `{"redacted":"${hash("sha256", parts.links)}",${parts.kept.slice(1)}` : text;
}
