import { expect, test } from "vitest";
import { openPrinter, settingsOf } from "../../../../station/printing/open-printer.ts";
import { findProfile, PROFILES } from "../../../../station/printing/printer-profiles.ts";

test.each([
	["Epson TM-T88V", { dialect: "epson", widthDots: 512, hasCutter: true }],
	["epson tm t88v", { dialect: "epson", widthDots: 512, hasCutter: true }],
	["Generic 58 mm without cutter", { dialect: "epson", widthDots: 384, hasCutter: false }],
	["Star TSP600", { dialect: "star", widthDots: 576, hasCutter: true }],
])("%s", (name, profile) => {
	expect(findProfile(name)).toMatchObject(profile);
});

test.each(PROFILES)("$name: every fact is one that a printer can have, and says where it is from", (profile) => {
	expect(settingsOf(`tcp://host:9100?profile=${encodeURIComponent(profile.name)}`)).toMatchObject({
		widthDots: profile.widthDots,
		format: { hasCutter: profile.hasCutter },
	});
	expect(profile.widthDots % 8).toBe(0);
	expect(Object.keys(profile.sources)).toEqual(["dialect", "width", "cutter"]);
});

test("width and cutter follow from the profile, unless the address says otherwise", () => {
	expect(settingsOf("tcp://host:9100?profile=Sunmi+V2")).toMatchObject({
		widthDots: 384,
		format: { hasCutter: false, feedDots: 120 },
	});
	expect(settingsOf("tcp://host:9100?profile=Epson%20TM-T88V&width=80&cut=none")).toMatchObject({
		widthDots: 576,
		format: { hasCutter: false },
	});
});

test("an unknown profile is one sentence that names the nearest", () => {
	expect(() => openPrinter("tcp://host:9100?profile=Xprinter+XP-90")).toThrow(
		expect.objectContaining({
			code: "PRINTER_PROFILE",
			message: expect.stringMatching(/Did you mean "Xprinter XP-[58]0"\?.*paihao printer profiles/),
		}),
	);
});
