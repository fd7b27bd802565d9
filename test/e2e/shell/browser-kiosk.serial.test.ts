import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { browserFacts, findBrowser, howToGetBrowser } from "../../../cli/find-browser.ts";
import { openKiosk } from "../../../cli/open-kiosk.ts";

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
	const asked = once(server, "request");
	const shell = { kind: "browser", program: headless, asRoot: process.getuid?.() === 0, because: "" } as const;
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/kiosk#key=k1`;
	const kiosk = openKiosk(shell, url, { top: folder, profile: join(folder, "profile") });
	const [request] = (await asked) as [{ url: string }];
	expect(request.url).toBe("/kiosk");

	await kiosk.close();
});
