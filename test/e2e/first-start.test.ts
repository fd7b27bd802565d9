import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LANGUAGE_NAMES } from "../../protocol/model/language.ts";
import { axeErrors } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { ACCEPTS, spooler } from "../fixtures/fake-cups.ts";
import { geometryErrors, STAFF_RULES, systemFontErrors } from "../fixtures/geometry.ts";
import { spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Where the pictures of a run are saved, if somebody wants to look at them. */
const PICTURES = process.env.PAIHAO_PICTURES;
/** Every touch of the glass counts, each key of the name and of the PIN too. */
const MOST_TAPS = 25;

const textsIn = (folder: string, language: string): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/${folder}/${language}.json`), "utf8"));
const catalogueIn = (language: string): { services: Record<string, { name: string }> } =>
	JSON.parse(readFileSync(join(TOP, `resources/catalogue/translations/${language}.json`), "utf8"));

/** A page whose touches are counted. */
function counted(page: Page) {
	let taps = 0;
	const tap = async (target: Locator) => {
		await target.click();
		taps += 1;
	};
	return { tap, button: (name: string) => page.getByRole("button", { name, exact: true }), taps: () => taps };
}

async function newStation(more: readonly string[] = []) {
	spooler({
		lpstat: `if [ "$1" = -v ]; then echo "device for front-desk: usb://EPSON/TM-T88V?serial=1"; exit 0; fi\n${ACCEPTS}`,
	});
	const folder = emptyFolder();
	const args = ["station", "--data", folder, "--headless", "--port", "0", ...more];
	return { folder, station: await spawnReady(args, { PAIHAO_FIRST_START: "touch", PATH: process.env.PATH ?? "" }) };
}

const WAYS = [
	{ language: "en", name: "English", viewport: { width: 1080, height: 1920 } },
	{ language: "zh-Hans", name: "中文", viewport: { width: 1920, height: 1080 } },
] as const;

test.each(WAYS)(
	"in $name from the first screen to the first ticket by touch alone, in 25 taps",
	async ({ language, name, viewport }) => {
		const { station } = await newStation();
		const { page, faults } = await openPage(browser, station.ready.kiosk, { viewport, hasTouch: true });
		const { tap, button, taps } = counted(page);
		const texts = textsIn("first-start", language);
		const text = (key: string) => texts[key] ?? key;
		const heading = (key: string) => page.getByRole("heading", { name: text(key), exact: true }).waitFor();
		const look = async (step: string) => {
			await page.evaluate(() => document.fonts.ready);
			if (PICTURES !== undefined)
				await page.screenshot({ path: join(PICTURES, `first-start-${language}-${step}.png`) });
			expect(await axeErrors(page), step).toEqual([]);
			expect(await systemFontErrors(page), step).toEqual([]);
			expect(await geometryErrors(page, STAFF_RULES), step).toEqual([]);
		};

		await button(name).waitFor();
		await look("1-language");
		await tap(button(name));

		await heading("site.heading");
		const site = page.getByRole("group", { name: text("site.kind.centre"), exact: true }).getByRole("button");
		await site.waitFor();
		expect(await button(text("site.use")).isDisabled()).toBe(true);
		await tap(site);
		await look("2-site");
		await tap(button(text("site.use")));

		await heading("printer.heading");
		const printer = page.getByRole("button", { name: /front-desk/ });
		await printer.waitFor();
		await look("3-printer");
		await tap(printer);
		await heading("printer.check");
		await look("4-sheet");
		await tap(button(text("printer.right")));

		await heading("clock.heading");
		await look("5-clock");
		await tap(button(text("clock.yes")));
		await heading("server.heading");
		await look("6-server");
		await tap(button(text("server.later")));
		await heading("devices.heading");
		await look("7-devices");
		await tap(button(text("next")));

		await heading("supervisor.heading");
		for (const key of "Wang") await tap(button(key));
		await look("8-name");
		await tap(button(text("next")));
		for (const digit of "4821") await tap(button(digit));
		await look("9-pin");
		await tap(button(text("ok")));
		for (const digit of "4821") await tap(button(digit));
		await heading("done.heading");
		await look("10-done");
		await tap(button(text("done.open")));

		await tap(button(LANGUAGE_NAMES[language]));
		const topic = catalogueIn(language).services["language-learning"]?.name ?? "";
		await tap(page.getByRole("button").filter({ has: page.getByText(topic, { exact: true }) }));
		await expect.poll(() => page.locator("main bdi").first().innerText()).toMatch(/^[A-Z]\d{3}$/);
		expect(taps()).toBeLessThanOrEqual(MOST_TAPS);
		expect(faults).toEqual([]);
	},
);

test("a window that is opened again goes on where it was, and what was done is done", async () => {
	const { station, folder } = await newStation();
	const texts = textsIn("first-start", "en");
	const text = (key: string) => texts[key] ?? key;
	const { page } = await openPage(browser, station.ready.kiosk, { viewport: { width: 1080, height: 1920 } });
	const { button } = counted(page);
	await button("English").click();
	await button(text("site.search")).click();
	for (const key of ["s", "t", "a", "Space", "6"]) await button(key).click();
	expect(
		await page
			.getByRole("group")
			.getByRole("button", { name: /Service/ })
			.count(),
	).toBe(1);
	await page.getByRole("button", { name: /Station 6/ }).click();
	await button(text("site.use")).click();
	await page.getByRole("heading", { name: text("printer.heading") }).waitFor();
	await page.reload();
	await page.getByRole("heading", { name: text("printer.heading") }).waitFor();
	expect(JSON.parse(readFileSync(join(folder, "chosen-settings.json"), "utf8"))).toEqual({
		site: "integration-station-6",
	});
	await button(text("back")).click();
	await expect.poll(() => page.getByRole("button", { name: /Station 6/ }).getAttribute("aria-pressed")).toBe("true");
});

test("a server that IT has prepared is named, and only the code is asked for", async () => {
	const { station } = await newStation(["--server", "https://queue.example/"]);
	const texts = textsIn("first-start", "zh-Hans");
	const text = (key: string) => texts[key] ?? key;
	const { page } = await openPage(browser, station.ready.kiosk, { viewport: { width: 1080, height: 1920 } });
	const { button } = counted(page);
	await button("中文").click();
	await page
		.getByRole("group", { name: text("site.kind.centre"), exact: true })
		.getByRole("button")
		.click();
	await button(text("site.use")).click();
	await button(text("printer.none")).click();
	await button(text("clock.yes")).click();
	await page.getByRole("heading", { name: text("server.prepared") }).waitFor();
	await page.getByText("https://queue.example", { exact: true }).waitFor();
	expect(await geometryErrors(page, STAFF_RULES)).toEqual([]);
	if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, "first-start-prepared-server.png") });
	await button(text("server.now")).click();
	await page.getByRole("heading", { name: text("server.code") }).waitFor();
	const sent = page.waitForRequest((request) => request.url().endsWith("/api/enrolment"));
	for (const key of "7k2qxm40zd") await button(key).click();
	await button(text("server.join")).click();
	expect((await sent).postDataJSON()).toEqual({ server: "https://queue.example", code: "7k2qxm40zd" });
});
