import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatDate } from "../../renderer/i18n/format-time.ts";
import { axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { codesOf, signIn } from "../fixtures/busy-morning.ts";
import { postTicket, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const messagesOf = (screen: string): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/${screen}/en.json`), "utf8"));

test("a supervisor sees whom closing the day would cancel, closes it, prints what is left, and takes it back", async () => {
	const desk = messagesOf("desk");
	const supervision = messagesOf("supervision");
	const data = emptyFolder();
	const args = ["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`];
	const station = await spawnReady(args);
	for (const language of ["ja", "ar", "en"])
		await postTicket(station, { topic: "work-permit", language, key: crypto.randomUUID() });
	const waiting = async () => {
		const board = (await (await fetch(`${station.origin}/api/board`)).json()) as { waitingCount: number };
		return board.waitingCount;
	};
	// A browser whose day is almost never the site's.
	const far = { viewport: { width: 1366, height: 768 }, timezoneId: "Etc/GMT+12" };
	const { page, faults } = await openPage(browser, station.ready.desk, far);
	await page.getByRole("button", { name: "English", exact: true }).click();
	await signIn(page, station, "1");
	await page.keyboard.press("n");
	await page.locator("article").getByText("B001").waitFor();
	await page.getByRole("button", { name: desk.toSupervision ?? "" }).click();
	await page.getByRole("heading", { name: supervision.tab_counters ?? "" }).waitFor();
	await page.keyboard.press("5");

	await page.getByRole("button", { name: supervision.closeDayAsk ?? "" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByText("2 numbers are cancelled:").getByText("B003").waitFor();
	await dialog.getByText("One stays at its counter until it is finished:").getByText("B001").waitFor();
	expect(await axeErrorsInTheDark(page)).toEqual([]);
	expect(await waiting()).toBe(2);
	await dialog.getByRole("button", { name: supervision.closeDay ?? "" }).click();
	await page.getByText("nobody waits any more").waitFor();
	expect(await waiting()).toBe(0);

	// A visitor who was cancelled is not sent to a kiosk that gives no numbers.
	const phone = await openPage(browser, `${station.origin}/phone#${codesOf(data)[2]}`, {});
	const words = messagesOf("phone");
	await phone.page.getByText(words.cancelled ?? "").waitFor();
	expect(await phone.page.getByText(words.cancelledHint ?? "").count()).toBe(0);

	// The paper has what is left, and nothing of the screen.
	await page.emulateMedia({ media: "print" });
	const printed = await page.evaluate(() => document.body.innerText);
	const date = formatDate(Date.now(), "en", "Asia/Shanghai");
	expect(printed).toContain(`Permanent Residence Service Centre · ${date}`);
	expect(printed).toContain("B001");
	expect(printed).not.toContain("B002");
	expect(printed).not.toContain("Close for today");
	await page.emulateMedia({ media: "screen" });

	await page.getByRole("button", { name: "Undo: open the site, put 2 numbers back" }).click();
	await page.getByRole("button", { name: supervision.closeDayAsk ?? "" }).waitFor();
	expect(await waiting()).toBe(2);
	expect(faults).toEqual([]);
});
