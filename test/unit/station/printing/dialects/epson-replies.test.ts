import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reply } from "../../../../../station/printing/dialects/dialect.ts";
import { ID_ALPHABET } from "../../../../../station/printing/dialects/epson/epson.ts";
import { EpsonReplies, statusOfAnswers } from "../../../../../station/printing/dialects/epson/epson-replies.ts";

/** The answers to DLE EOT 1 to 4 of a printer that is well. */
const WELL = [0x12, 0x12, 0x12, 0x12];

function statusOf(answers: number[]) {
	const replies = new EpsonReplies().push(Uint8Array.from(answers));
	expect(replies).toEqual(answers.map((byte) => ({ kind: "answer", byte })));
	return statusOfAnswers(new Map(answers.map((byte, question) => [question, byte])));
}

describe("what the printer says of itself", () => {
	test.each([
		["ready", WELL, { condition: "ready", paperNearEnd: false }],
		["near end", [0x12, 0x12, 0x12, 0x1e], { condition: "ready", paperNearEnd: true }],
		["offline", [0x1a, 0x12, 0x12, 0x12], { condition: "offline", paperNearEnd: false }],
		["cover", [0x1a, 0x16, 0x12, 0x12], { condition: "cover-open", paperNearEnd: false }],
		["paper", [0x1a, 0x32, 0x12, 0x7e], { condition: "paper-out", paperNearEnd: true }],
		["cutter", [0x1a, 0x52, 0x1a, 0x12], { condition: "cutter-error", paperNearEnd: false }],
		["broken", [0x1a, 0x52, 0x32, 0x12], { condition: "error", paperNearEnd: false }],
		["cover before paper", [0x1a, 0x36, 0x12, 0x7e], { condition: "cover-open", paperNearEnd: true }],
	] as const)("asked: %s", (_, answers, status) => {
		expect(statusOf([...answers])).toEqual(status);
	});

	test.each([
		["ready", [0x10, 0, 0, 0x0f], { condition: "ready", paperNearEnd: false }],
		["cover", [0x38, 0, 0, 0x0f], { condition: "cover-open", paperNearEnd: false }],
		["paper", [0x18, 0, 0x0f, 0x0f], { condition: "paper-out", paperNearEnd: true }],
		["cutter", [0x18, 0x08, 0, 0x0f], { condition: "cutter-error", paperNearEnd: false }],
	] as const)("by itself: %s", (_, bytes, status) => {
		expect(new EpsonReplies().push(Uint8Array.from(bytes))).toEqual([{ kind: "status", status }]);
	});
});

const id = fc
	.array(fc.constantFrom(...ID_ALPHABET), { minLength: 4, maxLength: 4 })
	.map((characters) => characters.join(""));

/** Any reply with the bytes that carry it. */
const message = fc.oneof<fc.Arbitrary<{ bytes: number[]; reply: Reply }>[]>(
	id.map((text) => ({
		bytes: [0x37, 0x22, ...Buffer.from(text), 0],
		reply: { kind: "printed" as const, id: text },
	})),
	fc.constant<{ bytes: number[]; reply: Reply }>({ bytes: [0x37, 0x25, 0], reply: { kind: "cleared" as const } }),
	fc.boolean().map((cover) => ({
		bytes: [cover ? 0x38 : 0x10, 0, 0, 0x0f],
		reply: {
			kind: "status" as const,
			status: { condition: cover ? ("cover-open" as const) : ("ready" as const), paperNearEnd: false },
		},
	})),
	fc.constant<{ bytes: number[]; reply: Reply }>({ bytes: [0x16], reply: { kind: "answer" as const, byte: 0x16 } }),
);

describe("replies", () => {
	test("are understood however they are split or run together", () => {
		fc.assert(
			fc.property(
				fc.array(message, { maxLength: 12 }),
				fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
				(messages, sizes) => {
					const parser = new EpsonReplies();
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

	test("a status report in the middle of a confirmation loses neither", () => {
		fc.assert(
			fc.property(id, fc.integer({ min: 2, max: 6 }), fc.boolean(), (text, place, automatic) => {
				const confirmation = [0x37, 0x22, ...Buffer.from(text), 0];
				const parser = new EpsonReplies();
				const middle = automatic ? [0x38, 0, 0, 0x0f] : [0x12];
				const replies = parser.push(
					Uint8Array.from([...confirmation.slice(0, place), ...middle, ...confirmation.slice(place)]),
				);
				expect(replies.map(({ kind }) => kind).sort()).toEqual([automatic ? "status" : "answer", "printed"].sort());
				expect(replies).toContainEqual({ kind: "printed", id: text });
			}),
		);
	});

	test("after lost bytes the next reply is understood", () => {
		fc.assert(
			fc.property(message, fc.nat(6), message, (torn, keep, next) => {
				fc.pre(["printed", "cleared"].includes(torn.reply.kind) && ["printed", "cleared"].includes(next.reply.kind));
				const parser = new EpsonReplies();
				parser.push(Uint8Array.from(torn.bytes.slice(0, Math.min(keep, torn.bytes.length - 1))));
				expect(parser.push(Uint8Array.from(next.bytes))).toContainEqual(next.reply);
			}),
		);
	});

	test("no bytes make it throw", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				for (const reply of new EpsonReplies().push(bytes)) {
					if (reply.kind === "printed") expect(reply.id).toHaveLength(4);
				}
			}),
		);
	});
});
