import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import english from "../../resources/languages/phone/en.json" with { type: "json" };
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { codesOf } from "../fixtures/busy-morning.ts";
import { openPushBrowser, openPushService } from "../fixtures/push-service.ts";
import { postTicket, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	// The shell without windows has no notifications.
	browser = await openBrowser("whole");
});
afterAll(() => browser.close());

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

async function stationWithTicket(flags: readonly string[] = []) {
	const data = emptyFolder();
	const paper = `virtual:${emptyFolder()}`;
	const station = await spawnReady(["demo", "--headless", "--data", data, "--printer", paper, ...flags]);
	await postTicket(station, { topic: "work-permit", language: "en", key: crypto.randomUUID() });
	return { station, code: codesOf(data)[0] ?? "" };
}

test("where IT gave no key, the page offers no notifications", async () => {
	const { station, code } = await stationWithTicket();
	const { page, faults } = await openPage(browser, `${station.origin}/phone`, {
		...PHONE,
		permissions: ["notifications"],
	});
	const asked = page.waitForResponse((response) => response.url().endsWith("/api/web-push-key"));
	await page.goto(`${station.origin}/phone#${code}`);
	await page.reload();
	await asked;
	await page.getByRole("button", { name: english.alertOn }).waitFor();
	expect(await page.getByRole("button", { name: english.notifyOn }).count()).toBe(0);
	expect(faults).toEqual([]);
});

test("where IT gave a key, the page says who carries the message, and the browser shows what the station sends", async () => {
	const service = await openPushService();
	onTestFinished(service.close);
	const key = join(emptyFolder(), "web-push.pem");
	const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	writeFileSync(key, privateKey.export({ type: "pkcs8", format: "pem" }));
	const { station, code } = await stationWithTicket([
		...["--web-push-key", key, "--web-push-contact", "mailto:it@example.cn", "--web-push-services", "127.0.0.1"],
	]);
	const receiver = openPushBrowser();
	const { page, faults } = await openPage(browser, `${station.origin}/phone`, {
		...PHONE,
		permissions: ["notifications"],
	});
	// Chromium would subscribe at Google's service: here it gets an address on loopback, and the rest is its own.
	const subscription = { endpoint: `${service.origin}/send/one`, keys: receiver.keys };
	await page.addInitScript((given) => {
		const subscribed = { toJSON: () => given, unsubscribe: async () => true };
		Object.assign(PushManager.prototype, {
			subscribe: async () => subscribed,
			getSubscription: async () => subscribed,
		});
	}, subscription);
	await page.goto(`${station.origin}/phone#${code}`);
	await page.reload();
	await page.getByText(english.notifyPrivacy).waitFor();
	await page.getByRole("button", { name: english.notifyOn }).click();
	await page.getByText(english.notifyIsOn).waitFor();
	await page.reload();
	await page.getByText(english.notifyIsOn).waitFor();

	const desk = async (path: string, token: string, body: object) => {
		const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
		const answer = await fetch(`${station.origin}/api/${path}`, {
			method: "POST",
			headers,
			body: JSON.stringify(body),
		});
		return (await answer.json()) as Record<string, unknown>;
	};
	const { staff } = station.ready;
	const { token } = await desk("session", "", { staff: staff?.name, pin: staff?.pin, counter: "3" });
	await desk("counters/3/next", String(token), {});
	const message = receiver.read((await service.next()).body);
	expect(message).toMatchObject({ title: "B001", body: "Please go to counter 3", code });

	const client = await page.context().newCDPSession(page);
	const registered = new Promise<string>((resolve) => {
		client.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [found] }) => {
			if (found) resolve(found.registrationId);
		});
	});
	await client.send("ServiceWorker.enable");
	const origin = station.origin;
	const registrationId = await registered;
	await client.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data: JSON.stringify(message) });
	const shown = () =>
		page.evaluate(async () => {
			const [registration] = await navigator.serviceWorker.getRegistrations();
			return (await registration?.getNotifications())?.map(({ title, body, lang }) => [title, body, lang]);
		});
	await expect.poll(shown, { timeout: 20_000 }).toEqual([["B001", "Please go to counter 3", "en"]]);
	expect(faults).toEqual([]);
});
