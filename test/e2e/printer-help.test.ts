import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openForReading } from "../../db/station/open.ts";
import { ticket as ticketTable } from "../../db/station/schema/tickets.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, MIGRATIONS, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const messagesOf = (screen: string, language: string): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/${screen}/${language}.json`), "utf8"));

test("without the printer the kiosk shows number and code, the desk says what to do, and P prints once more when it is back", {
	timeout: 120_000,
}, async () => {
	const data = join(emptyFolder(), "data");
	const station = await spawnReady(["demo", "--headless", "--data", data]);
	const setControls = async (change: object) => {
		const answer = await fetch(new URL("/api/printer", station.ready.printer), {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(change),
		});
		return (await answer.json()) as { pieces: unknown[] };
	};
	await setControls({ power: "off" });

	const kiosk = await openPage(browser, station.ready.kiosk, { viewport: { width: 1080, height: 1920 } });
	await kiosk.page.getByRole("button", { name: "English", exact: true }).click();
	await kiosk.page
		.getByRole("button")
		.filter({ has: kiosk.page.getByText("Language learning", { exact: true }) })
		.click();
	await kiosk.page.locator('main[data-stage="missing"]').waitFor();
	expect(await kiosk.page.getByRole("heading", { level: 1 }).innerText()).toBe(
		messagesOf("kiosk", "en")["ticket.unprinted"]?.replace("{{number}}", "U001"),
	);
	const { database, close } = openForReading(data, MIGRATIONS);
	const [row] = database.select().from(ticketTable).all();
	close();
	const [number, code] = await kiosk.page.locator("main bdi").allInnerTexts();
	expect(number).toBe("U001");
	expect(code).toMatch(/^\w{5}\s\w{5}$/);
	expect(code?.replace(/\s/, "")).toBe(row?.code);

	const desk = await openPage(browser, station.ready.desk, {
		viewport: { width: 1366, height: 768 },
		locale: "en-GB",
	});
	const { page } = desk;
	await page.getByRole("button", { name: "English" }).click();
	await page
		.locator("input")
		.first()
		.fill(station.ready.staff?.name ?? "");
	await page.locator("input[type=password]").fill(station.ready.staff?.pin ?? "");
	await page.locator('input[name=counter][value="1"]').check();
	await page.keyboard.press("Enter");
	await page
		.locator('[data-level="trouble"]')
		.getByText(messagesOf("desk", "en").unprinted_one?.slice(10) ?? "")
		.waitFor();

	// The waiting ticket prints by itself, and the kiosk shows that the printer confirmed it.
	await setControls({ power: "on" });
	await kiosk.page.locator('main[data-stage="ready"]').waitFor();
	await page.locator('[data-level="well"]').waitFor();

	await page.keyboard.press("n");
	await page.locator('button[aria-keyshortcuts="P"]:not([aria-disabled="true"])', { hasText: "U001" }).waitFor();
	await setControls({ cover: "open" });
	await page.locator('[data-level="trouble"]').waitFor();
	await page.keyboard.press("p");
	await page.locator('[data-mark="again"]').waitFor();
	await setControls({ cover: "closed" });
	await page.locator("[data-mark]").waitFor({ state: "detached" });
	await expect.poll(async () => (await setControls({})).pieces.length).toBe(2);

	await page.getByText("2 on this roll", { exact: true }).waitFor();
	await page.getByRole("button", { name: messagesOf("desk", "en")["action_new-roll"] ?? "" }).click();
	await page.getByText("0 on this roll", { exact: true }).waitFor();
	expect([kiosk.faults, desk.faults]).toEqual([[], []]);
});
