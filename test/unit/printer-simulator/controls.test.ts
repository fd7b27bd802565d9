import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { ControlPanel } from "../../../printer-simulator/controls.ts";
import { EpsonSimulator } from "../../../printer-simulator/epson-simulator.ts";
import { PaperTray } from "../../../printer-simulator/paper-tray.ts";
import { PoweredPort } from "../../../printer-simulator/powered-port.ts";
import { printingTimeMs } from "../../../printer-simulator/start-simulator.ts";
import { serveSimulator } from "../../../printer-simulator/virtual-printer.ts";

async function startControls() {
	const simulator = new EpsonSimulator({ width: 576, deliver: async () => {} });
	const port = new PoweredPort(serveSimulator(simulator), { host: "127.0.0.1", port: 0 });
	await port.switchOn();
	onTestFinished(() => port.switchOff());
	return { printer: new ControlPanel(simulator, port, new PaperTray()), port };
}

test("changes apply in the order of the calls, and watchers hear of each", async () => {
	const { printer } = await startControls();
	const seen: string[] = [];
	printer.watch(() => seen.push(`${printer.snapshot.parts.power} ${printer.snapshot.parts.cover}`));
	await Promise.all([
		printer.change({ power: "off" }),
		printer.change({ cover: "open" }),
		printer.change({ power: "on" }),
		printer.change({ cover: "closed" }),
	]);
	expect(printer.snapshot.parts).toEqual({ power: "on", cover: "closed", paper: "full", cutter: "free" });
	expect(seen).toHaveLength(4);
	expect(seen.at(-1)).toBe("on closed");
});

test("it stays off while its port is in use, says so, and comes on when the port is free", async () => {
	const { printer, port } = await startControls();
	await printer.change({ power: "off" });
	const other = createServer().listen(port.port, "127.0.0.1");
	await once(other, "listening");
	await expect(printer.change({ power: "on" })).rejects.toMatchObject({ code: "PORT_IN_USE" });
	expect(printer.snapshot.parts.power).toBe("off");
	await new Promise((resolve) => other.close(resolve));
	await printer.change({ power: "on" });
	expect(printer.snapshot.parts.power).toBe("on");
});

test("the tray keeps the last forty pieces, newest first", () => {
	const tray = new PaperTray();
	for (let at = 1; at <= 45; at += 1) tray.add({ width: 576, height: at, rows: new Uint8Array(72 * at) }, at);
	expect(tray.pieces.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, index) => 45 - index));
	expect(tray.find(45)?.height).toBe(45);
	expect(tray.find(5)).toBeUndefined();
});

test("85 mm of paper take about a second", () => {
	expect(printingTimeMs(85 * 8)).toBe(967);
	expect(printingTimeMs(0)).toBe(400);
});
