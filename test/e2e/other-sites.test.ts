import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LANGUAGE_NAMES, type Language } from "../../protocol/model/language.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { wordsOf } from "../fixtures/kiosk-simulation.ts";
import { type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

/* A visitor at a small desk looks for what only the main centre does, and leaves with the way there in hand. */

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

async function openSmallDesk(): Promise<{ station: Spawned; papers(): number }> {
	const folder = emptyFolder();
	const paper = join(folder, "paper");
	const station = await spawnReady([
		...["demo", "--headless", "--data", join(folder, "data"), "--site", "service-centre-1"],
		...["--printer", `virtual:${paper}`],
	]);
	return { station, papers: () => readdirSync(paper).filter((name) => name.endsWith(".png")).length };
}

async function openKiosk({ ready }: Spawned, language: Language) {
	const { page, faults } = await openPage(browser, ready.kiosk, { viewport: { width: 1080, height: 1920 } });
	const words = wordsOf(language);
	await page.getByRole("button", { name: LANGUAGE_NAMES[language], exact: true }).click();
	const button = (word: string) => page.getByRole("button", { name: words[word] ?? word, exact: true });
	const named = (name: string) => page.getByRole("button").filter({ has: page.getByText(name, { exact: true }) });
	return { page, faults, words, button, named, tap: (target: ReturnType<Page["locator"]>) => tapSettled(page, target) };
}

/** As a person does: once the screen has come to rest. */
async function tapSettled(page: Page, target: ReturnType<Page["locator"]>): Promise<void> {
	await target.first().waitFor();
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	await target.first().click();
}

test("what is not on the list is a tap away, and the slip is printed once", { timeout: 60_000 }, async () => {
	const { station, papers } = await openSmallDesk();
	const { page, faults, words, button, named, tap } = await openKiosk(station, "en");
	await tap(named(words["topics.otherSites"] ?? ""));
	await tap(named("Housing provident fund").or(named(words["topics.more"] ?? "")));
	await page.getByRole("heading", { name: words["unavailable.notAtThisSite"] ?? "", exact: true }).waitFor();
	const centre = page.getByRole("listitem").filter({ hasText: "Shanghai Permanent Residence Service Centre" });
	await centre.getByText("浦东新区学林路36弄8-9号楼（张江高科技园区）").waitFor();
	// Nobody is sent to a placeholder.
	const example = page.getByRole("listitem").filter({ hasText: "(example)" }).first();
	await example.getByText(words["unavailable.askAddress"] ?? "", { exact: true }).waitFor();
	expect(await example.getByRole("button").count()).toBe(0);

	await tap(centre.getByRole("button"));
	await button("directions.printed").waitFor();
	await button("directions.printed").click();
	expect(papers()).toBe(1);
	await tap(button("ticket.done"));
	await page.getByRole("button", { name: LANGUAGE_NAMES.ar, exact: true }).waitFor();
	expect(papers()).toBe(1);
	expect(faults).toEqual([]);
});

test("the search finds it by its first letters, and says that it is done elsewhere", { timeout: 60_000 }, async () => {
	const { station } = await openSmallDesk();
	const { page, faults, words, button, named, tap } = await openKiosk(station, "en");
	await tap(button("search.open"));
	await page.getByRole("heading", { name: words["search.title"] ?? "", exact: true }).waitFor();
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	await page.keyboard.type("hous");
	const found = named("Housing provident fund");
	await found.getByText(words["topics.atOtherSites"] ?? "", { exact: true }).waitFor();
	await tap(found);
	await page.getByText("Shanghai Permanent Residence Service Centre", { exact: true }).waitFor();
	await tap(button("unavailable.another"));
	await page.getByRole("heading", { name: words["search.title"] ?? "", exact: true }).waitFor();
	expect(faults).toEqual([]);
});
