import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "../../../protocol/events/event.ts";
import { digestOf, redactEvent } from "../../../protocol/events/hash-chain.ts";
import { isRedacted, PERSONAL_EVENT_TYPES } from "../../../protocol/events/personal-fields.ts";
import { readEvent } from "../../../protocol/events/upcasters.ts";
import type { TicketId } from "../../../protocol/model/ids.ts";
import { noteSchema } from "../../../protocol/model/ticket.ts";
import { chainEvent, firstHead } from "../../../station/events/hash-chain.ts";
import { asCounter, newRandomId, randomId } from "../../fixtures/ids.ts";

const sealed = (change: Change) => chainEvent(firstHead(randomId()), change, { newId: newRandomId, at: 1_000 }).text;
const noted = (note: string | null) => sealed({ type: "ticket.noted", data: { ticket: randomId(), version: 2, note } });
const asked = () => sealed({ type: "help.requested", data: { language: "ar" } });
const finished = () =>
	sealed({
		type: "ticket.finished",
		data: { ticket: randomId<TicketId>(), version: 3, counter: asCounter("1"), outcome: "answered" },
	});

/** A note that the schema takes as it is. */
const note = fc
	.string({ unit: "binary", minLength: 1, maxLength: 200 })
	.filter((one) => noteSchema.safeParse(one).data === one);

describe("cutting", () => {
	test("redacts the personal fields and nothing else, leaves their digest, and does nothing a second time", () => {
		fc.assert(
			fc.property(note, (one) => {
				const text = noted(one);
				const cut = redactEvent(text);
				expect(readEvent(text)?.data).toMatchObject({ note: one });
				expect(readEvent(cut)).toEqual({ ...readEvent(text), data: { ...readEvent(text)?.data, note: null } });
				expect(digestOf(cut)).toBe(digestOf(text));
				expect(redactEvent(cut)).toBe(cut);
			}),
			{ examples: [['","personal":{"salt":"x"}'], [',"personal":{'], ["\\"], ['\\",\\"links\\":{']] },
		);
	});

	test("an event without personal fields does not change", () => {
		const text = finished();
		expect(redactEvent(text)).toBe(text);
	});

	test("what was cut cannot be found by trying: the same link has another digest each time", () => {
		const digests = Array.from({ length: 20 }, () => /^\{"redacted":"([^"]+)"/.exec(redactEvent(asked()))?.[1]);
		expect(new Set(digests).size).toBe(20);
	});
});

describe("what is left of a cut event", () => {
	test("is held by the digest: no byte of it can be another", () => {
		const cut = redactEvent(noted("waits for a copy"));
		fc.assert(
			fc.property(fc.nat(cut.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (place, letter) => {
				const altered = cut.slice(0, place) + letter + cut.slice(place + 1);
				fc.pre(altered !== cut);
				expect(digestOf(altered)).not.toBe(digestOf(cut));
			}),
		);
	});

	test.for<[string, () => string]>([
		["of a type without personal fields", () => `{"redacted":"${digestOf(finished())}",${finished().slice(1)}`],
		[
			"that still bears a link among its facts",
			() => redactEvent(asked()).replace('"data":{', '"data":{"language":"en"'),
		],
		["that still has its personal fields", () => `{"redacted":"${"a".repeat(64)}",${asked().slice(1)}`],
		["twice", () => `{"redacted":"${"a".repeat(64)}",${redactEvent(asked()).slice(1)}`],
	])("%s is no event", ([, make]) => {
		expect(isRedacted(make())).toBe(true);
		expect(readEvent(make())).toBeUndefined();
	});
});

test.for<[string, () => string]>([
	["personal fields where the type has none", () => finished().replace(/\}$/, ',"personal":{"salt":"x"}}')],
	["no personal fields where the type has them", () => asked().replace(/,"personal":.*$/, "}")],
	["personal fields without a salt", () => asked().replace(/"salt":"[^"]+",/, "")],
	["a link that the type does not have", () => asked().replace('"salt"', '"note":"x","salt"')],
	["a link among the facts as well", () => asked().replace('"data":{', '"data":{"language":"en"')],
	[
		"personal fields in another form, which could not be redacted",
		() => asked().replace(',"personal":{', ',"personal": {'),
	],
])("an event with %s is none", ([, make]) => {
	expect(PERSONAL_EVENT_TYPES).toContain("help.requested");
	expect(readEvent(make())).toBeUndefined();
});
