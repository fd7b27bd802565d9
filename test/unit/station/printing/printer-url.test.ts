import { describe, expect, test } from "vitest";
import { UserError } from "../../../../lib/errors.ts";
import { parsePrinterUrl } from "../../../../station/printing/printer-url.ts";

test.each([
	["virtual:/tmp/paper", { kind: "virtual", directory: "/tmp/paper" }],
	["virtual:paper", { kind: "virtual", directory: "paper" }],
	["virtual:C:\\paihao\\paper", { kind: "virtual", directory: "C:\\paihao\\paper" }],
	["tcp://192.168.1.50:9100", { kind: "tcp", host: "192.168.1.50", port: 9100 }],
	["tcp://printer-1.hall.local:9100", { kind: "tcp", host: "printer-1.hall.local", port: 9100 }],
	["tcp://[::1]:9100", { kind: "tcp", host: "::1", port: 9100 }],
	["tcp://[fe80::1%eth0]:9100", { kind: "tcp", host: "fe80::1%eth0", port: 9100 }],
	["device:/dev/usb/lp0", { kind: "device", path: "/dev/usb/lp0" }],
	["serial:/dev/ttyS0", { kind: "serial", path: "/dev/ttyS0", baud: 115_200 }],
	[
		"serial:/dev/serial/by-id/usb-1a86?baud=230400",
		{ kind: "serial", path: "/dev/serial/by-id/usb-1a86", baud: 230_400 },
	],
	["lp:front-desk", { kind: "spooler", queue: "front-desk" }],
	["lp:前台_1", { kind: "spooler", queue: "前台_1" }],
])("%s", (url, address) => {
	expect(parsePrinterUrl(url)).toEqual(address);
});

describe("what is no address is an error, never a file", () => {
	test.each([
		"",
		"/dev/usb/lp0",
		"virtual:",
		"virtual: ",
		"virtual://host",
		"tcp://192.168.1.50",
		"tcp://192.168.1.50:",
		"tcp://192.168.1.50:91OO",
		"tcp://192.168.1.50:0",
		"tcp://192.168.1.50:65536",
		"tcp://192.168.1.500:9100",
		"tcp://::1:9100",
		"tcp://[::1:9100",
		"tcp://[::g]:9100",
		"tcp://[::1%]:9100",
		"tcp://[::1%a b]:9100",
		"tcp://a b:9100",
		"tcp://host:9100/queue",
		"tcp:/host:9100",
		"TCP//host:9100",
		"lpd://host:515",
		"device:",
		"device:lp0",
		"device:dev/usb/lp0",
		"device://dev/usb/lp0",
		"device:/dev/usb/",
		"device:/dev/usb/lp0 ",
		"device:/dev/usb/lp0?baud=115200",
		"device:/dev/usb/lp0\n",
		"device:/dev/usb/\0lp0",
		"Device:/dev/usb/lp0",
		"/dev/usb/lp0?baud=115200",
		"serial:/dev/ttyS0?baud=",
		"serial:/dev/ttyS0?baud=fast",
		"serial:/dev/ttyS0?baud=115201",
		"serial:/dev/ttyS0?speed=115200",
		"serial:COM3",
		"lp:",
		"lp:-o",
		"lp:front desk",
		"lp://front-desk",
		"lp:/dev/usb/lp0",
		"lp:a/b",
	])("%j", (url) => {
		expect(() => parsePrinterUrl(url)).toThrow(UserError);
		expect(() => parsePrinterUrl(url)).toThrow(expect.objectContaining({ code: "PRINTER_URL" }));
	});
});

test("a bare path is told what it lacks", () => {
	expect(() => parsePrinterUrl("/dev/usb/lp0")).toThrow("for the device at this path use device:/dev/usb/lp0.");
});

test.each([
	["192.168.1.50", "tcp://192.168.1.50:9100."],
	["192.168.1.50:9100", "tcp://192.168.1.50:9100."],
	["tcp://192.168.1.50", "tcp://192.168.1.50:9100."],
	["socket://printer-1:9100", "tcp://printer-1:9100."],
	["tcp://192.168.1.500:9100", "use tcp://HOST:PORT"],
	["printer", "use tcp://HOST:PORT"],
	["printer-1:9100", "tcp://printer-1:9100."],
	["tcp：//192.168.1.50：9100", "use tcp://192.168.1.50:9100, as"],
	["tcp://192。168。1。50:9100", "use tcp://192.168.1.50:9100, as"],
	["tcp://192.168.1.50:9100 ", "use tcp://192.168.1.50:9100, as"],
	[" lp:front-desk", "use lp:front-desk, as"],
	["http://192.168.1.50", "tcp://192.168.1.50:9100."],
	["https://192.168.1.50:8443/", "tcp://192.168.1.50:9100."],
	["lpd://printer-1:515", "tcp://printer-1:9100."],
	["fe80::1", "tcp://[ADDRESS]:9100."],
	["tcp://fe80::1:9100", "tcp://[ADDRESS]:9100."],
	["[fe80::1]:9100", "use tcp://[fe80::1]:9100."],
	["usb:001", "for a USB printer use device:PATH"],
	["cups:front-desk", "for a CUPS queue use lp:front-desk."],
	["cups://", "for a CUPS queue use lp:QUEUE."],
	["COM3", "win:PRINTER."],
	["serial:COM3", "win:PRINTER."],
])("%j is told what is likely meant", (url, advice) => {
	expect(() => parsePrinterUrl(url)).toThrow(advice);
});

test.each([9_600, 19_200, 57_600])("a serial line of %i baud is refused with the reason", (baud) => {
	const sentence = `A serial line at ${baud} baud is too slow: one ticket would take up to 87 seconds.`;
	expect(() => parsePrinterUrl(`serial:/dev/ttyS0?baud=${baud}`)).toThrow(sentence);
});
