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
	expect(settingsOf("tcp://host:9100?profile=Epson%20TM-T88V&width=576&cut=none")).toMatchObject({
		widthDots: 576,
		format: { hasCutter: false },
	});
});

test("a head of 180 dpi is one: what is said in millimetres is as long on its paper", () => {
	const feedOf = (profile: string) => settingsOf(`tcp://host:9100?profile=${profile}&feed=20`).format.feedDots;
	expect(settingsOf("tcp://host:9100?profile=TM-T88V").dpi).toBe(180);
	expect(feedOf("TM-T88V")).toBe(142);
	expect(feedOf("XP-80")).toBe(160);
	expect(settingsOf("tcp://host:9100?profile=TM-T88V&cut=none").format.feedDots).toBe(106);
	expect(settingsOf("tcp://host:9100?width=512&dpi=180&feed=20").format.feedDots).toBe(142);
	expect(settingsOf("tcp://host:9100?width=512").dpi).toBe(203);
});

test.each([
	["xprinter xp-80c", "Xprinter XP-80"],
	["  XPRINTER   XP80 ", "Xprinter XP-80"],
	["芯烨 XP-58", "Xprinter XP-58"],
	["芯烨XP-N160II", "Xprinter XP-80"],
	["佳博 GP-L80180", "Gprinter GP-L80160"],
	["佳博GP-L80160", "Gprinter GP-L80160"],
	["ＧＰ－Ｌ８０１６０", "Gprinter GP-L80160"],
	["Rongda RP332", "Rongta RP332"],
	["容大 RP326", "Rongta RP326"],
	["新北洋 BTP-R880NP", "SNBC BTP-R880NP"],
	["商米 V2", "Sunmi V2"],
	["爱普生 TM-T88V", "Epson TM-T88V"],
	["tm_t88v", "Epson TM-T88V"],
	["Star Micronics TSP143III", "Star TSP100"],
	["POS-80", "Generic 80 mm"],
	["pos80", "Generic 80 mm"],
	["POS-58", "Generic 58 mm without cutter"],
	["POS-5890", "Zjiang POS5890"],
	["80mm", "Generic 80 mm"],
	["芯烨 XP-80 打印机", "Xprinter XP-80"],
	["芯燁XP－80热敏打印機", "Xprinter XP-80"],
	["X-Printer XP-80", "Xprinter XP-80"],
	["愛普生 TM—T88V", "Epson TM-T88V"],
	["Epson TM-T88V Receipt Printer", "Epson TM-T88V"],
	["TM-T88Ⅴ", "Epson TM-T88V"],
	["XP\u00a080", "Xprinter XP-80"],
	["XP\u201180", "Xprinter XP-80"],
	["\u200bXP-80", "Xprinter XP-80"],
	["通用 80 毫米", "Generic 80 mm"],
	["58毫米无切刀", "Generic 58 mm without cutter"],
	["generic 58mm without cutter", "Generic 58 mm without cutter"],
])("%j is %s", (name, expected) => {
	expect(findProfile(name).name).toBe(expected);
	expect(settingsOf(`tcp://host:9100?profile=${encodeURIComponent(name)}`).widthDots).toBe(
		findProfile(expected).widthDots,
	);
});

test("no name means two profiles, and every name of a profile means that profile", () => {
	const names = PROFILES.flatMap(({ name, aliases = [] }) => [name, ...aliases].map((one) => one.toLowerCase()));
	expect(new Set(names).size).toBe(names.length);
	for (const profile of PROFILES) {
		for (const name of [profile.name, ...(profile.aliases ?? [])]) expect(findProfile(name)).toBe(profile);
	}
});

test.each([
	["Xprintr XP-80", /Did you mean "Xprinter XP-80"/],
	["Epson TM-T88VIII", /Did you mean "Epson TM-T88V?I*"/],
	["佳博 GP-L80190", /Did you mean "Gprinter GP-L80160"/],
	["Xprinter", /Of this maker there are "Xprinter XP-58", "Xprinter XP-80"\./],
	["芯烨", /Of this maker there are "Xprinter XP-58"/],
	["", /paihao printer profiles/],
	["打印机", /paihao printer profiles/],
	["x".repeat(5_000), /^There is no printer profile "x{60}"\. .{0,200}$/],
	["坏名字", /paihao printer profiles/],
	["__proto__", /paihao printer profiles/],
])("%j is no profile, and the sentence helps", (name, message) => {
	expect(() => findProfile(name)).toThrow(
		expect.objectContaining({ code: "PRINTER_PROFILE", message: expect.stringMatching(message) }),
	);
});

test("an unknown profile is one sentence that names the nearest", () => {
	expect(() => openPrinter("tcp://host:9100?profile=Xprinter+XP-90")).toThrow(
		expect.objectContaining({
			code: "PRINTER_PROFILE",
			message: expect.stringMatching(/Did you mean "Xprinter XP-[58]0"\?.*paihao printer profiles/),
		}),
	);
});
