import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { READER_GAP_MS } from "../../renderer/desk/state/key-guard.ts";
import { axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { signIn } from "../fixtures/busy-morning.ts";
import { readInto } from "../fixtures/read-into.ts";
import { postTicket, type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const textsOf = (screen: string): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/${screen}/en.json`), "utf8"));
const messages = textsOf("desk");
const supervision = textsOf("supervision");

/** A desk in English at counter 1, with tickets waiting. */
async function openDesk(tickets: number, viewport = { width: 1366, height: 768 }) {
	const args = ["demo", "--headless", "--data", emptyFolder(), "--printer", `virtual:${emptyFolder()}`];
	const station = await spawnReady(args);
	for (let count = 0; count < tickets; count += 1)
		await postTicket(station, { topic: "work-permit", language: "en", key: crypto.randomUUID() });
	const { page, faults } = await openPage(browser, station.ready.desk, { viewport });
	await page.getByRole("button", { name: "English", exact: true }).click();
	await signIn(page, station, "1");
	await page.getByRole("button", { name: "Call B001" }).waitFor();
	return { station, page, faults };
}

const boardOf = async ({ origin }: Spawned) =>
	(await (await fetch(`${origin}/api/board`)).json()) as { calls: { number: string; state: string }[]; seq: number };
const unprinted = async ({ origin }: Spawned) =>
	((await (await fetch(`${origin}/api/health`)).json()) as { printer: { unprinted: number } }).printer.unprinted;
const enabled = (page: Page, key: string) =>
	page.locator(`button[aria-keyshortcuts^="${key}"]:not([aria-disabled="true"])`).waitFor();

/** Returns when whatever a key has set off meanwhile has been done: the page's timers come in order. */
const keysSettled = (page: Page) =>
	page.evaluate((gapMs) => new Promise((resolve) => setTimeout(resolve, gapMs + 1)), READER_GAP_MS);

/** The desk's clock goes on at once. */
const moveClock = (page: Page, byMs: number) =>
	page.evaluate((ms) => {
		const { now } = Date;
		Date.now = () => now() + ms;
	}, byMs);

test("a wedge reader acts on nothing, neither on the page nor in a dialog, however it paces its keys", async () => {
	const { station, page } = await openDesk(3);
	// All tickets are printed: no more events come by themselves.
	await expect.poll(() => unprinted(station), { timeout: 30_000 }).toBe(0);
	const { seq } = await boardOf(station);
	const lines = [
		["A", "Tab", "Enter", "Enter", "Enter"],
		["N", ..."E12345678", "Enter"],
		[..."P<D<<MUSTERMANN<<ERIKA", "Enter", ..."C01X00T478D<<6408125F", "Enter"],
		["1", "2", "Enter", "Enter"],
	];
	let lineAt = Date.now();
	for (const dialog of [null, "a"]) {
		for (const gapMs of dialog === null ? [1, 15, 50] : [15]) {
			for (const line of lines) {
				if (dialog !== null) {
					await page.keyboard.press(dialog);
					await page.getByRole("dialog").waitFor();
				}
				// Longer than a reader's pause after the last line, so that this one begins anew.
				lineAt += 60_000;
				await readInto(page, line, gapMs, lineAt);
				await keysSettled(page);
				if (dialog === null) expect(await page.getByRole("dialog").count()).toBe(0);
				else {
					await page.keyboard.press("Escape");
					// A key that comes while the dialog still stands opens no other.
					await page.getByRole("dialog").waitFor({ state: "hidden" });
				}
			}
		}
	}
	// What could be a booking's code is looked for, and said to be unknown; a number that waits is neither opened nor called.
	lineAt += 60_000;
	await readInto(page, [..."B002", "Enter"], 15, lineAt);
	await page.getByRole("dialog", { name: messages.askCheckIn ?? "" }).waitFor();
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "hidden" });
	await page.getByRole("button", { name: messages.toSupervision ?? "" }).click();
	await page.getByRole("button", { name: supervision.tab_site ?? "" }).click();
	await page.getByRole("button", { name: supervision.closeDayAsk ?? "" }).click();
	const closing = page.getByRole("dialog", { name: supervision.closeDay ?? "" });
	await closing.getByText("B003").waitFor();
	for (const line of lines) {
		lineAt += 60_000;
		await readInto(page, line, 15, lineAt);
		await keysSettled(page);
		await closing.waitFor();
	}
	await page.keyboard.press("Escape");
	await closing.waitFor({ state: "hidden" });
	lineAt += 60_000;
	await readInto(page, ["1", "2", "Enter"], 15, lineAt);
	await keysSettled(page);
	await page.getByRole("heading", { name: supervision.tab_site ?? "", level: 2 }).waitFor();
	expect(await boardOf(station)).toMatchObject({ seq, calls: [] });
});

test("two keys a visitor: call, then finish and next; what was done is shown for eight seconds", async () => {
	const { station, page, faults } = await openDesk(3);
	await page.getByRole("button", { name: messages.settings ?? "" }).click();
	await page.getByRole("dialog").getByRole("combobox").selectOption("15");
	await page.keyboard.press("Escape");
	let keys = 0;
	const press = async (key: string) => {
		await enabled(page, key.toUpperCase());
		keys += 1;
		await page.keyboard.press(key);
	};
	await press("n");
	await page.locator("article").getByText("B001").waitFor();
	for (const number of ["B002", "B003"]) {
		// "Finish and next" leaves a visitor alone who was called less than three seconds ago.
		await moveClock(page, 3_100);
		await press("d");
		await page.locator("article").getByText(number).waitFor();
	}
	expect(keys).toBe(3);
	expect((await boardOf(station)).calls).toMatchObject([{ number: "B003", state: "called" }]);
	// What was done is shown, with what undo would take back.
	const done = page.getByText(`${messages.action_next} B003`);
	await done.waitFor();
	await moveClock(page, 8_000);
	await done.waitFor({ state: "hidden" });
	expect(faults).toEqual([]);
});

test("? shows the keys; a number and Enter finds a ticket that the filter hides; every action on it is there", async () => {
	const { station, page, faults } = await openDesk(3);
	await page.keyboard.press("?");
	await page.getByRole("dialog", { name: messages.keysTitle ?? "" }).waitFor();
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "hidden" });
	// Another topic is shown than the number's: a number that somebody types is found all the same.
	await postTicket(station, { topic: "education", language: "en", key: crypto.randomUUID() });
	await page.locator('option[value="education"]').waitFor({ state: "attached" });
	await page.getByRole("combobox", { name: messages.filterTopics ?? "" }).selectOption("education");
	await page.getByRole("row", { name: /^B003/ }).waitFor({ state: "hidden" });
	await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
	await page.keyboard.press("3");
	await page.getByRole("searchbox").and(page.locator(":focus")).waitFor();
	// Slower than a reader's next key.
	await readInto(page, ["Enter"], 0, Date.now() + 1_000);
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("heading", { name: "Actions for B003" }).waitFor();
	expect(await axeErrorsInTheDark(page)).toEqual([]);
	for (const action of ["call", "park", "priority", "note", "transfer", "reprint", "cancel"])
		await dialog.getByRole("button", { name: messages[`action_${action}`] ?? "", exact: true }).waitFor();
	await dialog.getByRole("button", { name: messages.action_priority ?? "" }).click();
	await page.getByRole("combobox", { name: messages.filterTopics ?? "" }).selectOption("");
	await page
		.getByRole("row", { name: /^B003/ })
		.getByText(messages.priority ?? "")
		.waitFor();
	// The priority ticket is the next here, and the preview says so.
	await page
		.getByRole("row", { name: /^B003/ })
		.getByText(messages.nextHere ?? "")
		.waitFor();
	await page.keyboard.press("n");
	await page.locator("article").getByText("B003").waitFor();
	expect(faults).toEqual([]);
});

test("ten rows of the queue at 1366 by 768 with a notice shown; a tablet upright has targets for fingers", async () => {
	const { page } = await openDesk(14);
	await page.keyboard.press("n");
	await page.getByText(`${messages.action_next} B001`).waitFor();
	const rowsIn = (minSize: number) =>
		page.evaluate((min) => {
			const box = document.querySelector("table")?.parentElement?.getBoundingClientRect();
			const rows = [...document.querySelectorAll("tbody tr")].map((row) => row.getBoundingClientRect());
			const small = [...document.querySelectorAll("main button")].filter((button) => {
				const { width, height } = button.getBoundingClientRect();
				return width < min || height < min;
			});
			return { shown: rows.filter(({ bottom }) => box && bottom <= box.bottom + 1).length, small: small.length };
		}, minSize);
	expect((await rowsIn(24)).shown).toBeGreaterThanOrEqual(8);
	await page.setViewportSize({ width: 820, height: 1180 });
	expect(await rowsIn(36)).toMatchObject({ small: 0 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(820);
});

test("signing out with a ticket asks what becomes of it", async () => {
	const { station, page, faults } = await openDesk(1);
	await page.keyboard.press("n");
	await page.locator("article").getByText("B001").waitFor();
	await page.getByRole("button", { name: messages["action_sign-out"] ?? "" }).click();
	await page
		.getByRole("dialog")
		.getByText(messages.whichAtHand ?? "")
		.waitFor();
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: messages.signInHeading ?? "" }).waitFor();
	expect((await boardOf(station)).calls).toEqual([]);
	expect(faults).toEqual([]);
});

test("a note that is being written stays when its visitor leaves, and its letters call nobody", async () => {
	const { station, page } = await openDesk(1);
	const answer = await postTicket(station, { topic: "work-permit", language: "en", key: crypto.randomUUID() });
	const { code, version } = (await answer.json()) as { code: string; version: number };
	await page.getByRole("button", { name: "Actions for B002" }).click();
	await page
		.getByRole("dialog")
		.getByRole("button", { name: messages.action_note ?? "" })
		.click();
	const note = page.getByRole("textbox", { name: messages.noteLabel ?? "" });
	await note.fill("comes ");
	const left = await fetch(`${station.origin}/api/phone/${code}/leave`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ version }),
	});
	expect(left.ok).toBe(true);
	await page.locator("tbody tr", { hasText: "B002" }).waitFor({ state: "detached" });
	await note.press("n");
	await keysSettled(page);
	expect(await note.inputValue()).toBe("comes n");
	await note.press("Enter");
	await page.getByRole("alert").getByText("B002").waitFor();
	expect((await boardOf(station)).calls).toEqual([]);
});

test("a note outlives its session, and stays with its ticket when the counter goes on; a break shows above a ticket", async () => {
	const { station, page } = await openDesk(2);
	const post = async (path: string, token: string, body: unknown) => {
		const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
		const answer = await fetch(`${station.origin}/api/${path}`, {
			method: "POST",
			headers,
			body: JSON.stringify(body),
		});
		expect(answer.ok).toBe(true);
	};
	await page.keyboard.press("n");
	await enabled(page, "S");
	await page.keyboard.press("m");
	const note = page.getByRole("textbox", { name: messages.noteLabel ?? "" });
	await note.fill("lease copy follows");
	const { name, pin } = station.ready.staff ?? {};
	await post("session", "none", { staff: name, pin, counter: "2", ticket: "keep" });
	await page.getByRole("heading", { name: messages.signInHeading ?? "" }).waitFor();
	await signIn(page, station, "1");
	await note.waitFor();
	expect(await note.inputValue()).toBe("lease copy follows");
	// The same counter in another window.
	const saved = await page.evaluate(() => sessionStorage.getItem("paihao.desk.session"));
	const { token } = JSON.parse(saved ?? "{}") as { token: string };
	for (const act of ["start", "finish", "next"]) await post(`counters/1/${act}`, token, {});
	await page.locator("article").getByText("B002").waitFor();
	expect(await page.getByRole("dialog").getByRole("heading").textContent()).toContain("B001");
	await note.press("Enter");
	await page.getByRole("alert").getByText("B001").waitFor();
	await page.getByRole("dialog").waitFor({ state: "detached" });
	await enabled(page, "Z");
	await page.keyboard.press("z");
	await page.getByText(messages.breakReason ?? "").waitFor();
	await page.locator("article").getByText("B002").waitFor();
});

test("a name of 64 letters leaves the buttons of its row in sight; no heading breaks on a narrow tablet", async () => {
	const { page, faults } = await openDesk(1);
	const name = "W".repeat(64);
	await page.getByRole("button", { name: messages.toSupervision ?? "" }).click();
	await page.getByRole("button", { name: supervision.tab_staff ?? "" }).click();
	await page.getByRole("textbox", { name: supervision.name ?? "" }).fill(name);
	await page.keyboard.press("Enter");
	const row = page.getByRole("row", { name });
	await row.waitFor();
	const overflow = await row.evaluate((one) => {
		const panel = one.closest("section");
		return panel === null ? null : panel.scrollWidth - panel.clientWidth;
	});
	expect(overflow).toBe(0);
	// No heading of a table breaks within a Chinese word on a narrow tablet.
	await page.setViewportSize({ width: 640, height: 1180 });
	await page.getByRole("button", { name: "中文" }).click();
	await page.getByRole("button", { name: "窗口", exact: true }).click();
	await page.getByRole("row", { name: "无人" }).first().waitFor();
	const lines = await page.getByRole("columnheader").evaluateAll((headings) =>
		headings.map((heading) => {
			const range = document.createRange();
			range.selectNodeContents(heading);
			return new Set([...range.getClientRects()].map(({ top }) => top)).size;
		}),
	);
	expect(Math.max(...lines)).toBe(1);
	expect(faults).toEqual([]);
});

test("a tablet by touch alone: a sound and a notification when somebody waits and when a kiosk asks for help; a visit by taps", async () => {
	const args = ["demo", "--headless", "--data", emptyFolder(), "--printer", `virtual:${emptyFolder()}`];
	const station = await spawnReady(args);
	const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true };
	const { page, faults } = await openPage(browser, station.ready.desk, tablet);
	await page.addInitScript(() => {
		const told: string[] = [];
		const { start } = OscillatorNode.prototype;
		OscillatorNode.prototype.start = function (at) {
			told.push("tone");
			start.call(this, at);
		};
		const fake = class {
			static permission = "granted";
			static requestPermission = () => Promise.resolve("granted");
			constructor(text: string) {
				told.push(text);
			}
		};
		Object.assign(window, { told, Notification: fake });
		Object.defineProperty(document, "hidden", { get: () => true });
		localStorage.setItem("paihao.desk.settings", JSON.stringify({ notifications: true }));
	});
	await page.reload();
	const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
	const tap = (name: string) => page.getByRole("button", { name }).tap();
	await tap("English");
	await signIn(page, station, "1");
	await page.getByText(messages.freeNobody ?? "").waitFor();
	expect(await told()).toEqual([]);
	await postTicket(station, { topic: "work-permit", language: "en", key: crypto.randomUUID() });
	await expect.poll(told).toEqual(["tone", "tone", "A visitor is waiting: B001"]);
	await fetch(`${station.origin}/api/help`, {
		method: "POST",
		headers: { "content-type": "application/json", authorization: `Bearer ${station.kioskKey}` },
		body: JSON.stringify({ language: "ja" }),
	});
	await expect.poll(async () => (await told()).length).toBe(6);
	expect((await told()).at(-1)).toContain("Japanese");
	await tap("Call B001");
	for (const key of ["S", "F"])
		await page.locator(`button[aria-keyshortcuts="${key}"]:not([aria-disabled="true"])`).tap();
	await page.getByText(messages.freeNobody ?? "").waitFor();
	expect((await boardOf(station)).calls).toEqual([]);
	expect(faults).toEqual([]);
});
