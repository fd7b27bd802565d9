import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type CDPSession, chromium, type Locator, type Page } from "playwright-core";
import { browserFacts, findBrowser, howToGetBrowser } from "../cli/find-browser.ts";
import { LANGUAGES, type Language } from "../protocol/model/language.ts";
import { median, quantile, writeFigure } from "./figure.ts";
import { startStation, TOP } from "./station-process.ts";

/** A kiosk's small processor beside the machine that measures: Chromium's own throttle. */
const SLOWER = 4;
const LOADS = 5;
const VISITS = 30;
/** Longer visits, in a script from left to right, one from right to left and one of many glyphs. */
const WALKED: readonly Language[] = ["en", "ar", "zh-Hans"];
const ROUNDS = 4;
/** How long a finger rests on the glass when it taps, in milliseconds: a quick one. */
const FINGER_RESTS = 60;

/** The kiosk's screens in Chromium on a processor that is slowed down four times: from touch to painted. */
export async function benchKiosk(): Promise<void> {
	const facts = browserFacts();
	const executablePath = findBrowser(facts);
	if (executablePath === undefined) throw new Error(howToGetBrowser(facts));
	const station = await startStation("tcp://127.0.0.1:9");
	const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
	const browser = await chromium.launch({ executablePath, args: ["--disable-gpu", ...asRoot] });
	try {
		const address = `${station.origin}kiosk#key=${station.kioskKey}`;
		const contentful: number[] = [];
		const tiles: number[] = [];
		for (let load = 0; load < LOADS; load += 1) {
			// A context of its own has nothing in its cache: like a machine after an update.
			const { page } = await openGlass(browser);
			await page.goto(address);
			await page.waitForFunction(() => "tilePainted" in window);
			contentful.push(await page.evaluate(firstContentfulPaint));
			tiles.push(await page.evaluate(() => (window as unknown as { tilePainted: number }).tilePainted));
			await page.context().close();
		}
		const glass = await openGlass(browser);
		const { page } = glass;
		await page.goto(address);
		// A kiosk that has stood a minute: all languages are made ready between visitors.
		await page.waitForFunction(
			(count) =>
				performance.getEntriesByType("mark").filter(({ name }) => name.startsWith("prerendered")).length >= count,
			LANGUAGES.length,
			{ timeout: 60_000 },
		);
		const opened: number[] = [];
		const issued: number[] = [];
		for (let visit = 0; visit < VISITS; visit += 1) {
			opened.push(await touch(glass, "English", "main h1:lang(en)"));
			issued.push(await touch(glass, "Language learning", "main[data-stage]"));
			await touch(glass, "Done", 'html[lang="zh-Hans"] main ul', { waitFor: true });
		}
		for (let round = 0; round < ROUNDS; round += 1) for (const language of WALKED) await walk(glass, language);
		const interactions = await page.evaluate(() => (window as unknown as { longest: number[] }).longest);
		const beside = { "slower by": SLOWER, visits: VISITS, "finger rests, ms": FINGER_RESTS };
		const painted = (figure: string, samples: readonly number[]) =>
			writeFigure({
				figure,
				value: median(samples) / 1_000,
				unit: "s",
				goal: { atMost: 0.9 },
				beside: { "slower by": SLOWER, "loads with an empty cache": LOADS },
			});
		// The first is the mark that stands in the page itself; a visitor can do something with the second.
		painted("kiosk: first contentful paint", contentful);
		painted("kiosk: first language painted", tiles);
		const touched = (figure: string, value: number, samples: readonly number[]) =>
			writeFigure({ figure, value, unit: "ms", goal: { atMost: 200 }, beside: { ...beside, p50: median(samples) } });
		touched("kiosk: language to topics, p95", quantile(opened, 0.95), opened);
		touched("kiosk: topic to ticket screen, p95", quantile(issued, 0.95), issued);
		// Search, several topics, papers and ticket in three languages beside the visits above.
		touched("kiosk: worst interaction", Math.max(...interactions), interactions);
	} finally {
		await browser.close();
		await station.end();
	}
}

/** A page for fingers, on a slow processor. */
async function openGlass(browser: Browser): Promise<Glass> {
	const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
	await page.addInitScript(watchTouches);
	await page.addInitScript(watchFirstTile);
	return { page, session };
}

