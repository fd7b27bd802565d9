import { expect, test } from "vitest";
import { choicesFor, readKeptOptions, settingsFor } from "../../../../station/printing/printer-choices.ts";
import { sheetOptions } from "../../../../station/printing/sheet-options.ts";

/** The options after one sheet, and after a second one that is printed with them. */
function after(kept: string | undefined, ...sheets: Parameters<typeof sheetOptions>[0][]): string[] {
	let options = kept;
	return sheets.map((answers) => {
		const choices = choicesFor({}, { kept: options });
		options = sheetOptions(answers, choices, settingsFor(choices), readKeptOptions(options));
		return options;
	});
}

const WELL = { width: 576, picture: "whole", cut: "cut" } as const;

test.each([
	["all is well", undefined, WELL, ""],
	["a head of 512 dots", undefined, { ...WELL, width: 512 }, "width=512"],
	[
		"the profile's own width is not said again",
		"profile=Epson%20TM-T88V",
		{ ...WELL, width: 512 },
		"profile=Epson%20TM-T88V",
	],
	["a torn picture", undefined, { ...WELL, picture: "torn" }, "band=4KB"],
	["no cutter", undefined, { ...WELL, cut: "none" }, "cut=none"],
	["a cut through the last lines", undefined, { ...WELL, cut: "early" }, "feed=20"],
	["a Star printer has no bands", "profile=Star%20TSP100", { ...WELL, picture: "torn" }, "profile=Star%20TSP100"],
] as const)("%s", (_what, kept, answers, options) => {
	expect(after(kept, answers)).toEqual([options]);
});

test("what one sheet mended stays after a second that comes out well; what is still wrong goes further", () => {
	expect(after(undefined, { ...WELL, picture: "torn", cut: "early" }, WELL)).toEqual([
		"feed=20&band=4KB",
		"feed=20&band=4KB",
	]);
	expect(after("width=384", { width: 384, picture: "whole", cut: "cut" })).toEqual(["width=384"]);
	expect(after(undefined, { ...WELL, picture: "torn" }, { ...WELL, picture: "torn" })).toEqual(["band=4KB", "band=24"]);
	expect(after("feed=90", { ...WELL, cut: "early" })).toEqual(["feed=100"]);
});
