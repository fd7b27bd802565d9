import fc from "fast-check";
import { expect, test } from "vitest";
import { readAppend, writeAppend } from "../../../protocol/sync/append-body.ts";
import { appendRequestSchema, BATCH_EVENTS, REQUEST_BATCHES } from "../../../protocol/sync/sync.ts";
import { asStreamId } from "../../fixtures/ids.ts";

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
/** As JSON.stringify writes it: whatever is in it, no line break outside of an escape. */
const text = fc
	.record({ note: fc.string({ unit: "binary" }) })
	.map((one) => JSON.stringify(one))
	.filter((one) => one.isWellFormed());
const request = fc.record({
	stream: fc.uuid().map(asStreamId),
	after: fc.nat(),
	previousHash: hash,
	batches: fc.array(fc.record({ texts: fc.array(text, { minLength: 1, maxLength: 5 }), head: hash }), {
		minLength: 1,
		maxLength: REQUEST_BATCHES,
	}),
});

test("what was written is read: every text to the byte, every batch where it was cut", () => {
	fc.assert(
		fc.property(request, (one) => {
			expect(appendRequestSchema.parse(readAppend(writeAppend(one)))).toEqual(one);
		}),
	);
});

test("a body that has not the events it says is none", () => {
	fc.assert(
		fc.property(request, fc.nat(), (one, drawn) => {
			const lines = writeAppend(one).split("\n");
			const place = 1 + (drawn % (lines.length - 1));
			expect(readAppend(lines.toSpliced(place, 1).join("\n"))).toBeUndefined();
			expect(readAppend(lines.toSpliced(place, 0, "{}").join("\n"))).toBeUndefined();
		}),
	);
});

test.for(["", "\n", "null", "[]", '{"batches":3}', "{", '"text"'])("%j is none", (body) => {
	expect(readAppend(body)).toBeUndefined();
});

test.for([{ events: -1 }, { events: "1" }, { events: 0.5 }, {}, 7, null])("a batch of %j is refused", (cut) => {
	const place = { stream: crypto.randomUUID(), after: 0, previousHash: "0".repeat(64), batches: [cut] };
	const body = readAppend([JSON.stringify(place), "{}"].join("\n"));
	expect(body === undefined || !appendRequestSchema.safeParse(body).success).toBe(true);
});

test("line breaks alone are not cut up further than a request may be long", () => {
	const place = { batches: [{ events: 4_000_000 }] };
	expect(readAppend(JSON.stringify(place) + "\n".repeat(4_000_000))).toBeUndefined();
	const most = REQUEST_BATCHES * BATCH_EVENTS;
	const whole = readAppend(JSON.stringify({ batches: [{ events: most }] }) + "\n{}".repeat(most));
	expect(whole).toMatchObject({ batches: [{ texts: { length: most } }] });
});
