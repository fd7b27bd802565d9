import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { BUSY, callTickets, codesOf, openBusyStation, signIn, takeTickets } from "../fixtures/busy-morning.ts";
import { TOP } from "../fixtures/station-folder.ts";
import { compareWithExpected, takeScreenshot } from "./screenshots.ts";

/* Board, desk and phone, compared with approved screenshots: screenshots.ts. */

const LETTERS = join(TOP, "node_modules/@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2");
const STILL = {
	deviceScaleFactor: 0.5,
	reducedMotion: "reduce",
	locale: "en-GB",
	timezoneId: "Asia/Shanghai",
} as const;

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser("whole");
});
afterAll(() => browser.close());

/** The phone page uses the system's font: the screenshot needs the same one everywhere. */
async function useFixedFont(page: Page): Promise<void> {
	await page.route("**/letters.woff2", (route) =>
		route.fulfill({ body: readFileSync(LETTERS), contentType: "font/woff2" }),
	);
	const face = '@font-face { font-family: Letters; src: url("/letters.woff2"); font-weight: 100 900 }';
	await page.addStyleTag({ content: `${face} :root, * { font-family: Letters !important }` });
}

test("board, desk and phone look as approved", async () => {
	const { station, data } = await openBusyStation();
	await takeTickets(station);
	await callTickets(station);
	const differences: (string | undefined)[] = [];

	const board = await openPage(browser, "about:blank", { ...STILL, viewport: { width: 1920, height: 1080 } });
	await board.page.clock.setFixedTime(BUSY);
	await board.page.goto(station.ready.board);
	await board.page.locator("li[data-state]").nth(4).waitFor();
	await board.page.locator("footer").waitFor();
	await board.page.getByText("Work permit").waitFor();
	differences.push(compareWithExpected("board", await takeScreenshot(board.page)));

	const desk = await openPage(browser, "about:blank", { ...STILL, viewport: { width: 1366, height: 768 } });
	await desk.page.clock.setFixedTime(BUSY);
	await desk.page.goto(station.ready.desk);
	await desk.page.getByRole("button", { name: "English", exact: true }).click();
	await signIn(desk.page, station, "2");
	// All tickets are printed: the count of the roll no longer changes.
	await desk.page.getByText("17 on this roll", { exact: true }).waitFor();
	differences.push(compareWithExpected("desk", await takeScreenshot(desk.page)));

	const phone = await openPage(browser, "about:blank", {
		...STILL,
		deviceScaleFactor: 1,
		bypassCSP: true,
		viewport: { width: 390, height: 844 },
	});
	await phone.page.clock.setFixedTime(BUSY);
	await phone.page.goto(`${station.origin}/phone#${codesOf(data)[7]}`);
	await phone.page.locator('[data-state="waiting"]').waitFor();
	await useFixedFont(phone.page);
	differences.push(compareWithExpected("phone", await takeScreenshot(phone.page)));
	expect(differences.filter((difference) => difference !== undefined)).toEqual([]);
});
