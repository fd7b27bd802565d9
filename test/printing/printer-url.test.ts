import { describe, expect, test } from "vitest";
import { PlainError } from "../../protocol/plain-error.ts";
import { parsePrinterUrl } from "../../station/printing/printer-url.ts";

test.each([
	["virtual:/tmp/paper", { kind: "virtual", directory: "/tmp/paper" }],
	["virtual:paper", { kind: "virtual", directory: "paper" }],
	["virtual:C:\\paihao\\paper", { kind: "virtual", directory: "C:\\paihao\\paper" }],
	["tcp://192.168.1.50:9100", { kind: "tcp", host: "192.168.1.50", port: 9100 }],
	["tcp://printer-1.hall.local:9100", { kind: "tcp", host: "printer-1.hall.local", port: 9100 }],
	["tcp://[::1]:9100", { kind: "tcp", host: "::1", port: 9100 }],
	["tcp://[fe80::1%eth0]:9100", { kind: "tcp", host: "fe80::1%eth0", port: 9100 }],
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
		"tcp://a b:9100",
		"tcp://host:9100/queue",
		"tcp:/host:9100",
		"TCP//host:9100",
		"lpd://host:515",
	])("%j", (url) => {
		expect(() => parsePrinterUrl(url)).toThrow(PlainError);
		expect(() => parsePrinterUrl(url)).toThrow(expect.objectContaining({ code: "PRINTER_URL" }));
	});
});
