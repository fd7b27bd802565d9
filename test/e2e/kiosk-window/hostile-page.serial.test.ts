import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { emptyFolder } from "../../fixtures/station-folder.ts";
import { missingForDisplay, openDisplay } from "../../fixtures/x-display.ts";
import { openKeptKiosk } from "./kept-kiosk.ts";

async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const missing = missingForDisplay();

test.skipIf(missing !== undefined)(
	"a hostile page is left, whatever it does, and nothing of it stays open",
	{
		timeout: 240_000,
	},
	async () => {
		const strangers: string[] = [];
		const stranger = await serve((request, response) => {
			strangers.push(request.url ?? "");
			response.setHeader("content-type", "text/html").end("<title>stranger</title><script>open('/more')</script>");
		});
		/** What each load of the kiosk's page does, one after the other; each but the last goes wrong in its own way. */
		const scripts = [
			`for (let i = 0; i < 50; i += 1) open("/kiosk?" + i); location = "${stranger}/left";`,
			`addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "stay"; }); location = "/desk";`,
			"while (true) alert(1);",
			`print(); const link = document.createElement("a"); link.href = "data:application/octet-stream,x"; link.download = "x.exe";
		link.click(); const file = document.createElement("input"); file.type = "file"; file.click();
		document.documentElement.requestFullscreen?.().catch(() => {}); globalThis.Notification?.requestPermission();
		navigator.geolocation?.getCurrentPosition(() => {}); location = "/desk";`,
			`document.body.innerHTML = '<iframe src="${stranger}/frame"></iframe>'; setTimeout(() => { location = "/nowhere"; }, 1_000);`,
			`window.close(); location = "/desk";`,
			`document.title = "harmless";`,
		];
		let loads = 0;
		const station = await serve((request, response) => {
			response.setHeader("content-type", "text/html");
			// The window's own question whether the station answers is no load.
			if (request.url !== "/kiosk" || request.headers["user-agent"] === undefined) {
				response.end("<title>other</title>");
				return;
			}
			const script = scripts[Math.min(loads, scripts.length - 1)];
			loads += 1;
			response.end(
				`<!doctype html><title>kiosk</title><body><script>addEventListener("load", () => { ${script} });</script>`,
			);
		});
		const display = await openDisplay({ width: 800, height: 600 });
		const folder = emptyFolder();
		const kiosk = await openKeptKiosk(display, folder, ["--address", station]);
		await expect.poll(() => display.titles(), { timeout: 200_000, interval: 250 }).toEqual(["harmless"]);
		expect(loads).toBeGreaterThanOrEqual(scripts.length);
		expect(display.windows()).toHaveLength(1);
		expect(strangers.filter((url) => url === "/more")).toEqual([]);
		expect(await kiosk.program.end()).toEqual({ code: 0, signal: null });
	},
);
