import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Checklist } from "../../protocol/api/checklist.ts";
import { LANGUAGE_NAMES, type Language } from "../../protocol/model/language.ts";
import english from "../../resources/languages/kiosk/en.json" with { type: "json" };
import chinese from "../../resources/languages/kiosk/zh-Hans.json" with { type: "json" };
import phoneEnglish from "../../resources/languages/phone/en.json" with { type: "json" };
import { axeErrors } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { geometryErrors, systemFontErrors } from "../fixtures/geometry.ts";
import { pseudoLanguage, shownTexts } from "../fixtures/pseudo-language.ts";
import { postTicket, shareTrials, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

const CLOSED = "social-insurance";
const WITH_DOCUMENTS = "work-permit";
interface Topics {
	site: Record<string, unknown>;
	topics: {
		id: string;
		name: string;
		nameChinese: string;
		group: { name: string };
		handledBy: string;
		requiredDocuments: { name: string }[];
	}[];
}

/** Where no paper comes: what the tests here look at stands on screens. */
const DEAD = "tcp://127.0.0.1:1";
const openTrial = shareTrials();

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Ten signs, as a ticket and a booking have. */
const CODE = /^[\dA-Z]{5}\s?[\dA-Z]{5}$/;

/** A text that is neither of the language's file nor known: names of the catalogue and of the languages may be. */
function isOwn(text: string, known: ReadonlySet<string>): boolean {
	return !CODE.test(text) && /\p{L}{2}/u.test(text) && !/^\[.*\]$/su.test(text) && !known.has(text);
}

test("with a language of long words in brackets every screen speaks out of its file and out of nothing else", async () => {
	const words = pseudoLanguage(english);
	const station = await openTrial(DEAD);
	const { staff } = station.ready;
	const ask = async (method: string, path: string, token: string, body?: object) => {
		const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
		const answer = await fetch(`${station.origin}/api/${path}`, {
			method,
			headers,
			...(body && { body: JSON.stringify(body) }),
		});
		return (await answer.json()) as unknown;
	};
	const { token } = (await ask("POST", "session", "", { staff: staff?.name, pin: staff?.pin, counter: "1" })) as {
		token: string;
	};
	await ask("PUT", `topics/${CLOSED}/setting`, token, { open: false, quota: null });

	const viewport = { width: 1080, height: 1920 };
	const { page } = await openPage(browser, station.ready.kiosk, { viewport, reducedMotion: "reduce" });
	await page.clock.install();
	await page.route(/\/assets\/fr-[^/]+\.json$/, (route) =>
		route.fulfill({ contentType: "application/json", body: JSON.stringify(words) }),
	);
	await page.reload();

	// What the station says in French: names of the site, of topics and documents, and of the other sites.
	const topics = (await ask("GET", "topics?language=fr", "")) as Topics;
	const otherSites = (await ask("GET", `topics/${CLOSED}/other-sites?language=fr`, station.kioskKey)) as {
		sites: Record<string, unknown>[];
	};
	const checklist = (await ask("GET", `checklist?topics=${WITH_DOCUMENTS}&language=fr`, "")) as Checklist;
	const known = new Set([
		// The station words the list of papers, out of its own files.
		...Object.values(checklist.labels),
		...(checklist.question ? [checklist.question, ...checklist.question.options].map(({ name }) => name) : []),
		// For the staff, who come to this screen.
		...Object.entries(chinese).flatMap(([key, text]) => (key.startsWith("staff.") ? [text] : [])),
		...Object.values(topics.site).map(String),
		...otherSites.sites.flatMap((site) => Object.values(site).map(String)),
		...topics.topics.flatMap(({ name, nameChinese, group, handledBy, requiredDocuments }) => [
			...[name, nameChinese, group.name, handledBy],
			...requiredDocuments.map((document) => document.name),
		]),
	]);
	const found: string[] = [];
	const poll = async (screen: string, ready: Locator) => {
		await ready.first().waitFor();
		await page.locator("[data-settling]").waitFor({ state: "detached" });
		await page.evaluate(() => document.fonts.ready);
		const own = (await shownTexts(page)).filter((text) => isOwn(text, known));
		found.push(...[...own, ...(await geometryErrors(page))].map((error) => `${screen}: ${error}`));
	};
	const button = (key: keyof typeof english) => page.getByRole("button", { name: words[key] ?? "", exact: true });
	const topic = (id: string) => topics.topics.find((one) => one.id === id)?.name ?? "";
	const tile = (id: string) =>
		page
			.locator("#kiosk")
			.getByRole("button")
			.filter({ has: page.getByText(topic(id), { exact: true }) });

	await page.getByRole("button", { name: "Français", exact: true }).click();
	await poll("topics", page.getByRole("heading", { name: words["topics.title"] ?? "" }));
	await page
		.getByRole("button", { name: words["topics.more"] ?? "" })
		.first()
		.click();
	await poll("more topics", button("back"));
	await button("back").click();
	await button("search.open").click();
	await poll("search", page.getByRole("heading", { name: words["search.title"] ?? "" }));
	await button("back").click();
	await button("plan.open").click();
	for (const id of [WITH_DOCUMENTS, "talent-policy"]) await tile(id).click();
	await poll("plan", page.locator('main button[aria-pressed="true"]'));
	await button("back").click();
	await tile(CLOSED).click();
	await poll("unavailable", page.locator("main h3"));
	await button("unavailable.another").click();
	await button("checkIn.open").click();
	await poll("check-in", button("checkIn.go"));
	await page.keyboard.type("NOSUCHCODE");
	await page.keyboard.press("Enter");
	await poll("check-in, unknown code", page.getByRole("alert").filter({ hasText: /\S/ }));
	await button("back").click();
	await tile(WITH_DOCUMENTS).click();
	await poll("documents", button("documents.take"));
	await button("missingDocuments.open").click();
	await poll("missing-documents", button("missingDocuments.leave"));
	await button("documents.take").click();
	await page.locator('main[data-stage="printing"]').waitFor();
	await page.clock.fastForward(9_000);
	await poll("ticket, not printed", page.locator('main[data-stage="missing"]'));
	await button("toolbar.staff").click();
	await poll("staff", page.getByRole("dialog"));
	await button("close").click();
	await page.clock.fastForward(61_000);
	await poll("idle", button("idle.stay"));
	expect(found).toEqual([]);
});

test("with such a language the phone's page speaks out of its file too, and nothing leaves the phone", async () => {
	const words = pseudoLanguage(phoneEnglish);
	const station = await openTrial(DEAD);
	const issue = async (language: Language) => {
		const answer = await postTicket(station, { topic: WITH_DOCUMENTS, language, key: crypto.randomUUID() });
		return (await answer.json()) as { code: string };
	};
	await issue("en");
	const { code } = await issue("fr");
	const topics = (await (await fetch(`${station.origin}/api/topics?language=fr`)).json()) as Topics;
	const known = new Set([
		...Object.values(LANGUAGE_NAMES),
		...Object.values(topics.site).map(String),
		...topics.topics.flatMap(({ name, requiredDocuments }) => [name, ...requiredDocuments.map((one) => one.name)]),
	]);
	const { page } = await openPage(browser, `${station.origin}/phone`, {
		viewport: { width: 390, height: 844 },
		locale: "fr-FR",
	});
	await page.route(/\/assets\/fr-[^/]+\.json$/, (route) =>
		route.fulfill({ contentType: "application/json", body: JSON.stringify(words) }),
	);
	await page.reload();
	const poll = async (screen: string, word: keyof typeof phoneEnglish) => {
		await page
			.getByText(words[word] ?? "")
			.first()
			.waitFor();
		expect(
			(await shownTexts(page)).filter((text) => isOwn(text, known)),
			screen,
		).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), screen).toBe(0);
	};
	await poll("code", "codeTitle");
	await page.getByRole("textbox").fill(code);
	await page.keyboard.press("Enter");
	await poll("waiting", "ahead");
	await page.getByRole("button", { name: words.leave ?? "", exact: true }).click();
	await poll("leaving", "leaveSure");
	await page.getByRole("button", { name: words.leaveYes ?? "", exact: true }).click();
	await poll("left", "cancelled");
});

