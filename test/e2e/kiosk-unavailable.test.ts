import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Topics } from "../../protocol/api/board.ts";
import { openBrowser } from "../fixtures/browser.ts";
import {
	firstKeyOf,
	openSimulation,
	SIMULATIONS,
	type Simulation,
	simulateAll,
	spawnForSimulation,
} from "../fixtures/kiosk-simulation.ts";
import type { Spawned } from "../fixtures/spawned-process.ts";

/* "Not here, not now" as eyes, fingers and screen readers meet it, on a small site: what the walk of kiosk-screens does not meet. */

const OTHER_SITES = "social-insurance";
const TWO_TAPS = "language-learning";
const WITH_DOCUMENTS = "work-permit";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** What the station says of its hours and its last numbers, whatever the hour. */
type Day = "usual" | "last numbers" | "closed";

function onDay(topics: Topics, day: Day): Topics {
	const open = day !== "closed";
	const now = Date.now();
	const opening = { open, opensAt: open ? null : now + 40_000_000, closesAt: open ? now + 4_000_000 : null };
	const availability = ({ usual: "available", "last numbers": "last", closed: "site-closed" } as const)[day];
	return {
		...topics,
		site: { ...topics.site, ...opening },
		topics: topics.topics.map((topic) => ({ ...topic, availability, wait: { minMinutes: 10, maxMinutes: 25 } })),
	};
}

/** Stands between page and station: the day, a topic that is gone when it is asked for, and the printer's words. */
async function standBetween(page: Page) {
	const told = { day: "usual" as Day, release: () => {} };
	await page.route("**/api/topics?*", async (route) => {
		const topics = (await (await route.fetch()).json()) as Topics;
		await route.fulfill({ json: onDay(topics, told.day) });
	});
	await page.route("**/api/tickets", (route) => route.fulfill({ status: 404, json: { code: "TOPIC_UNKNOWN" } }));
	await page.route("**/directions", async (route) => {
		await new Promise<void>((release) => {
			told.release = release;
		});
		await route.fallback();
	});
	return told;
}

async function checkScreens(station: Spawned, one: Simulation): Promise<string[]> {
	let told = { day: "usual" as Day, release: () => {} };
	const { page, words, choice, poll, button, tile, end } = await openSimulation(browser, station, one, async (page) => {
		told = await standBetween(page);
	});
	const named = (word: string) => page.getByRole("button").filter({ hasText: words[word] ?? word });
	const slip = (state: string) => page.locator(`main [data-slip="${state}"]`);

	await choice.click();
	await poll("topics of a small site", tile(WITH_DOCUMENTS));
	await tile(TWO_TAPS).click();
	await poll("topic gone", page.getByRole("alert").filter({ hasText: words["topics.unknown"] ?? "" }));
	await named("topics.otherSites").click();
	await poll("other-sites", button("back"));
	await named("topics.more").click();
	await poll("more elsewhere", named("topics.more").or(button("back")));
	await button("back").click();
	await button("search.open").click();
	await page
		.locator("main")
		.getByRole("button", { name: firstKeyOf(WITH_DOCUMENTS, one.language), exact: true })
		.click();
	await poll("search, with topics of others", page.locator("main ul button"));
	await button("back").click();
	await named("topics.otherSites").click();
	await tile(OTHER_SITES).click();
	await poll("away, not here", slip("print"));
	await slip("print").click();
	await poll("slip printing", slip("printing"));
	told.release();
	await poll("slip failed", slip("failed"));
	await page.route("**/directions", (route) => route.fulfill({ status: 204 }));
	await slip("failed").click();
	await poll("slip printed", slip("printed"));
	await button("ticket.done").click();

	told.day = "last numbers";
	await choice.click();
	await poll("last numbers", page.getByText(words["topics.last"] ?? "", { exact: true }));
	await tile(WITH_DOCUMENTS).click();
	await poll("documents, last numbers", button("documents.take"));
	await button("back").click();
	await button("toolbar.language").click();

	told.day = "closed";
	await choice.click();
	await poll("topics, closed", page.getByText(words["topics.site-closed"] ?? "", { exact: true }));
	await tile(WITH_DOCUMENTS).click();
	await poll("away, closed", page.locator("main h3"));
	await button("ticket.done").click();
	await poll("languages, closed", page.locator("main p > span[lang=zh-Hans]").filter({ hasText: "开放" }));
	// The topic that is gone, and the slip that no printer prints.
	return end(/status of (404 .*\/api\/tickets|\d+ .*\/directions)$/);
}

test(`not here, not now: ${SIMULATIONS.length} simulations have no measurable error`, {
	timeout: 3_600_000,
}, async () => {
	const station = await spawnForSimulation("--site", "service-centre-1");
	expect(await simulateAll((one) => checkScreens(station, one))).toEqual([]);
});
