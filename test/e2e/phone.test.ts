import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openForReading } from "../../db/station/open.ts";
import { ticket } from "../../db/station/schema/tickets.ts";
import type { Language } from "../../protocol/model/language.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { postTicket, type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, MIGRATIONS, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
/** Where the pictures of a run are kept, if somebody wants to look at them. */
const PICTURES = process.env.PAIHAO_PICTURES;

const wordsOf = (language: Language): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/phone/${language}.json`), "utf8"));

async function stationWithTickets(languages: readonly Language[]) {
	const data = emptyFolder();
	const station = await spawnReady(["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`]);
	for (const language of languages)
		await postTicket(station, { topic: "work-permit", language, key: crypto.randomUUID() });
	const { database, close } = openForReading(data, MIGRATIONS);
	const codes = database.select({ code: ticket.code }).from(ticket).orderBy(ticket.issuedSeq).all();
	close();
	return { station, codes: codes.map(({ code }) => code) };
}

async function openDesk({ origin, ready }: Spawned) {
	const post = async (path: string, token: string, body: object) => {
		const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
		const answer = await fetch(`${origin}/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
		return (await answer.json()) as Record<string, unknown>;
	};
	const { token } = await post("session", "", { staff: ready.staff?.name, pin: ready.staff?.pin, counter: "3" });
	return (action: string) => post(`counters/3/${action}`, String(token), {});
}

async function keepPicture(page: Page, name: string): Promise<void> {
	if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `phone-${name}.png`), fullPage: true });
}

test("from the code to the rating: the page follows the ticket by itself", async () => {
	const { station, codes } = await stationWithTickets(["en", "ar", "zh-Hans"]);
	const words = wordsOf("en");
	const { page, faults } = await openPage(browser, `${station.origin}/phone#${codes[0]}`, PHONE);
	// Nobody is next where nobody could call them.
	await page.getByText(words.waitingHint ?? "").waitFor();
	const desk = await openDesk(station);
	await page.getByText(words.next ?? "").waitFor();
	expect(await page.locator("bdi").first().innerText()).toBe("B001");
	await page.getByRole("button", { name: words.giveWayBy?.replace("{{people}}", "1") ?? "" }).click();
	await page.getByText(words.ahead ?? "").waitFor();
	await keepPicture(page, "en-waiting");

	expect(await desk("next")).toMatchObject({ number: "B002" });
	await desk("start");
	await desk("finish");
	expect(await desk("next")).toMatchObject({ number: "B001" });
	await page.getByRole("alert").getByText("Please go to counter 3").waitFor();
	await keepPicture(page, "en-called");
	await desk("start");
	await desk("finish");
	await page.getByRole("button", { name: words.rating5 ?? "", exact: true }).click();
	await page.getByText(words.rated ?? "").waitFor();
	await keepPicture(page, "en-rated");
	expect(faults).toEqual([]);
});

test("a typed code; another language from right to left; leaving asks once", async () => {
	const { station, codes } = await stationWithTickets(["zh-Hans"]);
	await openDesk(station);
	const { page } = await openPage(browser, `${station.origin}/phone`, {
		...PHONE,
		locale: "zh-CN",
		colorScheme: "dark",
	});
	const chinese = wordsOf("zh-Hans");
	const field = page.getByRole("textbox");
	await field.fill("0000000000");
	await page.getByRole("button", { name: chinese.codeShow ?? "" }).click();
	await page
		.getByRole("alert")
		.getByText(chinese.codeUnknown ?? "")
		.waitFor();
	await keepPicture(page, "zh-code");
	await field.fill(`${codes[0]?.slice(0, 5).toLowerCase()} ${codes[0]?.slice(5)}`);
	await page.keyboard.press("Enter");
	await page.getByText(chinese.next ?? "").waitFor();
	await keepPicture(page, "zh-next");

	await page.getByRole("combobox").selectOption("ar");
	const arabic = wordsOf("ar");
	await page.getByText(arabic.next ?? "").waitFor();
	expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
		"ar",
		"rtl",
	]);
	await page.getByRole("button", { name: arabic.leave ?? "" }).click();
	await keepPicture(page, "ar-leaving");
	await page.getByRole("button", { name: arabic.leaveYes ?? "", exact: true }).click();
	await page.getByText(arabic.cancelled ?? "").waitFor();
	await keepPicture(page, "ar-cancelled");
});
