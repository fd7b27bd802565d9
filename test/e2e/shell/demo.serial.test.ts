import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import type { Health } from "../../../protocol/api/health.ts";
import { startDemo } from "./running-demo.ts";
import { fakeElectronFolder } from "./running-shell.ts";

const readyLine = {
	ready: "station",
	pid: expect.any(Number),
	kiosk: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/kiosk#key=./),
	desk: expect.any(String),
	board: expect.any(String),
	api: expect.any(String),
	// The demo is for this machine alone.
	network: [],
	staff: { name: expect.any(String), pin: expect.stringMatching(/^\d{6}$/) },
	printer: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/printer$/),
};

test("with Electron's program here, the demo runs inside the shell and ends with it", async () => {
	const { ready, said, child, ended } = await startDemo({
		DISPLAY: ":0",
		ELECTRON_OVERRIDE_DIST_PATH: fakeElectronFolder,
	});
	expect(ready).toEqual(readyLine);
	expect(ready.pid).not.toBe(child.pid);
	await expect.poll(() => said).toContain("The kiosk opens in Electron.");

	const readAloud = () => said.find((line) => line.startsWith("DevTools listening on "));
	await expect.poll(readAloud).toBeDefined();
	const browser = await chromium.connectOverCDP(readAloud()?.replace("DevTools listening on ", "") ?? "");
	const page = browser.contexts()[0]?.pages()[0];
	await page?.waitForURL(/\/kiosk#key=/);
	expect(await page?.evaluate(() => (globalThis as { paihao?: { kind: string } }).paihao?.kind)).toBe("shell");
	await browser.close();

	child.kill("SIGTERM");
	expect((await ended)[0]).toBe(0);
});

test("when the shell ends by itself, the demo ends with it, its printer too", async () => {
	const { ready, ended } = await startDemo({ DISPLAY: ":0", ELECTRON_OVERRIDE_DIST_PATH: fakeElectronFolder });
	expect((await fetch(String(ready.printer))).status).toBe(200);
	process.kill(Number(ready.pid), "SIGTERM");
	expect((await ended)[0]).toBe(0);
	await expect(fetch(String(ready.printer))).rejects.toThrow();
});

test("without a display the demo says so, stays up and prints its addresses", async () => {
	const { ready, said, child } = await startDemo({ DISPLAY: "", WAYLAND_DISPLAY: "" });
	expect(ready).toEqual(readyLine);
	expect(ready.pid).toBe(child.pid);
	const sentence = "The kiosk opens in no window: this machine has no display. Its address is below.";
	await expect.poll(() => said).toContain(sentence);
	expect((await fetch(String(ready.api))).status).toBe(200);
	expect((await fetch(String(ready.printer))).status).toBe(200);
	const condition = async () => (await fetchJson<Health>(new URL("/api/health", String(ready.api)))).printer.condition;
	await expect.poll(condition).toBe("ready");
});

test("the demo ends while its printer's page is open, and nothing of it is left", async () => {
	const { ready, child, ended } = await startDemo({ DISPLAY: "", WAYLAND_DISPLAY: "" });
	const stream = await fetch(new URL("/api/printer/events", String(ready.printer)));
	child.kill("SIGTERM");
	expect((await ended)[0]).toBe(0);
	await stream.body?.cancel().catch(() => {});
	for (const address of [ready.api, ready.printer]) await expect(fetch(String(address))).rejects.toThrow();
});

async function fetchJson<T>(address: URL): Promise<T> {
	return (await (await fetch(address)).json()) as T;
}
