import { expect, test } from "vitest";
import { isSamePrinter } from "../../../../station/app/same-printer.ts";

test.each([
	["tcp://localhost:9100", "tcp://127.0.0.1:9100"],
	["tcp://localhost:9100", "tcp://[::1]:9100/?width=58"],
	["tcp://[2001:db8::1]:9100", "tcp://[2001:0DB8:0:0:0:0:0:1]:9100"],
	["tcp://Printer:9100", "tcp://printer:09100"],
	["device:/dev/usb/lp0", "device:/dev/usb/../usb/lp0?cut=none"],
	["device:/dev/ttyUSB0", "serial:/dev/ttyUSB0?baud=230400"],
	["lp:Front-Desk", "lp:front-desk"],
	["win:XP+80", "win:xp%2080"],
])("%s and %s are one printer", (one, other) => {
	expect(isSamePrinter(one, other)).toBe(true);
	expect(isSamePrinter(other, one)).toBe(true);
});

test.each([
	["tcp://localhost:9100", "tcp://localhost:9101"],
	["tcp://10.0.0.8:9100", "tcp://10.0.0.9:9100"],
	["device:/dev/usb/lp0", "device:/dev/usb/lp1"],
	["lp:desk", "win:desk"],
	["virtual:/srv/a", "virtual:/srv/A"],
	["none", "virtual:none"],
])("%s and %s are two", (one, other) => {
	expect(isSamePrinter(one, other)).toBe(false);
});
