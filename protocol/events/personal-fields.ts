import type { EventType } from "./event.ts";

/*
 * Some events bear what links them to a visitor: the language, a note, the code on the paper. That stands in a member
 * of its own at the end of the event's text, with a salt, so that it can be cut off when it is old:
 *
 *   {"format":1,...,"type":"ticket.noted","data":{...},"personal":{"salt":"...","note":"..."}}
 *   {"redacted":"<SHA-256 of the personal member>","format":1,...,"type":"ticket.noted","data":{...}}
 *
 * The chain is over both halves' digests (chain.ts): what is left of a cut event is still sealed, every fact of it,
 * and nobody can guess from the digest what was cut, since nobody knows the salt.
 */

/** The members of an event's data that link it to a visitor, and what they are once they were cut. */
const PERSONAL_FIELDS: Partial<Record<EventType, Record<string, null | undefined>>> = {
	"ticket.issued": { language: null, visit: undefined },
	"ticket.noted": { note: null },
	"ticket.referred": { codeDigest: null, visitor: null },
	"visit.expected": { language: null, from: undefined },
	"help.requested": { language: null },
};

export const PERSONAL_EVENT_TYPES = Object.keys(PERSONAL_FIELDS) as EventType[];

type Json = Record<string, unknown>;

/** An event's text in its parts: nothing to cut, or the text without its links and those, whole or as their digest. */
export type EventText =
	| { kind: "plain"; kept: string }
	| { kind: "whole"; kept: string; links: string }
	| { kind: "redacted"; kept: string; digest: string };

const BEFORE_PERSONAL = ',"personal":';
const REDACTED = /^\{"redacted":"([0-9a-f]{64})",/;

/** By the exact text: inside of a JSON string no quotation mark stands without a backslash, so neither does the mark of the links. */
export function splitEvent(text: string): EventText {
	const redacted = REDACTED.exec(text);
	if (redacted?.[1] !== undefined)
		return { kind: "redacted", kept: `{${text.slice(redacted[0].length)}`, digest: redacted[1] };
	const at = text.lastIndexOf(`${BEFORE_PERSONAL}{`);
	if (at === -1) return { kind: "plain", kept: text };
	return { kind: "whole", kept: `${text.slice(0, at)}}`, links: text.slice(at + BEFORE_PERSONAL.length, -1) };
}

export function whole(kept: string, links: string): string {
	return `${kept.slice(0, -1)}${BEFORE_PERSONAL}${links}}`;
}

export function isRedacted(text: string): boolean {
	return REDACTED.test(text);
}

/** What of a change stands in the event's data, and what in its links; undefined where that type has none. */
export function splitPersonalFields(type: EventType, data: Json): { data: Json; links: Json | undefined } {
	const names = PERSONAL_FIELDS[type];
	if (!names) return { data, links: undefined };
	const members = Object.entries(data);
	return {
		data: Object.fromEntries(members.filter(([name]) => !(name in names))),
		links: Object.fromEntries(members.filter(([name]) => name in names)),
	};
}

/** An event as it is read: its links in their places among the data, or what is there once they were cut; undefined where they are not as the type has them. */
export function joinPersonalFields(deps: EventText, kept: unknown, links: unknown): unknown {
	const { type, data } = Object(kept) as { type?: unknown; data?: unknown };
	const names = typeof type === "string" ? PERSONAL_FIELDS[type as EventType] : undefined;
	if (!names) return deps.kind === "plain" ? kept : undefined;
	const facts = Object(data) as Json;
	if (deps.kind === "plain" || Object.keys(facts).some((name) => name in names)) return undefined;
	const { salt, ...found } = (deps.kind === "whole" ? Object(links) : { salt: "", ...names }) as Json;
	if (typeof salt !== "string" || Object.keys(found).some((name) => !(name in names))) return undefined;
	return { ...Object(kept), data: { ...facts, ...found } };
}
