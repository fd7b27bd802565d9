import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { EpsonSimulator } from "../../printer-simulator/epson-simulator.ts";
import { serveSimulator } from "../../printer-simulator/virtual-printer.ts";
import english from "../../resources/languages/kiosk/en.json" with { type: "json" };
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { closeServer, listen } from "../fixtures/print-harness.ts";
import { type Spawned, shareTrials } from "../fixtures/spawned-process.ts";

/* What fingers and disks do that nobody planned: never two tickets, never a dead end. */

let browser: Browser;
let station: Spawned;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const openTrial = shareTrials();

/** How many wait: every ticket of these tests does. */
async function countWaiting(): Promise<number> {
	const board = await (await fetch(station.ready.board.replace("/board", "/api/board"))).json();
	return (board as { waitingCount: number }).waitingCount;
}

async function damagedMessages(): Promise<string[]> {
	const health = await (await fetch(`${station.origin}/api/health`)).json();
	return (health as { damagedMessages: string[] }).damagedMessages;
}

async function openKiosk(): Promise<{ page: Page; faults: string[] }> {
	const viewport = { width: 1080, height: 1920 };
	return openPage(browser, station.ready.kiosk, { viewport, hasTouch: true, reducedMotion: "reduce" });
}

const tile = (page: Page, name: string) =>
	page
		.locator("#kiosk")
		.getByRole("button")
		.filter({ has: page.getByText(name, { exact: true }) });
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

const button = (page: Page, key: keyof typeof english) => page.getByRole("button", { name: english[key], exact: true });

async function middleOf(one: ReturnType<Page["locator"]>): Promise<{ x: number; y: number }> {
	const box = await one.boundingBox();
	if (!box) throw new Error("It has no place.");
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function toTopics(page: Page): Promise<void> {
	await page.getByRole("button", { name: "English", exact: true }).click();
	await tile(page, "Language learning").waitFor();
	await settled(page);
}

test("a hundred taps a second make one ticket, and the next visit works", async () => {
	station = await openTrial();
	const before = await countWaiting();
	const { page, faults } = await openKiosk();
	await toTopics(page);
	await hammer(page, 100, await middleOf(tile(page, "Language learning")));
	await page.locator('main[data-stage="ready"]').waitFor();
	expect(await countWaiting()).toBe(before + 1);
	await button(page, "ticket.done").click();
	await toTopics(page);
	await tile(page, "Language learning").tap();
	await page.locator('main[data-stage="ready"]').waitFor();
	expect(await countWaiting()).toBe(before + 2);
	expect(faults).toEqual([]);
});

test("two fingers, at once or one right after the other: at most the first is a tap, one ticket, and the way goes on", async () => {
	station = await openTrial();
	const before = await countWaiting();
	const { page, faults } = await openKiosk();
	await toTopics(page);
	await page.evaluate(() => {
		const lifted = { fingers: 0 };
		Object.assign(window, { lifted });
		const count = () => {
			lifted.fingers += 1;
		};
		addEventListener("pointerup", count, { capture: true });
	});
	const lifted = () => page.evaluate(() => (window as unknown as { lifted: { fingers: number } }).lifted.fingers);
	const [first, second] = await Promise.all(
		["Language learning", "Work permit (A, B, C)"].map((name) => middleOf(tile(page, name))),
	);
	if (!first || !second) throw new Error("A tile has no place.");
	const one = { ...first, id: 1 };
	const other = { ...second, id: 2 };
	const session = await page.context().newCDPSession(page);
	const touch = (type: "touchStart" | "touchEnd", ...touchPoints: (typeof one)[]) =>
		session.send("Input.dispatchTouchEvent", { type, touchPoints });

	// Both down together, each lifted by itself: to a browser that is no tap, and the topics stay to be touched.
	await touch("touchStart", one);
	await touch("touchStart", one, other);
	await touch("touchEnd", one);
	await touch("touchEnd");
	await expect.poll(lifted).toBe(2);
	await settled(page);
	expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(english["topics.title"]);
	expect(await countWaiting()).toBe(before);

	// The second finger comes as the first is lifted: it meant the screen before.
	await touch("touchStart", one);
	await touch("touchEnd");
	await touch("touchStart", other);
	await touch("touchEnd");
	await page.locator('main[data-stage="ready"]').waitFor();
	await page.getByText("Language learning", { exact: true }).waitFor();
	expect(await countWaiting()).toBe(before + 1);
	await settled(page);
	await button(page, "ticket.done").tap();
	await toTopics(page);
	expect(faults).toEqual([]);
});

/** A printer that takes a ticket and says nothing of it until it is told to. */
async function slowPrinter() {
	const gate = Promise.withResolvers<void>();
	const machine = new EpsonSimulator({ width: 576, deliver: () => gate.promise });
	const server = serveSimulator(machine);
	const port = await listen(server);
	onTestFinished(() => closeServer(server));
	return { url: `tcp://127.0.0.1:${port}`, release: gate.resolve };
}

test("taps on everything while it prints: the same ticket, whatever was pressed", async () => {
	const printer = await slowPrinter();
	station = await openTrial(printer.url);
	const { page, faults } = await openKiosk();
	await toTopics(page);
	await tile(page, "Language learning").tap();
	await page.locator('main[data-stage="printing"]').waitFor();
	await settled(page);
	const number = await page.locator("main bdi").first().innerText();
	for (const key of ["toolbar.contrast", "toolbar.text", "toolbar.reach"] as const)
		await hammer(page, 20, await middleOf(button(page, key)));
	await hammer(page, 20, await middleOf(button(page, "toolbar.staff")));
	await settled(page);
	// The taps may have closed the dialog that the first of them opened.
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "detached" });
	await settled(page);
	await hammer(page, 20, await middleOf(button(page, "toolbar.language")));
	await settled(page);
	await page.getByRole("button", { name: "Deutsch", exact: true }).tap();
	await page.locator("main[data-stage]").waitFor();
	expect(await page.locator("main bdi").first().innerText()).toBe(number);
	expect(await countWaiting()).toBe(1);
	printer.release();
	await page.locator('main[data-stage="ready"]').waitFor();
	await settled(page);
	// Whatever stands at the place of "done" next gets the other taps: nothing that gives a ticket.
	await hammer(page, 10, await middleOf(page.locator("main button")));
	await page.getByRole("button", { name: "English", exact: true }).waitFor();
	expect(await countWaiting()).toBe(1);
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
	expect(await damagedMessages()).toEqual(["fr"]);
	expect(station.log().split("kiosk.messages.damaged")).toHaveLength(2);
	await tile(page, "Cours de chinois").click();
	await page.locator('main[data-stage="ready"]').waitFor();
	expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(english["ticket.take"]);
});
