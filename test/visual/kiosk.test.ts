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

type Screen = "languages" | "topics" | "search" | "documents" | "unavailable" | "ticket";
/** One visitor's way, in the language that is chosen on the first screen, with the screens to look at in their order. */
interface Visit {
	language: Language;
	screens: readonly Screen[];
	panel?: keyof typeof PANELS;
	mode?: "text" | "contrast" | "reach";
}
const EVERY_STEP = ["topics", "search", "documents", "ticket"] as const;
const VISITS: readonly Visit[] = [
	{ language: "zh-Hans", screens: ["languages", ...EVERY_STEP] },
	{ language: "en", screens: EVERY_STEP },
	{ language: "ar", screens: EVERY_STEP },
	{ language: "ja", screens: ["languages", "documents"], panel: "landscape", mode: "contrast" },
	{ language: "de", screens: ["topics"], panel: "landscape" },
	{ language: "th", screens: ["topics"], mode: "reach" },
	{ language: "ru", screens: ["topics"], mode: "text" },
	{ language: "fr", screens: ["unavailable"] },
	{ language: "en", screens: ["topics"], panel: "low" },
	{ language: "ko", screens: ["search"], panel: "landscape", mode: "reach" },
];
/** Of a screenshot's file. The first screen, before a language is chosen, counts as Chinese. */
const nameOf = (screen: Screen, { language, panel = "portrait", mode }: Visit) =>
	[screen, screen === "languages" ? "zh-Hans" : language, panel, ...(mode ? [mode] : [])].join("-");

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
 * real: the visits come in order, so that each ticket has its number.
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

/** Takes the screenshots of a visit. */
async function capture(station: Spawned, visit: Visit): Promise<Map<string, PNG>> {
	const { language, screens, panel = "portrait", mode } = visit;
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
	const screenshots = new Map<string, PNG>();
	const keep = async (screen: Screen) => screenshots.set(nameOf(screen, visit), await takeScreenshot(page));

	await choice.waitFor();
	if (mode)
		await page.getByRole("button", { name: new RegExp(messagesOf("zh-Hans")[`toolbar.${mode}`] ?? mode) }).click();
	await settled();
	if (screens.includes("languages")) {
		// The steps appear after the tiles, the site's name with the first answer of the station.
		await page.locator("main ol > li").last().waitFor();
		await page.locator("header p").waitFor();
		await keep("languages");
	}
	await choice.click();
	await tile("work-permit").waitFor();
	await settled();
	for (const screen of screens) {
		switch (screen) {
			case "languages":
				break;
			case "topics":
				await keep(screen);
				break;
			case "search":
				await button("search.open").click();
				await settled();
				await page
					.locator("main")
					.getByRole("button", { name: firstKeyOf("work-permit", language), exact: true })
					.click();
				await keep(screen);
				await button("back").click();
				await tile("work-permit").waitFor();
				await settled();
				break;
			case "documents":
				await tile("work-permit").click();
				await page.locator("main[data-view=question] ul button").first().click();
				await page.locator("main[data-view=papers] ul").waitFor();
				await keep(screen);
				await button("back").click();
				await page.locator("main[data-view=question]").waitFor();
				await settled();
				await button("back").click();
				await tile("work-permit").waitFor();
				await settled();
				break;
			case "unavailable":
				await tile("social-insurance").click();
				await button("unavailable.another").waitFor();
				await keep(screen);
				break;
			case "ticket":
				await tile("language-learning").click();
				await page.locator('main[data-stage="printing"]').waitFor();
				await keep(screen);
				break;
			default:
				screen satisfies never;
		}
	}
	// Its requests must not continue beside the next visit or after the station's end.
	await page.unrouteAll({ behavior: "ignoreErrors" });
	await page.context().close();
	return screenshots;
}

test("21 screens of the kiosk look as approved", { timeout: 240_000 }, async () => {
	const station = await spawnReady(["demo", "--headless", "--data", emptyFolder(), "--printer", "tcp://127.0.0.1:1"]);
	const screenshots: [string, PNG][] = [];
	for (const visit of VISITS) screenshots.push(...(await capture(station, visit)));
	expect(screenshots).toHaveLength(21);
	const differences = screenshots.map(([name, screenshot]) => compareWithExpected(name, screenshot));
	expect(differences.filter((difference) => difference !== undefined)).toEqual([]);
});
