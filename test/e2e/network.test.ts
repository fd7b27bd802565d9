import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LANGUAGE_NAMES, type Language } from "../../protocol/model/language.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { runCommand, type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
let station: Spawned;
let data: string;
/** The station's address on the network. */
let origin: string;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Where a run saves its screenshots, if set. */
const PICTURES = process.env.PAIHAO_PICTURES;
const messagesOf = (screen: string, language: Language): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/${screen}/${language}.json`), "utf8"));
const messages = messagesOf("setup", "en");

async function keepPicture(page: Page, name: string): Promise<void> {
	if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `pair-${name}.png`) });
}

async function openStation(): Promise<void> {
	data = emptyFolder();
	station = await spawnReady([
		...["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`],
		...["--network", "127.0.0.1", "--network-port", "0"],
	]);
	origin = station.ready.network[0] ?? "";
}

/** Another machine's browser; its user accepted the certificate. */
const openOutside = (path: string, viewport: { width: number; height: number }) =>
	openPage(browser, `${origin}${path}`, { viewport, ignoreHTTPSErrors: true, locale: "en-GB" });

async function signIn(page: Page): Promise<void> {
	await page
		.locator("input")
		.nth(0)
		.fill(station.ready.staff?.name ?? "");
	await page.locator("input[type=password]").fill(station.ready.staff?.pin ?? "");
	await page.locator('input[name=counter][value="1"]').check();
	await page.keyboard.press("Enter");
	await page.locator('button[aria-keyshortcuts^="N"]').waitFor();
}

/** A code that staff newCode with the command. */
async function codeFor(kind: string): Promise<string> {
	const { stdout } = await runCommand(["pair", "--as", kind, "--data", data]);
	return (JSON.parse(stdout) as { code: string }).code;
}

/** Walks to the topics and gives the tile whose tap takes a ticket. */
async function goToTopic(page: Page, language: Language) {
	await page.getByRole("button", { name: LANGUAGE_NAMES[language], exact: true }).click();
	const { services } = JSON.parse(readFileSync(join(TOP, `resources/catalogue/translations/${language}.json`), "utf8"));
	const tile = page
		.getByRole("button")
		.filter({ has: page.getByText(services["language-learning"].name, { exact: true }) });
	await tile.waitFor();
	return tile;
}

test("a desk pairs with a code from a supervisor, works, and is unpaired", async () => {
	await openStation();
	const here = await openPage(browser, station.ready.kiosk.replace(/kiosk.*/, "setup"), {
		viewport: { width: 1280, height: 800 },
		locale: "en-GB",
	});
	await here.page.getByText(messages.devicesSignIn ?? "").waitFor();
	expect((await here.page.locator("main").innerText()).replace(/\s/g, "")).toContain(
		station.ready.fingerprint?.replaceAll(":", ""),
	);
	await keepPicture(here.page, "local");
	await here.page.getByRole("link", { name: messages.toDesk ?? "" }).click();
	await signIn(here.page);
	await here.page.goto(`${station.origin}/setup`);
	await here.page.getByLabel(messages.makeName ?? "").fill("Counter 3");
	await keepPicture(here.page, "make");
	await here.page.getByRole("button", { name: messages.make ?? "" }).click();
	const code = (await here.page.getByText(/^\d{4} \d{4}$/).innerText()).replace(" ", "");
	await keepPicture(here.page, "code-created");

	// A new machine asks for its desk and is led to the pairing page.
	const desk = await openOutside("/desk", { width: 1024, height: 768 });
	await desk.page.getByRole("heading", { name: messages.enterHeading ?? "" }).waitFor();
	await keepPicture(desk.page, "enter");
	const wrong = code.startsWith("0") ? "1" : "0";
	await desk.page.keyboard.type(wrong + code.slice(1));
	await desk.page.getByText(messages["refused.PAIRING_CODE_UNKNOWN"] ?? "").waitFor();
	await keepPicture(desk.page, "wrong");
	for (const digit of code) await desk.page.getByRole("button", { name: digit, exact: true }).click();
	await desk.page.getByRole("link", { name: messages["open.desk"] ?? "" }).waitFor();
	await keepPicture(desk.page, "paired");
	await desk.page.getByRole("link", { name: messages["open.desk"] ?? "" }).click();
	await desk.page.getByRole("button", { name: "English", exact: true }).click();
	await desk.page.locator("input[type=password]").waitFor();
	// The refused code is the one fault that the browser noted.
	expect(desk.faults.filter((error) => !error.includes("404"))).toEqual([]);

	// It shows at the supervisor's by itself, and is shut out by two presses.
	await here.page.getByRole("button", { name: `${messages.remove}: Counter 3` }).click();
	await keepPicture(here.page, "remove");
	await here.page.getByRole("button", { name: "中文", exact: true }).click();
	await keepPicture(here.page, "remove-zh");
	await here.page.getByRole("button", { name: messagesOf("setup", "zh-Hans").remove ?? "", exact: true }).click();
	await here.page.getByText(messagesOf("setup", "zh-Hans").devicesNone ?? "").waitFor();
	await desk.page.reload();
	await desk.page.getByRole("heading", { name: messages.enterHeading ?? "" }).waitFor();
	expect(here.faults).toEqual([]);
});

