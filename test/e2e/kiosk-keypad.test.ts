import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LANGUAGE_NAMES, type Language } from "../../protocol/model/language.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { checklistLabelsOf } from "../fixtures/kiosk-simulation.ts";
import { shareTrials } from "../fixtures/spawned-process.ts";
import { TOP } from "../fixtures/station-folder.ts";

/* The kiosk without a finger: a keyboard, or a keypad that sends arrows and Enter. */

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const wordsOf = (language: Language): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/kiosk/${language}.json`), "utf8"));
const topicName = (topic: string, language: Language): string =>
	JSON.parse(readFileSync(join(TOP, `resources/catalogue/translations/${language}.json`), "utf8")).services[topic].name;

const openTrial = shareTrials();

async function openKiosk(address: string, viewport = { width: 1080, height: 1920 }): Promise<Page> {
	const { page } = await openPage(browser, address, { viewport, reducedMotion: "reduce" });
	// The keys come after the first screen.
	await page.waitForFunction(() => performance.getEntriesByName("accessibility-started").length > 0);
	return page;
}

const settled = (page: Page) => page.locator("[data-settling]").waitFor({ state: "detached" });
const focused = (page: Page) =>
	page.evaluate(() =>
		(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim(),
	);

/** Goes to the button that is named by arrows alone: round through the screen until the focus is on it. */
async function goTo(page: Page, name: string, arrow = "ArrowRight"): Promise<void> {
	const passed: string[] = [];
	for (let steps = 0; steps < 90; steps += 1) {
		await page.keyboard.press(arrow);
		const at = await focused(page);
		if (at.startsWith(name)) return;
		passed.push(at);
	}
	throw new Error(`No arrow leads to ${name}, only to ${[...new Set(passed)].join(", ")}`);
}

/** All keys of a code reader at once, so that no slow machine makes them a person's. Returns whether the last pressed nothing else. */
const scan = (page: Page, text: string, end: "Enter" | "Tab"): Promise<boolean> =>
	page.evaluate(
		({ keys, last }) => {
			const send = (key: string) =>
				!document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
			for (const key of keys) send(key);
			return send(last);
		},
		{ keys: [...text], last: end },
	);

async function press(page: Page): Promise<void> {
	await settled(page);
	await page.keyboard.press("Enter");
}

const VISITS = [
	{ language: "en", viewport: { width: 1080, height: 1920 } },
	{ language: "ar", viewport: { width: 1920, height: 1080 } },
] as const;
for (const { language, viewport } of VISITS)
	test(`a visit by arrows and Enter alone, in ${language}, on ${viewport.width} pixels`, async () => {
		const station = await openTrial();
		const page = await openKiosk(station.ready.kiosk, viewport);
		const words = wordsOf(language);
		const labels = checklistLabelsOf(language);
		await goTo(page, LANGUAGE_NAMES[language]);
		// Whoever goes by keys sees where they are.
		const ring = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineWidth);
		expect(Number.parseFloat(ring)).toBeGreaterThanOrEqual(4);
		await press(page);
		await page.getByRole("heading", { name: words["topics.title"] ?? "" }).waitFor();
		await goTo(page, topicName("work-permit", language), language === "ar" ? "ArrowLeft" : "ArrowRight");
		await press(page);
		// Which papers are needed is asked first; it can be skipped.
		await goTo(page, labels.skip);
		await press(page);
		await page.getByRole("heading", { name: words["documents.title"] ?? "" }).waitFor();
		await goTo(page, words["documents.take"] ?? "");
		await press(page);
		await page.locator('main[data-stage="ready"]').waitFor();
		await goTo(page, words["ticket.done"] ?? "", "ArrowDown");
		await press(page);
		await page.getByRole("button", { name: "English", exact: true }).waitFor();
	});

test("search, several topics, dialogs and the way back, by keys", async () => {
	const station = await openTrial();
	const page = await openKiosk(station.ready.kiosk);
	const words = wordsOf("en");
	const labels = checklistLabelsOf("en");
	const heading = (key: string) => page.getByRole("heading", { name: words[key] ?? "", exact: true });
	await goTo(page, "English");
	await press(page);
	await heading("topics.title").waitFor();

	// A key of the screen's own keyboard, by arrows; then Backspace takes back the letter, and after it the screen.
	await goTo(page, words["search.open"] ?? "");
	await press(page);
	await heading("search.title").waitFor();
	await goTo(page, "T");
	await press(page);
	await page.locator("main ul button").first().waitFor();
	const typed = page.locator("main bdi").first();
	expect(await typed.innerText()).toBe("T");
	await page.keyboard.press("Backspace");
	await expect.poll(() => typed.innerText()).toBe("");
	await heading("search.title").waitFor();
	await page.keyboard.press("Backspace");
	await heading("topics.title").waitFor();

	// Two topics and one person more.
	await settled(page);
	await goTo(page, words["plan.open"] ?? "");
	await press(page);
	await heading("plan.title").waitFor();
	for (const topic of ["work-permit", "permanent-residence"]) {
		await goTo(page, topicName(topic, "en"));
		await press(page);
	}
	expect(await page.locator('main button[aria-pressed="true"]').count()).toBe(2);
	await goTo(page, words["plan.more"] ?? "");
	await press(page);
	await page.locator("output").filter({ hasText: "2 people" }).waitFor();
	await goTo(page, words["plan.next"] ?? "");
	await press(page);
	await page.getByRole("button", { name: labels.skip, exact: true }).waitFor();
	await settled(page);
	await page.keyboard.press("Escape");
	await heading("plan.title").waitFor();
	await settled(page);
	await page.keyboard.press("Escape");
	await heading("topics.title").waitFor();

	// Staff with one key, from anywhere; the arrows stay in the dialog.
	await settled(page);
	await page.keyboard.press("F1");
	const dialog = page.getByRole("dialog");
	await dialog.waitFor();
	for (const arrow of ["ArrowRight", "ArrowDown", "ArrowUp"]) {
		await page.keyboard.press(arrow);
		expect(await focused(page)).toBe(words.close);
	}
	await settled(page);
	await page.keyboard.press("Escape");
	await dialog.waitFor({ state: "detached" });
	await settled(page);
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Français", exact: true }).waitFor();
});

test("a numeric keypad alone: 2, 4, 6 and 8 go, 5 presses, * goes back", async () => {
	const station = await openTrial();
	const page = await openKiosk(station.ready.kiosk);
	const words = wordsOf("zh-Hans");
	// With NumLock, as the browser's driver has it.
	const digit = (name: number) => page.keyboard.press(`Shift+Numpad${name}`);
	await digit(6);
	expect(await focused(page)).toBe("简体中文");
	await settled(page);
	await digit(5);
	await page.getByRole("heading", { name: words["topics.title"] ?? "" }).waitFor();
	await settled(page);
	await digit(6);
	const first = await focused(page);
	await digit(2);
	expect(await focused(page)).not.toBe(first);
	await digit(8);
	expect(await focused(page)).toBe(first);
	await page.keyboard.press("NumpadMultiply");
	await page.getByRole("button", { name: "English", exact: true }).waitFor();

	// A booking's code is typed with the same digits.
	await settled(page);
	await goTo(page, "English");
	await press(page);
	await page.getByRole("heading", { name: wordsOf("en")["topics.title"] ?? "" }).waitFor();
	await goTo(page, wordsOf("en")["checkIn.open"] ?? "");
	await press(page);
	await page.getByRole("heading", { name: wordsOf("en")["checkIn.title"] ?? "" }).waitFor();
	await settled(page);
	await digit(8);
	await digit(5);
	const typed = page.locator("main bdi");
	expect(await typed.innerText()).toBe("85");

	// A key is touched, then a code is scanned: it takes the place of what was typed, and its Enter presses no key.
	await page.getByRole("button", { name: wordsOf("en").back ?? "", exact: true }).click();
	await settled(page);
	await page.getByRole("button", { name: wordsOf("en")["checkIn.open"] ?? "" }).click();
	await settled(page);
	await page.getByRole("button", { name: "7", exact: true }).click();
	await page.locator("main bdi", { hasText: "7" }).waitFor();
	const asked = page.waitForRequest((request) => request.url().endsWith("/api/check-in"));
	expect(await scan(page, "]Q3SCAN02", "Enter")).toBe(true);
	expect((await asked).postDataJSON()).toMatchObject({ code: "SCAN02" });
	await page.getByText(wordsOf("en")["checkIn.unknown"] ?? "").waitFor();
	// The next scan begins a new code; its Tab sends it as well.
	const again = page.waitForRequest((request) => request.url().endsWith("/api/check-in"));
	expect(await scan(page, "https://booking.example/visit?code=AB12-CD34", "Tab")).toBe(true);
	expect((await again).postDataJSON()).toMatchObject({ code: "AB12-CD34" });
});
