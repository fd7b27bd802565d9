import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import english from "../../resources/languages/kiosk/en.json" with { type: "json" };
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { spawnReady } from "../fixtures/spawned.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";
import { axeFaults } from "../renderer/axe.ts";
import { geometryFaults, systemFontFaults } from "../renderer/geometry.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Each text in brackets, with marks on its letters: a language that nobody speaks. */
const MARKED: Readonly<Record<string, string>> = { a: "á", e: "é", i: "í", o: "ö", u: "ü", n: "ñ", c: "ç" };
function pseudo(text: string): string {
	const marked = text
		.split(/(\{\{\w+\}\})/)
		.map((part) => (part.startsWith("{{") ? part : part.replace(/[aeiounc]/g, (letter) => MARKED[letter] ?? letter)));
	return `[${marked.join("")}]`;
}
const PSEUDO = Object.fromEntries(Object.entries(english).map(([key, text]) => [key, pseudo(text)]));

/** Texts that are not of the language's file: nothing but the catalogue's own words, names, numbers and clocks may be. */
async function ownTexts(page: Page): Promise<string[]> {
	const texts = await page.evaluate(() => {
		const walker = document.createTreeWalker(
			document.querySelector("dialog:modal") ?? document.body,
			NodeFilter.SHOW_TEXT,
		);
		const found: string[] = [];
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const holder = node.parentElement;
			if (holder?.checkVisibility() && !/script|style/i.test(holder.tagName)) found.push((node.nodeValue ?? "").trim());
		}
		return [
			...found,
			...[...document.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label") ?? ""),
		];
	});
	return texts.filter((text) => /\p{L}{2}/u.test(text) && !text.startsWith("["));
}

test("with a language of brackets every screen speaks out of its file and out of nothing else", async () => {
	const station = await spawnReady(["trial", "--headless", "--data", emptyFolder(), "--printer", "tcp://127.0.0.1:1"]);
	const viewport = { width: 1080, height: 1920 };
	const { page } = await openPage(browser, station.ready.kiosk, { viewport, reducedMotion: "reduce" });
	await page.route(/\/assets\/fr-[^/]+\.json$/, (route) =>
		route.fulfill({ contentType: "application/json", body: JSON.stringify(PSEUDO) }),
	);
	await page.reload();
	const known = new Set<string>();
	const say = (key: keyof typeof english) => page.getByRole("button", { name: PSEUDO[key] ?? "", exact: true });
	const look = async (screen: string) => {
		await page.locator("[data-settling]").waitFor({ state: "detached" });
		await page.evaluate(() => document.fonts.ready);
		const own = (await ownTexts(page)).filter((text) => !known.has(text));
		expect(own, screen).toEqual([]);
	};
	// What the station says in French: names of the site, of topics, their groups and documents.
	const topics = (await (await fetch(`${station.origin}/api/topics?language=fr`)).json()) as {
		site: Record<string, unknown>;
		topics: {
			name: string;
			nameChinese: string;
			group: { name: string };
			handledBy: string;
			requiredDocuments: { name: string }[];
		}[];
	};
	for (const value of Object.values(topics.site)) known.add(String(value));
	for (const { name, nameChinese, group, handledBy, requiredDocuments } of topics.topics)
		for (const text of [name, nameChinese, group.name, handledBy, ...requiredDocuments.map((one) => one.name)])
			known.add(text);

	await page.getByRole("button", { name: "Français", exact: true }).click();
	await page.getByRole("heading", { name: PSEUDO["topics.title"] ?? "" }).waitFor();
	await look("topics");
	await say("plan.open").click();
	await look("plan");
	await say("back").click();
	await say("checkin.open").click();
	await look("check-in");
	await say("back").click();
	const permit = topics.topics.find(({ requiredDocuments }) => requiredDocuments.length > 0)?.name ?? "";
	await page
		.getByRole("button")
		.filter({ has: page.getByText(permit, { exact: true }) })
		.click();
	await look("documents");
	await say("lack.open").click();
	await look("lacking");
	await say("documents.take").click();
	await page.locator("main bdi").first().waitFor();
	await look("ticket");
});

