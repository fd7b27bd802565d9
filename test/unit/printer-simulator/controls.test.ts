import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { PrinterControls } from "../../../printer-simulator/controls.ts";
import { EpsonSimulator } from "../../../printer-simulator/epson-simulator.ts";
import { PaperTray } from "../../../printer-simulator/paper-tray.ts";
import { PoweredPort } from "../../../printer-simulator/powered-port.ts";
import { printingTime } from "../../../printer-simulator/printing-time.ts";
import { serveSimulator } from "../../../printer-simulator/virtual-printer.ts";

async function standPrinter() {
	const simulator = new EpsonSimulator({ width: 576, deliver: async () => {} });
	const port = new PoweredPort(serveSimulator(simulator), { host: "127.0.0.1", port: 0 });
	await port.on();
	onTestFinished(() => port.off());
	return { printer: new PrinterControls(simulator, port, new PaperTray()), port };
}

test("what hands do follows in the order in which it was asked for, and each change is told", async () => {
	const { printer } = await standPrinter();
	const told: string[] = [];
	printer.watch(() => told.push(`${printer.picture.parts.power} ${printer.picture.parts.cover}`));
	await Promise.all([
		printer.change({ power: "off" }),
		printer.change({ cover: "open" }),
		printer.change({ power: "on" }),
		printer.change({ cover: "closed" }),
	]);
	expect(printer.picture.parts).toEqual({ power: "on", cover: "closed", paper: "full", cutter: "free" });
	expect(told).toHaveLength(4);
	expect(told.at(-1)).toBe("on closed");
});

test("where its port was taken meanwhile it stays off, says so, and comes on when the port is free", async () => {
	const { printer, port } = await standPrinter();
	await printer.change({ power: "off" });
	const other = createServer().listen(port.port, "127.0.0.1");
	await once(other, "listening");
	await expect(printer.change({ power: "on" })).rejects.toMatchObject({ code: "PORT_IN_USE" });
	expect(printer.picture.parts.power).toBe("off");
	await new Promise((resolve) => other.close(resolve));
	await printer.change({ power: "on" });
	expect(printer.picture.parts.power).toBe("on");
});

test("the tray keeps the last forty pieces, newest first", () => {
	const tray = new PaperTray();
	for (let at = 1; at <= 45; at += 1) tray.add({ width: 576, height: at, rows: new Uint8Array(72 * at) }, at);
	expect(tray.pieces.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, index) => 45 - index));
	expect(tray.find(45)?.height).toBe(45);
	expect(tray.find(5)).toBeUndefined();
});

test("85 mm of paper take about a second", () => {
	expect(printingTime(85 * 8)).toBe(967);
	expect(printingTime(0)).toBe(400);
});
