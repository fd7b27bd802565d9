import type { EventType } from "./event.ts";

/*
 * Some events have fields that link them to a visitor: the language, a note, the code on the paper. These are in a member
 * of their own at the end of the event's text, with a salt, so that they can be redacted when they are old:
 *
 *   {"format":1,...,"type":"ticket.noted","data":{...},"personal":{"salt":"...","note":"..."}}
 *   {"redacted":"<SHA-256 of the personal member>","format":1,...,"type":"ticket.noted","data":{...}}
 *
 * The chain is over the digests of both halves (hash-chain.ts). So it still covers every other fact of a redacted event,
 * and the redacted fields cannot be guessed from their digest, because the salt is gone with them.
 */

/** The members of an event's data that link it to a visitor, with their values after redaction. */
const PERSONAL_FIELDS: Partial<Record<EventType, Record<string, null | undefined>>> = {
	"ticket.issued": { language: null, visit: undefined },
	"ticket.noted": { note: null },
	"ticket.referred": { codeDigest: null, visitor: null },
	"visit.expected": { language: null, from: undefined },
	"help.requested": { language: null },
};

export const PERSONAL_EVENT_TYPES = Object.keys(PERSONAL_FIELDS) as EventType[];

type Json = Record<string, unknown>;

/** An event's text in its parts: nothing personal, or the text without its personal fields and these, whole or as their digest. */
export type EventText =
	| { kind: "plain"; kept: string }
	| { kind: "whole"; kept: string; personal: string }
	| { kind: "redacted"; kept: string; digest: string };

const BEFORE_PERSONAL = ',"personal":';
const REDACTED = /^\{"redacted":"([0-9a-f]{64})",/;

/** Splits the exact text. Inside of a JSON string every quotation mark has a backslash, so BEFORE_PERSONAL cannot be in one. */
export function splitEvent(text: string): EventText {
	const redacted = REDACTED.exec(text);
	if (redacted?.[1] !== undefined)
		return { kind: "redacted", kept: `{${text.slice(redacted[0].length)}`, digest: redacted[1] };
	const at = text.lastIndexOf(`${BEFORE_PERSONAL}{`);
	if (at === -1) return { kind: "plain", kept: text };
	return { kind: "whole", kept: `${text.slice(0, at)}}`, personal: text.slice(at + BEFORE_PERSONAL.length, -1) };
}

/** The text of an event with its personal fields: the reverse of splitEvent. */
export function joinText(kept: string, personal: string): string {
	return `${kept.slice(0, -1)}${BEFORE_PERSONAL}${personal}}`;
}

export function isRedacted(text: string): boolean {
	return REDACTED.test(text);
}

/** Splits a change's data into facts and personal fields; undefined where that type has no personal fields. */
export function splitPersonalFields(type: EventType, data: Json): { data: Json; personal: Json | undefined } {
	const names = PERSONAL_FIELDS[type];
	if (!names) return { data, personal: undefined };
	const split: { data: Json; personal: Json } = { data: {}, personal: {} };
	for (const name of Object.keys(data)) (name in names ? split.personal : split.data)[name] = data[name];
	return split;
}

/**
 * Puts the personal fields back into the event's data, or their values after redaction. Undefined where they are not
 * those of the event's type.
 */
export function joinPersonalFields(parts: EventText, kept: unknown, personal: unknown): unknown {
	const { type, data } = Object(kept) as { type?: unknown; data?: unknown };
	const names = typeof type === "string" ? PERSONAL_FIELDS[type as EventType] : undefined;
	if (!names) return parts.kind === "plain" ? kept : undefined;
	const facts = Object(data) as Json;
	if (parts.kind === "plain" || Object.keys(facts).some((name) => name in names)) return undefined;
	const { salt, ...found } = (parts.kind === "whole" ? Object(personal) : { salt: "", ...names }) as Json;
	if (typeof salt !== "string" || Object.keys(found).some((name) => !(name in names))) return undefined;
	return { ...Object(kept), data: { ...facts, ...found } };
}