test("the first screen greets in other languages too, also where they come late, and lights their tiles", async () => {
	const station = await spawnReady(["trial", "--headless", "--data", emptyFolder(), "--printer", "tcp://127.0.0.1:1"]);
	const { page } = await openPage(browser, station.ready.kiosk, { viewport: { width: 1080, height: 1920 } });
	const released = Promise.withResolvers<void>();
	let held = 0;
	await page.route(/\/assets\/\w{2}-[^/]+\.json$/, async (route) => {
		held += 1;
		await released.promise;
		await route.continue();
	});
	await page.reload();
	await page.locator('[data-greeted][lang="en"]').waitFor();
	// Longer than a greeting: nothing else was here when the first one was over.
	await page.waitForFunction(() => performance.now() > 4_000);
	await expect.poll(() => held).toBeGreaterThan(0);
	released.resolve();
	const greeted = page.locator('[data-greeted]:not([lang="en"])');
	await greeted.waitFor();
	// The three steps are told in the language that is greeted, beside Chinese.
	await page.locator('ol > li:nth-child(3) [lang]:not([lang="en"], [lang="zh-Hans"])').waitFor();
	await page.unrouteAll({ behavior: "wait" });
});

test("the first screen shows what one does here; for people who want no motion it stands in Chinese and English", async () => {
	const station = await spawnReady(["trial", "--headless", "--data", emptyFolder(), "--printer", "tcp://127.0.0.1:1"]);
	const viewport = { width: 1080, height: 1920 };
	const { page } = await openPage(browser, station.ready.kiosk, { viewport, reducedMotion: "reduce" });
	const steps = page.locator("ol > li");
	const told = async () => (await steps.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
	const both = ["点选 Touch", "取票 Take", "等候 Wait"];
	await expect.poll(told).toEqual(both);
	// Every language is here by then, and would have been greeted.
	await page.waitForFunction(() => performance.getEntriesByName("rehearsed th").length > 0);
	expect(await told()).toEqual(both);
	expect(await page.locator('[data-greeted][lang="en"]').count()).toBe(1);
	expect([...(await axeFaults(page)), ...(await geometryFaults(page)), ...(await systemFontFaults(page))]).toEqual([]);
});

test("without the file of the three steps the first screen stands, and leads on", async () => {
	const station = await spawnReady(["trial", "--headless", "--data", emptyFolder(), "--printer", "tcp://127.0.0.1:1"]);
	const { page } = await openPage(browser, station.ready.kiosk, { viewport: { width: 1080, height: 1920 } });
	let refused = 0;
	await page.route(/\/assets\/attract-[^/]+\.js$/, (route) => {
		refused += 1;
		return route.abort();
	});
	await page.reload();
	await expect.poll(() => refused).toBeGreaterThan(0);
	await page.getByRole("button", { name: "English", exact: true }).click();
	await page.getByRole("heading", { name: english["topics.title"] }).waitFor();
});

test("a topic without a translation is shown in English, or else in Chinese, is logged, and is no dead end", async () => {
	const catalogue = emptyFolder();
	cpSync(join(TOP, "resources/catalogue"), catalogue, { recursive: true });
	const without = (language: string, ...topics: string[]) => {
		const file = join(catalogue, `words/${language}.json`);
		const words = JSON.parse(readFileSync(file, "utf8")) as { services: Record<string, unknown> };
		const kept = Object.entries(words.services).filter(([topic]) => !topics.includes(topic));
		writeFileSync(file, JSON.stringify({ ...words, services: Object.fromEntries(kept) }));
	};
	without("th", "work-permit", "language-learning");
	without("en", "language-learning");
	const station = await spawnReady([
		...["trial", "--headless", "--data", emptyFolder(), "--catalogue", catalogue],
		...["--printer", `virtual:${emptyFolder()}`],
	]);
	const viewport = { width: 1080, height: 1920 };
	const { page, faults } = await openPage(browser, station.ready.kiosk, { viewport, reducedMotion: "reduce" });
	await page.getByRole("button", { name: "ไทย", exact: true }).click();
	const tile = (name: string) => page.getByRole("button").filter({ has: page.getByText(name, { exact: true }) });
	await tile("Work permit (A, B, C)").waitFor();
	// What stands in is in its own language, for voices and for glyphs.
	expect(await page.getByText("Work permit (A, B, C)", { exact: true }).getAttribute("lang")).toBe("en");
	expect(await page.getByText("中文学习", { exact: true }).getAttribute("lang")).toBe("zh-Hans");
	await tile("中文学习").click();
	await page.locator('main[data-stage="ready"]').waitFor();
	expect(await page.getByText("中文学习", { exact: true }).first().getAttribute("lang")).toBe("zh-Hans");
	for (const topic of ["work-permit", "language-learning"])
		expect(station.log().split(`service ${topic} (name) in th`)).toHaveLength(2);
	const board = (await (await fetch(`${station.origin}/api/board`)).json()) as { waitingCount: number };
	expect(board.waitingCount).toBe(1);
	expect(faults).toEqual([]);
});
