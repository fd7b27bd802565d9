import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EVENT_FORMAT, eventPayloads, FIRST_HASH } from "../../../protocol/events/event.ts";
import { chainHash, redactEvent } from "../../../protocol/events/hash-chain.ts";
import { isRedacted } from "../../../protocol/events/personal-fields.ts";
import { readEvent, UPCASTERS } from "../../../protocol/events/upcasters.ts";

/*
 * The exact texts of every format ever released, an event of each type in each of its shapes: one file a format, which
 * is never edited once it was released. A change of the schemas that does not read one of them any more needs a new
 * format and an upcaster.
 */
const FORMATS = Array.from({ length: EVENT_FORMAT }, (_, index) => index + 1);
const textsOf = (format: number) =>
	readFileSync(new URL(`events-${format}.jsonl`, import.meta.url), "utf8")
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line) as { text: string; hash: string });

test.for(FORMATS)("every event of format %i is read, whole and cut, and its chain holds", (format) => {
	let hash = FIRST_HASH;
	for (const { text, hash: said } of textsOf(format)) {
		expect(readEvent(text), text).toBeDefined();
		expect(readEvent(redactEvent(text)), text).toBeDefined();
		expect(chainHash(hash, text)).toBe(said);
		expect(chainHash(hash, redactEvent(text))).toBe(said);
		hash = said;
	}
});

test("the newest format has an event of each type, and a redacted one of each that has personal fields", () => {
	const texts = textsOf(EVENT_FORMAT).map(({ text }) => text);
	expect(new Set(texts.map((text) => readEvent(text)?.type))).toEqual(new Set(Object.keys(eventPayloads)));
	expect(texts.map(redactEvent).filter(isRedacted).length).toBeGreaterThan(0);
});

test("each format but the newest has an upcaster, and there is none for a format that is not there", () => {
	expect([...UPCASTERS.keys()]).toEqual(FORMATS.slice(0, -1));
	expect(existsSync(new URL(`events-${EVENT_FORMAT + 1}.jsonl`, import.meta.url))).toBe(false);
});

test.for([
	["a format to come", { format: EVENT_FORMAT + 1 }],
	["no format", { format: undefined }],
	["format 0", { format: 0 }],
	["a type to come", { type: "tea.poured" }],
	["a member too many", { tea: true }],
])("%s is not read", ([, change]) => {
	const [first] = textsOf(EVENT_FORMAT);
	expect(readEvent(JSON.stringify({ ...JSON.parse(String(first?.text)), ...Object(change) }))).toBeUndefined();
});