/** Search, several topics, what to bring, a ticket: every touch is counted, none has to be the one that was waited for. */
async function walk({ page, session }: Glass, language: Language): Promise<void> {
	const read = (path: string) => JSON.parse(readFileSync(join(TOP, "resources", path), "utf8"));
	const words: Record<string, string> = read(`languages/kiosk/${language}.json`);
	const topics: Record<string, { name: string }> = read(`catalogue/translations/${language}.json`).services;
	const press = async (button: Locator) => {
		await button.waitFor();
		await page.locator("[data-settling]").waitFor({ state: "detached" });
		await tap(page, session, button);
	};
	const button = (key: string) => page.getByRole("button", { name: words[key] ?? key, exact: true }).first();
	const tile = (topic: string) =>
		page.getByRole("button").filter({ has: page.getByText(topics[topic]?.name ?? topic, { exact: true }) });
	const keys = page.locator("main > div > button");

	await press(page.locator(`main button:lang(${language})`).first());
	await press(button("search.open"));
	for (let letter = 0; letter < 2; letter += 1) await press(keys.first());
	await press(button("back"));
	await press(button("plan.open"));
	for (const topic of ["work-permit", "talent-policy"]) await press(tile(topic));
	await press(button("plan.next"));
	await press(button("documents.take"));
	await press(button("ticket.done"));
	await page.locator('html[lang="zh-Hans"] main ul').waitFor();
}

/**
 * Touches a button by its words, once its screen takes touches; gives the milliseconds that the browser says it took
 * until the next frame was on the screen (Event Timing, in steps of 8 ms), and fails where that frame was not yet `seen`.
 */
async function touch({ page, session }: Glass, words: string, seen: string, { waitFor = false } = {}): Promise<number> {
	const button = page.locator("button", { hasText: new RegExp(`^${words}`) }).first();
	if (waitFor) await button.waitFor();
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	const shown = page.evaluate((selector) => {
		const { untilShown } = window as unknown as { untilShown(selector: string): Promise<Shown> };
		return untilShown(selector);
	}, seen);
	await tap(page, session, button);
	const { ms, atOnce } = await shown;
	if (!atOnce && !waitFor) throw new Error(`After "${words}" the next frame did not show ${seen} yet.`);
	return ms;
}

/** A finger goes down and up again; Playwright's own tap lifts it in the same instant, before the page could have seen it. */
async function tap(page: Page, session: CDPSession, button: Locator): Promise<void> {
	const box = await button.boundingBox();
	if (box === null) throw new Error("The button is not on the screen.");
	const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
	await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
	await page.waitForTimeout(FINGER_RESTS);
	await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

interface Glass {
	page: Page;
	session: CDPSession;
}

interface Shown {
	ms: number;
	/** Whether the first frame after the touch was it. */
	atOnce: boolean;
}

/** In the page: how long the next touch took to be shown, and how long the browser says that all took. */
function watchTouches(): void {
	const longest: number[] = [];
	let clicked: (ms: number) => void = () => {};
	new PerformanceObserver((list) => {
		for (const { name, duration } of list.getEntries()) {
			longest.push(duration);
			if (name === "click") clicked(duration);
		}
	}).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
	const untilShown = async (selector: string): Promise<Shown> => {
		const told = new Promise<number>((resolve) => {
			clicked = resolve;
		});
		await new Promise((resolve) => addEventListener("click", resolve, { once: true, capture: true }));
		let frames = 0;
		while (frames === 0 || document.querySelector(selector) === null) {
			await new Promise((resolve) => requestAnimationFrame(resolve));
			frames += 1;
		}
		return { ms: await told, atOnce: frames === 1 };
	};
	Object.assign(window, { longest, untilShown });
}

/** In the page: when the first language stood on the screen. */
function watchFirstTile(): void {
	const poll = new MutationObserver(() => {
		if (document.querySelector("main button[lang]") === null) return;
		poll.disconnect();
		// A task after the next frame's callbacks runs when that frame is painted.
		requestAnimationFrame(() => setTimeout(() => Object.assign(window, { tilePainted: performance.now() })));
	});
	poll.observe(document, { childList: true, subtree: true });
}

function firstContentfulPaint(): number {
	return performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
}
