import { describe, expect, test } from "vitest";
import { serviceTranslationSchema } from "../../../protocol/catalogue/catalogue.ts";
import { deviceNameSchema } from "../../../protocol/model/device.ts";
import { isPlainText, plainTextSchema } from "../../../protocol/model/plain-text.ts";
import { noteSchema } from "../../../protocol/model/ticket.ts";

describe("one line of text for people", () => {
	test.each([
		["a line feed", "two\nlines"],
		["a bell", "ring\u0007"],
		["an override of writing direction", "abc\u202etxt"],
		["an isolate of writing direction", "abc\u2067txt"],
		["a direction mark", "abc\u200ftxt"],
		["a byte order mark", "abc\ufefftxt"],
		["a line separator", "abc\u2028txt"],
		["half a character", "abc\ud83d"],
		["C1 controls", "abc\u0085txt"],
	])("with %s is refused", (_name, text) => {
		expect(isPlainText(text)).toBe(false);
		for (const schema of [plainTextSchema(60), noteSchema, deviceNameSchema])
			expect(schema.safeParse(text).success).toBe(false);
		expect(serviceTranslationSchema.safeParse({ name: text, description: "Plain." }).success).toBe(false);
	});

	test.each(["Firmen\u00adregistrierung", "ถิ่น\u200bที่อยู่", "می\u200cخواهم", "永久居留申请", "الإقامة الدائمة", "Émile"])(
		"%j is taken",
		(text) => {
			expect(plainTextSchema(60).parse(text)).toBe(text.normalize("NFC"));
		},
	);

	test("is composed (NFC), so that its length counts what people see", () => {
		expect(plainTextSchema(3).parse("취업허".normalize("NFD"))).toBe("취업허");
	});
});
