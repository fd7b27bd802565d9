import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { browserFacts, findBrowser, howToGetBrowser } from "../../../cli/find-browser.ts";
import { openBrowser } from "../../../cli/kiosk/open-browser.ts";
import { pageGuardOf } from "../../../cli/kiosk/page-guard.ts";
import { stationPage } from "../../../cli/kiosk/station-page.ts";
import { openLog } from "../../../lib/log.ts";
import { top } from "./running-shell.ts";

test("the installed browser opens the kiosk's address, and ends when told to", async () => {
	const folder = mkdtempSync(join(tmpdir(), "paihao-browser-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
	const browser = findBrowser(browserFacts());
	if (browser === undefined) throw new Error(howToGetBrowser(browserFacts()));
	// All that is added to the product's own flags: no screen is needed.
	const headless = join(folder, "browser");
	writeFileSync(headless, `#!/bin/sh\nexec "${browser}" --headless=new --disable-gpu "$@"\n`, { mode: 0o755 });

	const server = createServer((_request, response) => response.end("<title>kiosk</title>"));
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	onTestFinished(() => void server.close());
	const { promise: shown, resolve: onShown } = Promise.withResolvers<void>();
	const kiosk = await openBrowser({
		...{
			program: headless,
			asRoot: process.getuid?.() === 0,
			profile: join(folder, "profile"),
			mayLeave: false,
			onShown,
		},
		page: stationPage(`http://127.0.0.1:${(server.address() as AddressInfo).port}/kiosk#key=k1`),
		guard: pageGuardOf(top, { mayLeave: false }),
		log: openLog("silent"),
	});
	await shown;
	await kiosk.close();
	expect(await kiosk.closed).toBe(0);
});
