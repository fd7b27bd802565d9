import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { personalDataIn } from "../../../../renderer/desk/state/personal-data.ts";

describe("personal data in a note", () => {
	test.each([
		["passport E12345678 seen", "passport"],
		["护照EA1234567", "passport"],
		["C01X00T47 (German)", "passport"],
		["id 31010119900307123X", "identity-card"],
		["FRA310012345678", "identity-card"],
		["call 138 1234 5678", "phone"],
		["+49 (0)30-123456", "phone"],
		["电话13812345678", "phone"],
		["a.b@example.org", "mail"],
		["born 1990-03-07", "birth-date"],
		["1990年3月7日", "birth-date"],
	])("%s looks like %s", (text, kind) => {
		expect(personalDataIn(text)).toBe(kind);
	});

	test.each([
		"lease copy follows on 12 May",
		"B012 came before, see A003",
		"材料不齐，缺住宿登记单2份",
		"counter 3, 10:30, room 1204",
		"needs form 26 and 27",
		"waits since 09:15, 2 children",
	])("%s looks like none", (text) => {
		expect(personalDataIn(text)).toBeNull();
	});

	test("a passport or phone number is found in any text", () => {
		const messages = fc.stringMatching(/^[a-z ]{0,20}$/);
		const passport = fc.stringMatching(/^[A-Z]{1,2}\d{7}$/);
		const phone = fc.stringMatching(/^1[3-9]\d{9}$/);
		fc.assert(
			fc.property(messages, fc.oneof(passport, phone), messages, (before, secret, after) => {
				expect(personalDataIn(`${before} ${secret} ${after}`)).not.toBeNull();
			}),
		);
	});
});
