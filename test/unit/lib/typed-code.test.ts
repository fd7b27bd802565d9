import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeOfScan, foldCode } from "../../../lib/typed-code.ts";

describe("a typed code", () => {
	test.each([
		["hy-12", "HY12"],
		["ABIO", "AB10"],
		["ab lo", "AB10"],
		["ＡＢ１２", "AB12"],
		["  a.b/1_2 ", "AB12"],
		["abİ2", "AB12"],
		["abı2", "AB12"],
		["áb12", "AB12"],
		["AB\u200b12\u00ad", "AB12"],
		["١٢٣٤", "1234"],
		["۱۲۳۴", "1234"],
		["१२३४", "1234"],
		["ABー12", "AB12"],
		["AB一12", "AB12"],
	])("%j is %s", (typed, folded) => {
		expect(foldCode(typed)).toBe(folded);
	});

	test.each(["АВHY12", "HY12号", "一HY12"])("%j has letters that no code has, so it is nobody's code", (typed) => {
		expect(foldCode(typed)).not.toMatch(/^[0-9A-Z]*HY12$/);
	});

	test("folding twice changes nothing", () => {
		fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => foldCode(foldCode(text)) === foldCode(text)));
	});
});

describe("what a code reader sends", () => {
	test.each([
		["SCAN02", "SCAN02"],
		["]Q3SCAN02", "SCAN02"],
		["]C1SCAN02", "SCAN02"],
		["https://queue.example/phone#AB12CD34EF", "AB12CD34EF"],
		["]Q3https://queue.example/phone#AB12CD34EF", "AB12CD34EF"],
		["https://booking.example/visit?code=AB-12", "AB-12"],
		["https://booking.example/b/AB12/", "AB12"],
		["HTTPS://BOOKING.EXAMPLE/VISIT?CODE=AB12", "AB12"],
		["https://booking.example/b/AB12?lang=zh#top", "AB12"],
		["https://booking.example/b/AB12#section", "AB12"],
		["https://booking.example/#/code/AB12", "AB12"],
		["https://queue.example/phone#ABCDEFGHJK", "ABCDEFGHJK"],
		["HTTPS://BOOKING.EXAMPLE/B/AB12", "AB12"],
		["https://queue.example/phone#%E0%A4%A", "%E0%A4%A"],
		["https://queue.example/100%", "100%"],
		["", ""],
	])("%j holds %s", (scanned, code) => {
		expect(codeOfScan(scanned)).toBe(code);
	});
});
