import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readAddressFile, stationPage, withPixelsPerMillimetre } from "../../../../cli/kiosk/station-page.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

async function serve(status: number): Promise<string> {
	const server = createServer((_request, response) => response.writeHead(status).end());
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	onTestFinished(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.for([
	["http://127.0.0.1:8470/kiosk#key=other", true],
	["http://127.0.0.1:8470/setup", true],
	["http://127.0.0.1:8470/desk", false],
	["http://127.0.0.1:8471/kiosk", false],
	["http://127.0.0.1:8470.evil.example/kiosk", false],
	["https://127.0.0.1:8470/kiosk", false],
	["file:///etc/passwd", false],
	["chrome-error://chromewebdata/", false],
	["javascript:alert(1)", false],
	["", false],
] as const)("whether the window may show %s: %s", ([url, isShown]) => {
	expect(stationPage("http://127.0.0.1:8470/kiosk#key=k").isShown(url)).toBe(isShown);
});

test("the bare address of a station leads to its kiosk", () => {
	expect(stationPage("https://192.168.1.20:8443").address).toBe("https://192.168.1.20:8443/kiosk");
});

test.for(["", "kiosk", "ftp://x/", "javascript:1"])("%j is no station's address", (address) => {
	expect(() => stationPage(address)).toThrow("is no address of a station");
});

test("the key of an address never reaches an error", () => {
	expect(() => stationPage("//127.0.0.1/kiosk#key=secret")).toThrow(/^"\/\/127.0.0.1\/kiosk" is no address/);
});

test("a station that answers, one that fails and one that is not there", async () => {
	expect(await stationPage(await serve(200)).ask()).toEqual({ kind: "answers", pin: undefined });
	expect(await stationPage(await serve(503)).ask()).toEqual({ kind: "away", because: "it answers with 503" });
	expect(await stationPage("http://127.0.0.1:9/").ask()).toMatchObject({ kind: "away" });
});

test("the panel's pixels go into the address, and must make sense", () => {
	expect(withPixelsPerMillimetre("http://a/kiosk#key=k", "2.71")).toBe("http://a/kiosk#key=k&mm=2.71");
	expect(withPixelsPerMillimetre("http://a/kiosk", "4")).toBe("http://a/kiosk#mm=4");
	for (const mm of ["", "0", "21", "four", "Infinity"])
		expect(() => withPixelsPerMillimetre("http://a", mm)).toThrow("It must be a number from 1 to 20.");
});

test("an address that a station has left is read; without one the sentence says what to do", () => {
	const file = join(emptyFolder(), "kiosk-address");
	expect(() => readAddressFile(file)).toThrow('Start "paihao station" first');
	writeFileSync(file, "http://127.0.0.1:1/kiosk#key=k\n");
	expect(readAddressFile(file)).toBe("http://127.0.0.1:1/kiosk#key=k");
});
