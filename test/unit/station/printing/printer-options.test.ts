import { describe, expect, test } from "vitest";
import { paperWidthOf } from "../../../../station/printing/open-printer.ts";
import { parsePrinterUrl } from "../../../../station/printing/printer-url.ts";

test.each([
	["tcp://host:9100?dialect=star&width=58", { kind: "tcp", host: "host", port: 9100, dialect: "star", width: 384 }],
	["device:/dev/usb/lp0?width=80", { kind: "device", path: "/dev/usb/lp0", width: 576 }],
	[
		"serial:/dev/ttyS0?dialect=star&baud=230400",
		{ kind: "serial", path: "/dev/ttyS0", baud: 230_400, dialect: "star" },
	],
	["virtual:paper?dialect=epson", { kind: "virtual", directory: "paper", dialect: "epson" }],
	["lp:front-desk?width=58", { kind: "spooler", queue: "front-desk", width: 384 }],
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
		"tcp://host:9100?width=384",
		"tcp://host:9100?width=80&width=58",
		"tcp://host:9100?width=80?dialect=star",
		"tcp://host:9100?baud=115200",
		"virtual:paper?colour=red",
		"serial:/dev/ttyS0?dialect=star&baud=9600",
	])("%j", (url) => {
		expect(() => parsePrinterUrl(url)).toThrow(expect.objectContaining({ code: "PRINTER_URL" }));
	});
});

test("the paper is 80 mm wide where an address does not say", () => {
	expect(paperWidthOf("virtual:paper")).toBe(576);
	expect(paperWidthOf("virtual:paper?width=58")).toBe(384);
});
