import { describe, expect, test } from "vitest";
import { settingsOf } from "../../../../station/printing/open-printer.ts";
import { parsePrinterUrl } from "../../../../station/printing/printer-url.ts";

test.each([
	["tcp://host:9100?dialect=star&width=58", { kind: "tcp", host: "host", port: 9100, dialect: "star", width: 58 }],
	["device:/dev/usb/lp0?width=80", { kind: "device", path: "/dev/usb/lp0", width: 80 }],
	[
		"serial:/dev/ttyS0?dialect=star&baud=230400",
		{ kind: "serial", path: "/dev/ttyS0", baud: 230_400, dialect: "star" },
	],
	["virtual:paper?dialect=epson", { kind: "virtual", directory: "paper", dialect: "epson" }],
	[
		"tcp://host:9100?width=512&cut=none&feed=15&band=4KB&status=none&near-end=ignore",
		{
			...{ kind: "tcp", host: "host", port: 9100, width: 512, cut: "none", feedMm: 15 },
			...{ band: { bytes: 4096 }, status: "none", nearEnd: "ignore" },
		},
	],
	["tcp://host:9100?width=383", { kind: "tcp", host: "host", port: 9100, width: 376 }],
	["tcp://host:9100?width=420", { kind: "tcp", host: "host", port: 9100, width: 416 }],
	[
		"tcp://host:9100?dialect=star-raster&width=360",
		{ kind: "tcp", host: "host", port: 9100, dialect: "star-raster", width: 360 },
	],
	["tcp://host:9100?density=-3&speed=13", { kind: "tcp", host: "host", port: 9100, density: -3, speed: 13 }],
	["lp:front-desk?width=58", { kind: "spooler", queue: "front-desk", width: 58 }],
])("%s", (url, address) => {
	expect(parsePrinterUrl(url)).toEqual(address);
});

describe("an option that is none is refused", () => {
	test.each([
		"tcp://host:9100?",
		"tcp://host:9100?dialect",
		"tcp://host:9100?dialect=",
		"tcp://host:9100?dialect=zebra",
		"tcp://host:9100?Dialect=star",
		"tcp://host:9100?width=72",
		"tcp://host:9100?width=1000",
		"tcp://host:9100?width=359",
		"tcp://host:9100?width=0",
		"tcp://host:9100?width=-80",
		"tcp://host:9100?width=5000",
		"tcp://host:9100?width=99999",
		"tcp://host:9100?width=57.5",
		"tcp://host:9100?width=0x240",
		"tcp://host:9100?width=80mm",
		"tcp://host:9100?width=５７６",
		"tcp://host:9100?width=%38%30",
		"tcp://host:9100?width=641",
		"tcp://host:9100?dpi=300",
		"tcp://host:9100?density=7",
		"tcp://host:9100?speed=0",
		"tcp://host:9100?speed=14",
		"tcp://host:9100?band=0",
		"tcp://host:9100?band=256",
		"tcp://host:9100?cut=half",
		"tcp://host:9100?feed=101",
		"tcp://host:9100?status=some",
		"tcp://host:9100?near-end=off",
		"tcp://host:9100?__proto__=1",
		"tcp://host:9100?width=80&width=58",
		"tcp://host:9100?width=80?dialect=star",
		"tcp://host:9100?baud=115200",
		"virtual:paper?colour=red",
		"serial:/dev/ttyS0?dialect=star&baud=9600",
	])("%j", (url) => {
		expect(() => parsePrinterUrl(url)).toThrow(expect.objectContaining({ code: "PRINTER_URL" }));
	});
});

test.each([
	["width=58&cut=none&width=80", "The option width is in the printer's address twice. Give it once."],
	["feed=-5", 'The option feed of a printer cannot be "-5": use a whole number from 0 to 100 (mm).'],
	["dialect", 'The option dialect of a printer cannot be "": use epson, star or star-raster.'],
	["band=2MB", 'The option band of a printer cannot be "2MB": use 1 to 255 (rows), or 1KB to 99KB.'],
	["width=58?cut=none", "A printer's address has one ?. Join its options with &, such as ?width=58&cut=none."],
	[
		"widht=58",
		'"widht=58" is not an option of a printer\'s address. Its options are dialect, width, dpi, profile, cut, feed, band, density, speed, status, proof, near-end.',
	],
])("%s: the sentence says what is wrong with it", (options, sentence) => {
	expect(() => parsePrinterUrl(`tcp://host:9100?${options}`)).toThrow(sentence);
});

test.each(["band=24", "density=2", "speed=1"])(
	"%s has no meaning for a Star printer: refused, not ignored",
	(option) => {
		for (const dialect of ["dialect=star", "dialect=star-raster", "profile=Star+TSP100"]) {
			expect(() => settingsOf(`tcp://host:9100?${dialect}&${option}`)).toThrow(
				expect.objectContaining({ code: "PRINTER_URL", message: expect.stringContaining(option.split("=")[0] ?? "") }),
			);
		}
	},
);

test.each([
	["tcp://host:9100", 576, 203],
	["tcp://host:9100?width=58", 384, 203],
	["tcp://host:9100?dpi=180", 512, 180],
	["tcp://host:9100?dpi=180&width=80", 512, 180],
	["tcp://host:9100?width=58&dpi=180", 360, 180],
	["tcp://host:9100?profile=TM-T88V&width=58", 360, 180],
	["tcp://host:9100?profile=TM-T88V&width=576", 576, 180],
	["tcp://host:9100?profile=TM-T88V&dpi=203&width=80", 576, 203],
])(
	"%s prints %i dots across, at %i in an inch: millimetres of paper are fewer dots on a coarser head",
	(url, widthDots, dpi) => {
		expect(settingsOf(url)).toMatchObject({ widthDots, dpi });
	},
);

test("the address wins over what was kept, and that over the profile that the setting names", () => {
	const chosen = { kept: "width=512&cut=none", profile: "Generic 58 mm" };
	expect(settingsOf("tcp://host:9100", chosen)).toMatchObject({
		widthDots: 512,
		format: { hasCutter: false, bandRows: 64 },
	});
	expect(settingsOf("tcp://host:9100?width=80", chosen).widthDots).toBe(576);
	expect(settingsOf("tcp://host:9100", { profile: "Generic 58 mm" }).widthDots).toBe(384);
});

test("the paper is 80 mm wide where an address does not say", () => {
	expect(settingsOf("virtual:paper").widthDots).toBe(576);
	expect(settingsOf("virtual:paper?width=58").widthDots).toBe(384);
});
