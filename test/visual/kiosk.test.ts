import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LANGUAGE_NAMES, type Language } from "../../protocol/model/language.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { firstKeyOf } from "../fixtures/kiosk-simulation.ts";
import { type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";
import { compareWithExpected, takeScreenshot } from "./screenshots.ts";

/* Screens of the kiosk, compared with approved screenshots: screenshots.ts. */

/** Half the kiosk's pixels suffice to see a change. */
const SCALE = 0.5;
const PANELS = {
	portrait: { width: 1080, height: 1920 },
	landscape: { width: 1920, height: 1080 },
	low: { width: 1366, height: 768 },
};
const NOON = new Date("2026-11-24T12:00:00+08:00");

type Screen = "languages" | "topics" | "documents" | "unavailable" | "search" | "ticket";
interface View {
	screen: Screen;
	language: Language;
	panel?: keyof typeof PANELS;
	mode?: "text" | "contrast" | "reach";
}
const VIEWS: readonly View[] = [
	...(["topics", "documents", "ticket", "search"] as const).flatMap((screen) =>
		(["zh-Hans", "en", "ar"] as const).map((language): View => ({ screen, language })),
	),
	{ screen: "languages", language: "zh-Hans" },
	{ screen: "languages", language: "zh-Hans", panel: "landscape", mode: "contrast" },
	{ screen: "topics", language: "de", panel: "landscape" },
	{ screen: "topics", language: "th", mode: "reach" },
	{ screen: "topics", language: "ru", mode: "text" },
	{ screen: "documents", language: "ja", panel: "landscape", mode: "contrast" },
	{ screen: "unavailable", language: "fr" },
	{ screen: "topics", language: "en", panel: "low" },
	{ screen: "search", language: "ko", panel: "landscape", mode: "reach" },
];
const nameOf = ({ screen, language, panel = "portrait", mode }: View) =>
	[screen, language, panel, ...(mode ? [mode] : [])].join("-");

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser("whole");
});
afterAll(() => browser.close());

const messagesOf = (language: Language): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/kiosk/${language}.json`), "utf8"));
const topicName = (topic: string, language: Language): string =>
	JSON.parse(readFileSync(join(TOP, `resources/catalogue/translations/${language}.json`), "utf8")).services[topic].name;

/**
 * Fixes what depends on the time and on earlier visitors: the site is open, nobody waits, one topic is full. Tickets are
 * real: the screenshots are taken in order, so that each ticket has its number.
 */
async function freezeTopics(page: Page): Promise<void> {
	const opening = { open: true, opensAt: null, closesAt: NOON.getTime() + 5 * 3_600_000 };
	await page.route("**/api/topics?*", async (route) => {
		const topics = await (await route.fetch()).json();
		Object.assign(topics.site, opening);
		for (const topic of topics.topics)
			Object.assign(topic, {
				ahead: 0,
				wait: { minMinutes: 0, maxMinutes: 5 },
				availability: topic.id === "social-insurance" ? "full" : "available",
			});
		await route.fulfill({ json: topics });
	});
	await page.route("**/api/topics/*/other-sites*", async (route) => {
		const { sites } = (await (await route.fetch()).json()) as { sites: { id: string }[] };
		const two = sites.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, 2);
		// The first has an address, and so a directions slip; the second is an example with only a name.
		for (const [place, site] of two.entries()) Object.assign(site, opening, { queue: null, example: place > 0 });
		await route.fulfill({ json: { sites: two } });
	});
}

async function open(station: Spawned, { screen, language, panel = "portrait", mode }: View): Promise<Page> {
	const { page } = await openPage(browser, "about:blank", {
		viewport: PANELS[panel],
		deviceScaleFactor: SCALE,
		reducedMotion: "reduce",
	});
	await page.clock.install({ time: NOON });
	await freezeTopics(page);
	await page.goto(`${station.ready.kiosk}&mm=${panel === "low" ? 3.97 : 4.05}`);
	const messages = messagesOf(language);
	const button = (key: string) => page.getByRole("button", { name: messages[key] ?? key, exact: true });
	const tile = (topic: string) =>
		page
			.locator("#kiosk")
			.getByRole("button")
			.filter({ has: page.getByText(topicName(topic, language), { exact: true }) });
	const settled = () => page.locator("[data-settling]").waitFor({ state: "detached" });
	const choice = page.getByRole("button", { name: LANGUAGE_NAMES[language], exact: true });
	await choice.waitFor();
	if (mode)
		await page.getByRole("button", { name: new RegExp(messagesOf("zh-Hans")[`toolbar.${mode}`] ?? mode) }).click();
	await settled();
	if (screen === "languages") {
		// The steps appear after the tiles, the site's name with the first answer of the station.
		await page.locator("main ol > li").last().waitFor();
		await page.locator("header p").waitFor();
		return page;
	}
	await choice.click();
	await tile("work-permit").waitFor();
	await settled();
	switch (screen) {
		case "topics":
			break;
		case "documents":
			await tile("work-permit").click();
			await page.locator("main[data-view=question] ul button").first().click();
			await page.locator("main[data-view=papers] ul").waitFor();
			break;
		case "unavailable":
			await tile("social-insurance").click();
			await button("unavailable.another").waitFor();
			break;
		case "search":
			await button("search.open").click();
			await settled();
			await page
				.locator("main")
				.getByRole("button", { name: firstKeyOf("work-permit", language), exact: true })
				.click();
			break;
		case "ticket":
			await tile("language-learning").click();
			await page.locator('main[data-stage="printing"]').waitFor();
			break;
		default:
			screen satisfies never;
	}
	return page;
}

async function capture(station: Spawned, view: View): Promise<PNG> {
	const page = await open(station, view);
	const screenshot = await takeScreenshot(page);
	// Its requests must not continue beside the next screen or after the station's end.
	await page.unrouteAll({ behavior: "ignoreErrors" });
	await page.context().close();
	return screenshot;
}

test("21 screens of the kiosk look as approved", { timeout: 240_000 }, async () => {
	const station = await spawnReady(["demo", "--headless", "--data", emptyFolder(), "--printer", "tcp://127.0.0.1:1"]);
	const differences: (string | undefined)[] = [];
	for (const view of VIEWS) differences.push(compareWithExpected(nameOf(view), await capture(station, view)));
	expect(VIEWS).toHaveLength(21);
	expect(differences.filter((difference) => difference !== undefined)).toEqual([]);
});
