import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import desk from "../../resources/languages/desk/en.json" with { type: "json" };
import sheet from "../../resources/languages/printer-setup/en.json" with { type: "json" };
import english from "../../resources/languages/supervision/en.json" with { type: "json" };
import chinese from "../../resources/languages/supervision/zh-Hans.json" with { type: "json" };
import { axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { ACCEPTS, spooler } from "../fixtures/fake-cups.ts";
import { systemFontErrors } from "../fixtures/geometry.ts";
import { runCommand, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

/* What the set-up asked once, chosen again by a supervisor at the desk: the printer and, before the first ticket, the site. */

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Where the pictures of a run are saved, if somebody wants to look at them. */
const PICTURES = process.env.PAIHAO_PICTURES;

test("a supervisor chooses another printer, then another site, and the station goes on with both", async () => {
	spooler({
		lpstat: `if [ "$1" = -v ]; then echo "device for front-desk: usb://EPSON/TM-T88V?serial=1"; exit 0; fi\n${ACCEPTS}`,
	});
	const data = emptyFolder();
	const station = await spawnReady(["station", "--data", data, "--headless", "--port", "0"], {
		PATH: process.env.PATH ?? "",
	});
	const added = await runCommand(["staff", "add", "Li Na", "supervisor", "--data", data]);
	const { pin } = JSON.parse(added.stdout) as { pin: string };
	const chosen = () => JSON.parse(readFileSync(join(data, "chosen-settings.json"), "utf8")) as object;

	const { page, faults } = await openPage(browser, station.ready.desk, {
		viewport: { width: 1280, height: 900 },
		locale: "en-GB",
	});
	const button = (name: string) => page.getByRole("button", { name, exact: true });
	await signIn(page, pin);
	await page.getByRole("button", { name: desk.toSupervision }).click();
	await page.getByRole("button", { name: english.tab_printer }).click();
	const printers = page.getByRole("combobox", { name: english.printerOther });
	await printers.locator("option", { hasText: "front-desk" }).waitFor({ state: "attached" });
	expect(await button(english.printerUse).isDisabled()).toBe(true);
	expect(await button(sheet.print).count()).toBe(0);
	await printers.selectOption("lp:front-desk");
	await look(page, "printer");
	await button(english.printerUse).click();
	await expect.poll(chosen).toEqual({ printer: "lp:front-desk" });
	await button(sheet.print).waitFor();

	await button("中文").click();
	await page.getByRole("button", { name: chinese.tab_site }).click();
	const sites = page.getByRole("combobox", { name: chinese.siteOfStation });
	await sites.selectOption("integration-station-6");
	await look(page, "site");
	await button(chinese.siteUse).click();
	await expect.poll(chosen).toEqual({ printer: "lp:front-desk", site: "integration-station-6" });
	// The station has opened again: the same page goes on there.
	await expect.poll(() => sites.inputValue()).toBe("integration-station-6");
	await expect.poll(() => button(chinese.siteUse).isDisabled()).toBe(true);
	expect(faults).toEqual([]);
});

async function signIn(page: Page, pin: string): Promise<void> {
	await page.getByRole("button", { name: "English", exact: true }).click();
	await page.locator("input").nth(0).fill("Li Na");
	await page.locator("input[type=password]").fill(pin);
	await page.locator('input[name=counter][value="1"]').check();
	await page.keyboard.press("Enter");
}

async function look(page: Page, name: string): Promise<void> {
	await page.evaluate(() => document.fonts.ready);
	if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `choices-${name}.png`) });
	expect(await axeErrorsInTheDark(page), name).toEqual([]);
	expect(await systemFontErrors(page), name).toEqual([]);
}
