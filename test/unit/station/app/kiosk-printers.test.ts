import { expect, test } from "vitest";
import {
	requireDistinctPrinters,
	requireOtherThanStation,
	shareKioskPrinters,
} from "../../../../station/app/kiosk-printers.ts";

const PRINTER = "tcp://10.0.0.8:9100?width=58";
const kiosks = (...urls: string[]) => urls.map((url, index) => ({ kiosk: `Hall ${index + 1}`, url }));

test.each([
	["no kiosk", [], []],
	["two printers", ["tcp://10.0.0.9:9100", "device:/dev/usb/lp0"], [["Hall 1"], ["Hall 2"]]],
	["one printer, written in two ways", ["tcp://Printer:9100", "tcp://printer:9100/"], [["Hall 1", "Hall 2"]]],
	["paths have a case", ["device:/dev/LP0", "device:/dev/lp0"], [["Hall 1"], ["Hall 2"]]],
	["the station's own printer", [PRINTER, "tcp://10.0.0.9:9100"], [["Hall 2"]]],
	["two ports of one host", ["tcp://10.0.0.9:9100", "tcp://10.0.0.9:9101"], [["Hall 1"], ["Hall 2"]]],
])("%s: each printer is opened once", (_, urls, expected) => {
	const settings = { printer: PRINTER, standbyPrinter: undefined, kioskPrinters: kiosks(...urls) };
	expect(shareKioskPrinters(settings).map((one) => one.kiosks)).toEqual(expected);
	expect(() => requireDistinctPrinters(settings)).not.toThrow();
});

test.each([
	["a stand-by that is the printer itself", "tcp://10.0.0.8:9100", [], /same printer as --printer/],
	["a stand-by that is a kiosk's printer", "tcp://a:9100", ["tcp://a:9100"], /"Hall 1"/],
	[
		"other options than the station's",
		undefined,
		["tcp://10.0.0.8:9100?width=80"],
		/tcp:\/\/10.0.0.8:9100 is named twice/,
	],
	["two sets of options", undefined, ["tcp://a:9100", "tcp://a:9100?cut=none"], /tcp:\/\/a:9100 is named twice/],
])("%s is refused in one sentence", (_, standbyPrinter, urls, sentence) => {
	const settings = { printer: PRINTER, standbyPrinter, kioskPrinters: kiosks(...urls) };
	expect(() => requireDistinctPrinters(settings)).toThrow(
		expect.objectContaining({ code: "CONFIGURATION_REFUSED", message: expect.stringMatching(sentence) }),
	);
});

test.each(["tcp://localhost:8470", "tcp://127.0.0.1:8470?width=58", "tcp://[::1]:8470/", "tcp://10.0.0.5:8471"])(
	"%s is where the station listens: refused, whichever printer it is",
	(url) => {
		const listeners = [
			{ host: "127.0.0.1", port: 8470 },
			{ host: "10.0.0.5", port: 8471 },
		];
		for (const settings of [
			{ printer: url, standbyPrinter: undefined, kioskPrinters: [] },
			{ printer: PRINTER, standbyPrinter: url, kioskPrinters: [] },
			{ printer: PRINTER, standbyPrinter: undefined, kioskPrinters: kiosks(url) },
		]) {
			expect(() => requireOtherThanStation(settings, listeners)).toThrow(
				expect.objectContaining({
					code: "CONFIGURATION_REFUSED",
					message: expect.stringMatching(/of the station itself/),
				}),
			);
		}
	},
);

test.each(["tcp://localhost:9100", "tcp://10.0.0.6:8471", "device:/dev/usb/lp0", "none", "virtual:paper"])(
	"%s is not where the station listens",
	(printer) => {
		const settings = { printer, standbyPrinter: undefined, kioskPrinters: [] };
		expect(() => requireOtherThanStation(settings, [{ host: "127.0.0.1", port: 8470 }])).not.toThrow();
	},
);