test("the first screen greets in other languages too, also where they come late, and lights their tiles", async () => {
	const station = await openTrial(DEAD);
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
	const station = await openTrial(DEAD);
	const viewport = { width: 1080, height: 1920 };
	const { page } = await openPage(browser, station.ready.kiosk, { viewport, reducedMotion: "reduce" });
	const steps = page.locator("ol > li");
	const told = async () => (await steps.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
	const both = ["点选 Touch", "取号 Take ticket", "等候 Wait"];
	await expect.poll(told).toEqual(both);
	// Every language is here by then, and would have been greeted.
	await page.waitForFunction(() => performance.getEntriesByName("prerendered th").length > 0);
	expect(await told()).toEqual(both);
	expect(await page.locator('[data-greeted][lang="en"]').count()).toBe(1);
	expect([...(await axeErrors(page)), ...(await geometryErrors(page)), ...(await systemFontErrors(page))]).toEqual([]);
});

test("without the file of the three steps the first screen stands, and leads on", async () => {
	const station = await openTrial(DEAD);
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
		const file = join(catalogue, `translations/${language}.json`);
		const words = JSON.parse(readFileSync(file, "utf8")) as { services: Record<string, unknown> };
		const kept = Object.entries(words.services).filter(([topic]) => !topics.includes(topic));
		writeFileSync(file, JSON.stringify({ ...words, services: Object.fromEntries(kept) }));
	};
	without("th", "work-permit", "language-learning");
	without("en", "language-learning");
	const station = await spawnReady([
		...["demo", "--headless", "--data", emptyFolder(), "--catalogue", catalogue],
		...["--printer", `virtual:${emptyFolder()}`],
	]);
	const viewport = { width: 1080, height: 1920 };
	const { page, faults } = await openPage(browser, station.ready.kiosk, { viewport, reducedMotion: "reduce" });
	await page.getByRole("button", { name: "ไทย", exact: true }).click();
	const tile = (name: string) =>
		page
			.locator("#kiosk")
			.getByRole("button")
			.filter({ has: page.getByText(name, { exact: true }) });
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
