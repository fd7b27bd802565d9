import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import {
	addressesToScan,
	findLocalPrinters,
	modelIn,
	queuesIn,
	scanNetwork,
} from "../../../../station/printing/find-printers.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

const card = (address: string, netmask: string) => ({ address, netmask, family: "IPv4", internal: false });

test.each([
	["MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;", "EPSON TM-T88V"],
	["MANUFACTURER:Star;MODEL:Star TSP143;", "Star TSP143"],
	["MDL:POS-80;", "POS-80"],
	["MFG:Xprinter;", "Xprinter"],
	["MDL:\u0007\u001b[31mT20;", "[31mT20"],
	["", undefined],
	["rubbish", undefined],
])("a printer that says %j is called %j", (id, name) => {
	expect(modelIn(id)).toBe(name);
});

test("USB printers are found by the system's own list, with the profile of their model", async () => {
	const usb = emptyFolder();
	for (const [device, id] of [
		["lp0", "MFG:EPSON;MDL:TM-T88V;"],
		["lp1", null],
		["mouse0", null],
	] as const) {
		mkdirSync(join(usb, device, "device"), { recursive: true });
		if (id !== null) writeFileSync(join(usb, device, "device/ieee1284_id"), id);
	}
	const found = (await findLocalPrinters({ usb, timeoutMs: 1 })).filter(({ kind }) => kind === "usb");
	expect(found).toEqual([
		{ address: "device:/dev/usb/lp0", kind: "usb", name: "EPSON TM-T88V", profile: "Epson TM-T88V" },
		{ address: "device:/dev/usb/lp1", kind: "usb", name: "USB lp1", profile: null },
	]);
});

test("CUPS' queues are read from what lpstat says; a line that is none is passed over", () => {
	const said =
		"device for front-desk: usb://EPSON/TM-T88V?serial=1\ndevice for -o: file:/dev/null\nscheduler is running\n";
	expect(queuesIn(said)).toEqual([
		{ address: "lp:front-desk", kind: "queue", name: "front-desk", profile: "Epson TM-T88V" },
	]);
});

test("only the machine's own networks are searched, nearest first, and never more than 254 addresses of one", () => {
	expect(addressesToScan([card("192.168.1.2", "255.255.255.248")])).toEqual([
		...["192.168.1.1", "192.168.1.3", "192.168.1.4", "192.168.1.5", "192.168.1.6"],
	]);
	expect(addressesToScan([{ ...card("127.0.0.1", "255.0.0.0"), internal: true }])).toEqual([]);
	expect(addressesToScan([{ ...card("fe80::1", "ffff::"), family: "IPv6" }])).toEqual([]);
	expect(addressesToScan([card("10.0.0.1", "255.255.255.255")])).toEqual([]);
	fc.assert(
		fc.property(
			fc.nat(255),
			fc.nat(255),
			fc.integer({ min: 1, max: 254 }),
			fc.integer({ min: 8, max: 30 }),
			(b, c, d, bits) => {
				const mask = 2 ** 32 - 2 ** (32 - bits);
				const netmask = [24, 16, 8, 0].map((shift) => Math.floor(mask / 2 ** shift) % 256).join(".");
				const own = `10.${b}.${c}.${d}`;
				const addresses = addressesToScan([card(own, netmask)]);
				expect(addresses.length).toBeLessThanOrEqual(254);
				expect(new Set(addresses).size).toBe(addresses.length);
				expect(addresses).not.toContain(own);
				if (bits >= 24) expect(addresses.every((one) => one.startsWith(`10.${b}.${c}.`))).toBe(true);
			},
		),
	);
});

test("the search finds what takes connections, says how far it is, and sends nothing", async () => {
	const received: Buffer[] = [];
	const server = createServer((socket) => socket.on("data", (bytes) => received.push(bytes)).on("error", () => {}));
	onTestFinished(() => void server.close());
	const port = await new Promise<number>((resolve) => {
		server.listen(0, "127.0.0.3", () => {
			const address = server.address();
			resolve(typeof address === "object" && address !== null ? address.port : 0);
		});
	});
	const scan = scanNetwork(["127.0.0.2", "127.0.0.3", "127.0.0.4"], { port });
	expect(scan).toMatchObject({ asked: 0, total: 3, isOver: false });
	await scan.over;
	expect(scan).toMatchObject({ asked: 3, isOver: true });
	expect(scan.found).toEqual([
		{ address: `tcp://127.0.0.3:${port}`, kind: "network", name: "127.0.0.3", profile: null },
	]);
	expect(received).toEqual([]);
});
