import { chromium, type Page } from "playwright-core";
import { browserFacts, findBrowser, howToGetBrowser } from "../bin/find-browser.ts";
import { LANGUAGES } from "../protocol/language.ts";
import { median, quantile, writeFigure } from "./figure.ts";
import { startStation } from "./station-process.ts";

/** A kiosk's small processor beside the machine that measures: Chromium's own throttle. */
const SLOWER = 4;
const LOADS = 5;
const VISITS = 30;

/** The kiosk's screens in Chromium on a processor that is slowed down four times: from touch to painted. */
export async function benchKiosk(): Promise<void> {
	const facts = browserFacts();
	const executablePath = findBrowser(facts);
	if (executablePath === undefined) throw new Error(howToGetBrowser(facts));
	const station = await startStation("tcp://127.0.0.1:9");
	const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
	const browser = await chromium.launch({ executablePath, args: ["--disable-gpu", ...asRoot] });
	try {
		const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
		const session = await page.context().newCDPSession(page);
		await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
		await page.addInitScript(watchTouches);
		const address = `${station.origin}kiosk#key=${station.kioskKey}`;
		const contentful: number[] = [];
		for (let load = 0; load < LOADS; load += 1) {
			await page.goto("about:blank");
			await page.goto(address);
			await page.getByRole("button", { name: "English" }).waitFor();
			contentful.push(await page.evaluate(firstContentfulPaint));
		}
		// A kiosk that has stood a minute: all languages are made ready between visitors.
		await page.waitForFunction(
			(count) =>
				new Set(performance.getEntriesByType("resource").flatMap(({ name }) => /topics\?language=.+/.exec(name) ?? []))
					.size >= count,
			LANGUAGES.length,
			{ timeout: 60_000 },
		);
		const opened: number[] = [];
		const issued: number[] = [];
		for (let visit = 0; visit < VISITS; visit += 1) {
			opened.push(await touch(page, "English", "main h1:lang(en)"));
			issued.push(await touch(page, "Language learning", "main[data-stage]"));
			await touch(page, "Done", 'html[lang="zh-Hans"] main ul', { waitFor: true });
		}
		const interactions = await page.evaluate(() => (window as unknown as { longest: number[] }).longest);
		const beside = { "slower by": SLOWER, visits: VISITS };
		writeFigure({
			figure: "kiosk: first contentful paint",
			value: median(contentful) / 1_000,
			unit: "s",
			goal: { atMost: 0.9 },
			beside: { "slower by": SLOWER, loads: LOADS },
		});
		const touched = (figure: string, value: number, samples: readonly number[]) =>
			writeFigure({ figure, value, unit: "ms", goal: { atMost: 200 }, beside: { ...beside, p50: median(samples) } });
		touched("kiosk: language to topics, p95", quantile(opened, 0.95), opened);
		touched("kiosk: topic to ticket screen, p95", quantile(issued, 0.95), issued);
		touched("kiosk: worst interaction", Math.max(...interactions), interactions);
	} finally {
		await browser.close();
		await station.end();
	}
}

/** Touches a button by its words, once its screen takes touches; gives the milliseconds until `seen` was painted. */
async function touch(page: Page, words: string, seen: string, { waitFor = false } = {}): Promise<number> {
	const button = page.locator("button", { hasText: new RegExp(`^${words}`) }).first();
	if (waitFor) await button.waitFor();
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	const painted = page.evaluate((selector) => {
		const { untilPainted } = window as unknown as { untilPainted(selector: string): Promise<number> };
		return untilPainted(selector);
	}, seen);
	await button.tap();
	return await painted;
}

/** In the page: what is seen after the next touch, and how long the browser says interactions took. */
function watchTouches(): void {
	const longest: number[] = [];
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) longest.push(entry.duration);
	}).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
	const untilPainted = (selector: string) =>
		new Promise<number>((resolve) => {
			addEventListener(
				"pointerup",
				({ timeStamp }) => {
					const look = () => {
						if (document.querySelector(selector) === null) requestAnimationFrame(look);
						// The frame that shows it has been drawn when the next task runs.
						else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - timeStamp)));
					};
					look();
				},
				{ once: true, capture: true },
			);
		});
	Object.assign(window, { longest, untilPainted });
}

function firstContentfulPaint(): number {
	return performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
}