test("a second kiosk with seven boards: its ticket is one, though the answer was lost; cut off, it sends people to staff", async () => {
	await openStation();
	const { page, faults } = await openOutside("/kiosk", { width: 1080, height: 1920 });
	await page.getByRole("heading", { name: messages.enterHeading ?? "" }).waitFor();
	await keepPicture(page, "enter-tall");
	await page.keyboard.type(await codeFor("kiosk"));
	await page.getByRole("link", { name: messages["open.kiosk"] ?? "" }).click();

	// More boards in the same browser than it would open connections of HTTP/1.1 to one address.
	const boards = await Promise.all(Array.from({ length: 7 }, () => page.context().newPage()));
	await Promise.all(boards.map((board) => board.goto(`${origin}/board`)));

	// The station issues, but its answer never comes: the kiosk asks again with the same key.
	let issued = 0;
	await page.route("**/api/tickets", async (route) => {
		issued += 1;
		const answer = await route.fetch();
		if (issued === 1) await route.abort("connectionreset");
		else await route.fulfill({ response: answer });
	});
	await (await goToTopic(page, "ar")).click();
	await page.locator('main[data-stage="ready"]').waitFor();
	expect(await page.locator("main bdi").first().innerText()).toBe("U001");
	expect(issued).toBe(2);
	expect(await waiting()).toBe(1);
	await Promise.all(boards.map((board) => board.getByText("U001").first().waitFor()));
	await Promise.all(boards.map((board) => board.close()));
	await page.unroute("**/api/tickets");

	// The network goes in the middle of a visit: what is true, in the visitor's language and in Chinese.
	const icons = page.waitForRequest(/\/assets\/repeat-/);
	await page.reload();
	const tile = await goToTopic(page, "ar");
	await (await (await icons).response())?.finished();
	// All that the visit can still need is here before the network goes.
	await page.waitForFunction(() => performance.getEntriesByName("screens-preloaded").length > 0);
	const missing: string[] = [];
	page.on("requestfailed", (request) => {
		if (request.url().includes("/assets/")) missing.push(request.url());
	});
	await page.context().setOffline(true);
	await tile.click();
	await page.getByText(messagesOf("kiosk", "ar")["connectionLost.title"] ?? "").waitFor();
	await page.getByText(messagesOf("kiosk", "zh-Hans")["connectionLost.title"] ?? "").waitFor();
	await keepPicture(page, "kiosk-lost-ar");
	expect(missing).toEqual([]);
	// It comes back by itself, and the visit goes on where it was.
	await page.context().setOffline(false);
	await page.locator('main[data-stage="ready"]').waitFor();
	expect(await page.locator("main bdi").first().innerText()).toBe("U002");
	expect(await waiting()).toBe(2);
	expect(faults.filter((error) => !/ERR_CONNECTION_RESET|ERR_INTERNET_DISCONNECTED/.test(error))).toEqual([]);
});

/** How many people the board says are waiting. */
async function waiting(): Promise<number> {
	const board = (await (await fetch(`${station.origin}/api/board`)).json()) as { waitingCount: number };
	return board.waitingCount;
}
