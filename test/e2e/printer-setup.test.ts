import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { systemFontErrors } from "../fixtures/geometry.ts";
import { spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Where the pictures of a run are saved, if somebody wants to look at them. */
const PICTURES = process.env.PAIHAO_PICTURES;

const textsIn = (folder: string, language: string): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/${folder}/${language}.json`), "utf8"));

test.each([
	["English", "en"],
	["中文", "zh-Hans"],
])(
	"in %s a supervisor chooses the model, prints the sheet, and answers its three questions",
	async (button, language) => {
		const paper = emptyFolder();
		const station = await spawnReady(["demo", "--headless", "--data", emptyFolder(), "--printer", `virtual:${paper}`]);
		const { page, faults } = await openPage(browser, station.ready.desk, { viewport: { width: 1280, height: 1000 } });
		await page.getByRole("button", { name: button, exact: true }).click();
		await page
			.locator("input")
			.nth(0)
			.fill(station.ready.staff?.name ?? "");
		await page.locator("input[type=password]").fill(station.ready.staff?.pin ?? "");
		await page.locator('input[name=counter][value="1"]').check();
		await page.keyboard.press("Enter");

		const desk = textsIn("desk", language);
		const supervision = textsIn("supervision", language);
		const texts = textsIn("printer-setup", language);
		const text = (key: string) => texts[key] ?? "";
		await page.getByRole("button", { name: desk.toSupervision ?? "" }).click();
		await page.getByRole("button", { name: supervision.tab_printer ?? "" }).click();
		await page.getByRole("combobox", { name: text("model") }).selectOption("Xprinter XP-80");
		await page.getByRole("button", { name: text("print") }).click();
		await page
			.getByRole("status")
			.getByText(supervision.saved ?? "")
			.waitFor();
		expect(readdirSync(paper).filter((name) => name.endsWith(".png"))).toHaveLength(1);

		const keep = page.getByRole("button", { name: text("keep") });
		expect(await keep.isDisabled()).toBe(true);
		await page.getByRole("radio", { name: "512", exact: true }).check();
		await page.getByRole("radio", { name: text("picture_whole") }).check();
		await page.getByRole("radio", { name: text("cut_none") }).check();
		if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `printer-setup-${language}.png`) });
		expect(await axeErrorsInTheDark(page)).toEqual([]);
		expect(await systemFontErrors(page)).toEqual([]);
		await keep.click();
		await page.getByText(text("nowTear").replace("{{dots}}", "512")).waitFor();
		expect(faults).toEqual([]);
	},
);
