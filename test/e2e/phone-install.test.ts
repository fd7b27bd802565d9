import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { codesOf } from "../fixtures/busy-morning.ts";
import { postTicket, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

test("the phone's page can be kept on the home screen: its manifest has no errors, its icons load, and it opens the same ticket", async () => {
	const data = emptyFolder();
	const station = await spawnReady(["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`]);
	await postTicket(station, { topic: "work-permit", language: "en", key: crypto.randomUUID() });
	const [code] = codesOf(data);
	const { page, faults } = await openPage(browser, `${station.origin}/phone#${code}`, {});
	await page.getByText("B001").first().waitFor();
	const client = await page.context().newCDPSession(page);
	const { url, errors, data: text } = await client.send("Page.getAppManifest");
	expect(errors).toEqual([]);
	const manifest = JSON.parse(text ?? "") as { start_url?: string; icons: { src: string; type: string }[] };
	// Without an address of its own, the home screen opens the page as it was kept: with the ticket's code.
	expect(manifest.start_url).toBeUndefined();
	expect(manifest.icons).toHaveLength(2);
	for (const { src, type } of manifest.icons) {
		const icon = await fetch(new URL(src, url));
		expect([icon.status, icon.headers.get("content-type")]).toEqual([200, type]);
	}
	expect(faults).toEqual([]);
});
