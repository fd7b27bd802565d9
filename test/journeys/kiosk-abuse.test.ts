import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import english from "../../resources/languages/kiosk/en.json" with { type: "json" };
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { type Spawned, spawnReady } from "../fixtures/spawned.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

/* What fingers and disks do that nobody planned: never two tickets, never a dead end. */

let browser: Browser;
let station: Spawned;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const openTrial = () =>
	spawnReady(["trial", "--headless", "--data", emptyFolder(), "--printer", `virtual:${emptyFolder()}`]);

/** How many wait: every ticket of these tests does. */
async function tickets(): Promise<number> {
	const board = await (await fetch(station.ready.board.replace("/board", "/api/board"))).json();
	return (board as { waitingCount: number }).waitingCount;
}

async function openKiosk(): Promise<{ page: Page; faults: string[] }> {
	const viewport = { width: 1080, height: 1920 };
	return openPage(browser, station.ready.kiosk, { viewport, hasTouch: true, reducedMotion: "reduce" });
}

const tile = (page: Page, name: string) =>
	page.getByRole("button").filter({ has: page.getByText(name, { exact: true }) });
const settled = (page: Page) => page.locator("[data-settling]").waitFor({ state: "detached" });

/** Clicks that no finger makes: ten each in ten tasks, on whatever stands at the place at that moment. */
async function hammer(page: Page, times: number, place: { x: number; y: number }): Promise<void> {
	await page.evaluate(
		async ({ times, place }) => {
			for (let tap = 0; tap < times; tap += 1) {
				(document.elementFromPoint(place.x, place.y)?.closest("button") as HTMLElement | null)?.click();
				if (tap % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 100));
			}
		},
		{ times, place },
	);
}

test("a hundred taps a second, two fingers at once, taps while it prints: one ticket a visit, and the next visit works", async () => {
	station = await openTrial();
	const { page, faults } = await openKiosk();
	const english_ = page.getByRole("button", { name: "English", exact: true });
	await english_.click();
	await tile(page, "Language learning").waitFor();
	await settled(page);
	const box = await tile(page, "Language learning").boundingBox();
	if (!box) throw new Error("The tile has no place.");
	await hammer(page, 100, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
	await page.locator('main[data-stage="ready"]').waitFor();
	expect(await tickets()).toBe(1);

	// Two fingers on two tiles: the first that counts is the visit's, the other finger's tap is nobody's.
	await page.getByRole("button", { name: english["ticket.done"], exact: true }).click();
	await english_.click();
	await tile(page, "Language learning").waitFor();
	await settled(page);
	const places = await Promise.all(
		["Language learning", "Work permit (A, B, C)"].map(async (name) => {
			const at = await tile(page, name).boundingBox();
			return { x: (at?.x ?? 0) + (at?.width ?? 0) / 2, y: (at?.y ?? 0) + (at?.height ?? 0) / 2 };
		}),
	);
	const session = await page.context().newCDPSession(page);
	await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: places });
	await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
	await settled(page);
	expect(await tickets()).toBeLessThanOrEqual(2);
	// Whatever it became, the visit goes on from here to a ticket or back to the start.
	const take = page.getByRole("button", { name: english["documents.take"], exact: true });
	const done = page.getByRole("button", { name: english["ticket.done"], exact: true });
	const learning = tile(page, "Language learning");
	await take.or(done).or(learning).first().waitFor();
	if (await learning.isVisible()) await learning.tap();
	if (await take.isVisible()) await take.tap();
	// A tap on "done" while it prints leaves the ticket as it is.
	await done.click();
	await english_.waitFor();
	expect(await tickets()).toBe(2);
	expect(faults).toEqual([]);
});

test("a language whose file is damaged is in English; the way to a ticket stays open", async () => {
	station = await openTrial();
	const { page } = await openKiosk();
	await page.route(/\/assets\/fr-[^/]+\.js(on)?$/, (route) =>
		route.fulfill({ contentType: "application/json", body: '{"topics.title": "Que' }),
	);
	await page.reload();
	await page.getByRole("button", { name: "Français", exact: true }).click();
	await page.getByRole("heading", { name: english["topics.title"] }).waitFor();
	// The catalogue's own words are the station's, and stand in French; voices are told which is which.
	await settled(page);
	expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
	expect(await page.getByText("Cours de chinois", { exact: true }).getAttribute("lang")).toBe("fr");
	expect((await health(station)).damagedWords).toEqual(["fr"]);
	expect(station.log().split("words in this language are damaged")).toHaveLength(2);
	await tile(page, "Cours de chinois").click();
	await page.locator('main[data-stage="ready"]').waitFor();
	expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(english["ticket.take"]);
});
