import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bitmap } from "../../../../../station/printing/bitmap.ts";
import { epson, ID_ALPHABET } from "../../../../../station/printing/dialects/epson/epson.ts";
import { escapeRealTime } from "../../../../../station/printing/dialects/epson/escape-real-time.ts";
import { printerSettings } from "../../../../../station/printing/printer-settings.ts";
import { encodeWhole, plainPicture } from "../../../../fixtures/print-harness.ts";
import { decodeStrictly } from "../../../../fixtures/strict-decoder.ts";

/** Bytes among which DLE and what makes it dangerous are frequent. */
const dangerous = fc.oneof(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x00), fc.nat(255));

const bitmap = fc
	.record({ width: fc.constantFrom(576 as const, 384 as const), height: fc.integer({ min: 1, max: 600 }) })
	.chain(({ width, height }) =>
		fc.array(dangerous, { minLength: 1, maxLength: 400 }).map((pattern): Bitmap => {
			const rows = new Uint8Array((width / 8) * height).map((_, at) => pattern[at % pattern.length] ?? 0);
			return { width, height, rows };
		}),
	);

describe("a ticket's bytes", () => {
	test("hold the picture, one cut and one question, and nothing that a strict reader refuses", () => {
		fc.assert(
			fc.property(bitmap, fc.nat(), fc.boolean(), (picture, sequence, cutFirst) => {
				const id = epson.confirmationId(sequence);
				const decoded = decodeStrictly(encodeWhole(epson, picture, id, cutFirst), picture.width);
				expect(decoded.ids).toEqual([id]);
				expect(decoded.cuts).toBe(cutFirst ? 2 : 1);
				expect(decoded.pictures).toHaveLength(1);
				const [printed] = decoded.pictures;
				expect([printed?.width, printed?.height]).toEqual([picture.width, picture.height]);
				// Never a dot less, and one more only where a DLE was.
				const wrong = picture.rows.findIndex((byte, at) => {
					const out = printed?.rows[at];
					return out !== byte && !(byte === 0x10 && out === 0x18);
				});
				expect(wrong).toBe(-1);
			}),
			{ numRuns: 60 },
		);
	});

	test("change no dot where there is no accident", () => {
		const picture = plainPicture();
		expect(decodeStrictly(encodeWhole(epson, picture, "1111")).pictures).toEqual([picture]);
	});
});

test("density and speed are sent only where they were asked for, behind the init that would undo them", () => {
	const { format } = printerSettings({ format: { density: -3, speed: 13 } });
	const bytes = Buffer.from(epson.encodeTicket(plainPicture(), format, false)).toString("hex");
	expect(bytes).toMatch(/^1b401d610e1d284b020031fd1d284b0200320d1d7630/);
	const plain = Buffer.from(epson.encodeTicket(plainPicture(), printerSettings().format, false)).toString("hex");
	expect(plain).toMatch(/^1b401d610e1d7630/);
});

test("paper is fed by white rows, whose length no model reckons otherwise, in bands as small as the others", () => {
	const { format } = printerSettings({ format: { feedDots: 300, bandRows: 64 } });
	const bytes = epson.encodeTicket(plainPicture(576, 64), format, false);
	const { pictures } = decodeStrictly(bytes);
	expect(pictures.map(({ height }) => height)).toEqual([64 + 300]);
	expect(pictures[0]?.rows.subarray(64 * 72).every((byte) => byte === 0)).toBe(true);
	// ESC J
	expect(Buffer.from(bytes.subarray(64 * 72)).includes(Buffer.from([0x1b, 0x4a]))).toBe(false);
});

test("the guard leaves no real-time command, and touches only its first byte", () => {
	fc.assert(
		fc.property(fc.array(dangerous, { maxLength: 300 }), (bytes) => {
			const guarded = Uint8Array.from(bytes);
			escapeRealTime(guarded);
			guarded.forEach((byte, at) => {
				const next = guarded[at + 1];
				expect(byte === 0x10 && (next === 0x04 || next === 0x05 || next === 0x14)).toBe(false);
				if (byte !== bytes[at]) expect([bytes[at], byte]).toEqual([0x10, 0x18]);
			});
		}),
	);
});

test("ids are four characters that no status byte looks like, and differ from one ticket to the next", () => {
	fc.assert(
		fc.property(fc.nat(), (sequence) => {
			const id = epson.confirmationId(sequence);
			expect(id).toMatch(/^[\x20-\x7e]{4}$/);
			expect([...id].every((character) => ID_ALPHABET.includes(character))).toBe(true);
			expect(epson.confirmationId(sequence + 1)).not.toBe(id);
		}),
	);
	for (const character of ID_ALPHABET) expect(character.charCodeAt(0) & 0x11).toBe(0x11);
});
