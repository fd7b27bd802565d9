import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { signIn } from "../fixtures/busy-morning.ts";
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

/** A server on this machine that gives a web page where a calendar should be. */
async function serveWebPage(): Promise<string> {
	const server = createServer((_, response) => void response.end("<!doctype html>")).listen(0, "127.0.0.1");
	await new Promise((done) => server.once("listening", done));
	onTestFinished(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.ics`;
}

test.each([
	["English", "en", "December 5, 2026"],
	["中文", "zh-Hans", "2026年12月5日"],
])(
	"in %s a supervisor says which day a list means, imports it, and sees that the calendar fails",
	async (button, language, day) => {
		const [desk, supervision] = [textsIn("desk", language), textsIn("supervision", language)];
		const remarks = textsIn("list-remarks", language);
		const flags = [
			"--data",
			emptyFolder(),
			"--printer",
			`virtual:${emptyFolder()}`,
			"--calendar",
			await serveWebPage(),
		];
		const station = await spawnReady(["demo", "--headless", ...flags]);
		const { page, faults } = await openPage(browser, station.ready.desk, { viewport: { width: 1280, height: 900 } });
		await page.getByRole("button", { name: button, exact: true }).click();
		await signIn(page, station, "1");
		await page.getByRole("button", { name: desk.toSupervision ?? "" }).click();
		await page.getByRole("button", { name: supervision.tab_visits ?? "" }).click();
		await page.getByText(remarks["feed-web-page"] ?? "").waitFor();

		const choose = (name: string, buffer: Buffer) =>
			page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
		await choose("bookings.csv", Buffer.from([0x50, 0x4b, 3, 4, 20, 0]));
		await page.getByText(remarks["file-zip"] ?? "").waitFor();
		await choose("kunden.csv", Buffer.from("Kennung;Zeit;topic;Kunde\nHY-2040;2026-12-05 09:00;work-permit;x\n"));
		await page.getByText(supervision.columnsAsk ?? "").waitFor();
		await page.getByRole("combobox", { name: supervision.column_code ?? "", exact: true }).selectOption("1");
		await page.getByRole("combobox", { name: supervision.column_time ?? "", exact: true }).selectOption("2");
		if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `import-list-columns-${language}.png`) });
		expect(await axeErrorsInTheDark(page)).toEqual([]);
		await page.getByRole("button", { name: supervision.columnsRead ?? "", exact: true }).click();
		await page.getByRole("button", { name: supervision.importDo ?? "", exact: true }).waitFor();
		await choose("bookings.csv", Buffer.from("code,time,topic\nHY-2041,05/12/2026 9:00,work-permit\n"));
		await page.getByRole("group", { name: "05/12/2026" }).waitFor();
		if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `import-list-asks-${language}.png`) });
		expect(await axeErrorsInTheDark(page)).toEqual([]);
		await page.getByRole("button", { name: day, exact: true }).click();
		await page.getByText(supervision.importFirst ?? "").waitFor();
		await page
			.getByRole("listitem")
			.filter({ hasText: "HY-2041" })
			.getByText(/5.*0?9:00/)
			.waitFor();
		if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `import-list-first-${language}.png`) });
		await page.getByRole("button", { name: supervision.importDo ?? "", exact: true }).click();
		await page.getByText((supervision.importDone ?? "").split("{{")[0] ?? "").waitFor();
		if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `import-list-done-${language}.png`) });
		// The browser writes down each refusal: the zip, the columns and the dates.
		expect(faults.filter((fault) => !fault.includes("422"))).toEqual([]);
	},
	60_000,
);
