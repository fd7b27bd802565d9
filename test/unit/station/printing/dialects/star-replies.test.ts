import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reply } from "../../../../../station/printing/dialects/dialect.ts";
import { star } from "../../../../../station/printing/dialects/star/star.ts";
import { StarReplies } from "../../../../../station/printing/dialects/star/star-replies.ts";

const WELL = [0x23, 0x06, 0, 0, 0, 0, 0, 0, 0];
const ready = { condition: "ready" as const, paperNearEnd: false };

describe("what the printer says of itself", () => {
	test.each([
		["ready", WELL, ready],
		["a newer version's second byte", [0x23, 0x86, 0, 0, 0, 0, 0, 0, 0], ready],
		["seven bytes", [0x0f, 0x06, 0x08, 0, 0, 0, 0], { condition: "offline", paperNearEnd: false }],
		["near end", [0x23, 0x06, 0, 0, 0, 0x04, 0, 0, 0], { condition: "ready", paperNearEnd: true }],
		["paper", [0x23, 0x06, 0x08, 0, 0, 0x0c, 0, 0, 0], { condition: "paper-out", paperNearEnd: true }],
		["cover", [0x23, 0x06, 0x28, 0, 0, 0x0c, 0, 0, 0], { condition: "cover-open", paperNearEnd: true }],
		["cutter", [0x23, 0x06, 0x08, 0x08, 0, 0, 0, 0, 0], { condition: "cutter-error", paperNearEnd: false }],
		["broken", [0x23, 0x06, 0x08, 0x20, 0, 0, 0, 0, 0], { condition: "error", paperNearEnd: false }],
	])("%s", (_, bytes, status) => {
		const parser = new StarReplies();
		expect(parser.push(Uint8Array.from(bytes))).toEqual([{ kind: "status", status }]);
	});
});

interface Message {
	bytes: number[];
	reply: Reply;
}

const printed: fc.Arbitrary<Message> = fc.tuple(fc.nat(), fc.nat(255), fc.boolean()).map(([sequence, count, nul]) => {
	const id = star.confirmationId(sequence);
	const tail = nul ? [0, count] : [count, 0];
	return {
		bytes: [0x1b, 0x1d, 0x03, 0x01, ...Buffer.from(id, "latin1"), ...tail],
		reply: { kind: "printed", id, count },
	};
});
const cleared: fc.Arbitrary<Message> = fc.nat(255).map((count) => ({
	bytes: [0x1b, 0x1d, 0x03, 0x00, 0xff, 0xff, count, 0],
	reply: { kind: "cleared" },
}));
const status: fc.Arbitrary<Message> = fc.boolean().map((cover) => ({
	bytes: [0x23, 0x06, cover ? 0x28 : 0, 0, 0, 0, 0, 0x6e, 0],
	reply: { kind: "status", status: { ...ready, condition: cover ? "cover-open" : "ready" } },
}));

describe("replies on the wire", () => {
	test("are understood however they are split or run together", () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(printed, cleared, status), { maxLength: 12 }),
				fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
				(messages, sizes) => {
					const parser = new StarReplies();
					const bytes = Uint8Array.from(messages.flatMap((one) => one.bytes));
					const replies: Reply[] = [];
					for (let at = 0; at < bytes.length; ) {
						const size = sizes.next().value ?? 1;
						replies.push(...parser.push(bytes.subarray(at, at + size)));
						at += size;
					}
					expect(replies).toEqual(messages.map(({ reply }) => reply));
				},
			),
		);
	});

	test("a state that is told within a confirmation, before its counter, loses neither", () => {
		fc.assert(
			fc.property(printed, status, fc.integer({ min: 1, max: 5 }), (outer, inner, place) => {
				const bytes = [...outer.bytes.slice(0, place), ...inner.bytes, ...outer.bytes.slice(place)];
				expect(new StarReplies().push(Uint8Array.from(bytes))).toEqual([inner.reply, outer.reply]);
			}),
		);
	});

	test("bytes of a confirmation were lost: the next one is understood", () => {
		fc.assert(
			fc.property(printed, fc.integer({ min: 0, max: 6 }), printed, (torn, keep, next) => {
				const parser = new StarReplies();
				parser.push(Uint8Array.from(torn.bytes.slice(0, Math.min(keep, 5))));
				expect(parser.push(Uint8Array.from(next.bytes))).toContainEqual(next.reply);
			}),
		);
	});

	test("no bytes at all make it throw", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				for (const reply of new StarReplies().push(bytes)) {
					if (reply.kind === "printed") expect(reply.id).toHaveLength(2);
				}
			}),
		);
	});
});
