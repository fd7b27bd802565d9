import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Board } from "../../protocol/api/board.ts";
import { LANGUAGES } from "../../protocol/model/language.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { asCounter, asSiteId, asTopicId } from "../fixtures/ids.ts";
import { spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

/* Every number of calls in every language: nothing on the board is cut, broken or over something else. */

const PICTURES = process.env.PAIHAO_PICTURES;
/** How many calls; every count in the long form. */
const COUNTS =
	process.env.PAIHAO_TEST_SCREENS === "all"
		? Array.from({ length: 20 }, (_, index) => index + 1)
		: [1, 2, 3, 5, 8, 9, 12, 20];
const SCREENS = {
	landscape: { width: 1920, height: 1080 },
	portrait: { width: 1080, height: 1920 },
} as const;
const NOTICES = [true, false];

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

function boardOf(calls: number, state: "called" | "serving", seq: number): Board {
	return {
		seq,
		at: Date.parse("2026-11-24T10:20:00+08:00"),
		site: asSiteId("permanent-residence-service-centre"),
		calls: Array.from({ length: calls }, (_, index) => ({
			call: `${seq}-${index}`,
			number: `W${String(index + 28).padStart(3, "0")}`,
			counter: asCounter(String(index + 28)),
			topic: asTopicId("work-permit"),
			// A board of few calls begins with another language each time.
			language: LANGUAGES[(index + seq) % LANGUAGES.length] ?? "en",
			calledAt: seq - index,
			state,
		})),
		waitingCount: 1_050,
		wait: { minMinutes: 135, maxMinutes: 650 },
		waiting: Array.from({ length: 40 }, (_, index) => ({
			number: `A${100 + index}`,
			topic: asTopicId(index % 3 === 0 ? "permanent-residence-card" : "work-permit"),
		})),
		missed: ["B101", "B102", "B103", "B104", "B105"],
	};
}

/** What is cut, broken or over something else, each as a sentence. */
function layoutErrors(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const found: string[] = [];
		const within = (inner: DOMRect, outer: DOMRect) =>
			inner.left >= outer.left - 1 &&
			inner.right <= outer.right + 1 &&
			inner.top >= outer.top - 1 &&
			inner.bottom <= outer.bottom + 1;
		const screen = new DOMRect(0, 0, innerWidth, innerHeight);
		for (const cell of document.querySelectorAll("main ol[data-columns] > li")) {
			const box = cell.getBoundingClientRect();
			const name = cell.textContent;
			if (!within(box, screen)) found.push(`${name} is off the screen`);
			const parts = [...(cell.firstElementChild?.children ?? [])].filter((part) => part.getClientRects().length > 0);
			for (const [index, part] of parts.entries()) {
				const own = part.getBoundingClientRect();
				const text = document.createRange();
				text.selectNodeContents(part);
				if (!within(own, box)) found.push(`${name}: ${part.textContent} is cut`);
				if (part.tagName === "SPAN" && text.getBoundingClientRect().width > own.width)
					found.push(`${name}: ${part.textContent} is wider than its plate`);
				if (part.tagName === "SPAN" && text.getBoundingClientRect().height > own.height * 1.5)
					found.push(`${name}: ${part.textContent} takes two lines`);
				for (const other of parts.slice(index + 1)) {
					const next = other.getBoundingClientRect();
					if (
						own.right > next.left + 1 &&
						next.right > own.left + 1 &&
						own.bottom > next.top + 1 &&
						next.bottom > own.top + 1
					)
						found.push(`${name}: ${part.textContent} is over ${other.textContent}`);
				}
			}
			for (const line of cell.querySelectorAll("p")) {
				const range = document.createRange();
				range.selectNodeContents(line);
				const text = range.getBoundingClientRect();
				const size = Number.parseFloat(getComputedStyle(line).fontSize);
				if (!within(new DOMRect(text.left, box.top, text.width, 0), box)) found.push(`${line.textContent} is cut`);
				if (text.height > size * 1.9) found.push(`${line.textContent} takes two lines`);
				if (size < 24) found.push(`${line.textContent} is ${size} pixels`);
			}
		}
		const side = document.querySelector("main > section");
		const room = side?.getBoundingClientRect();
		for (const item of side?.querySelectorAll("h2, h3, li, p") ?? [])
			if (room && !within(item.getBoundingClientRect(), room)) found.push(`${item.textContent} is cut in the side`);
		return found;
	});
}

test.each(Object.entries(SCREENS))("%s: one to twenty calls in every language have room", async (name, viewport) => {
	const station = await spawnReady([
		"demo",
		"--headless",
		"--data",
		emptyFolder(),
		"--printer",
		`virtual:${emptyFolder()}`,
	]);
	const { page } = await openPage(browser, "about:blank", { viewport, reducedMotion: "reduce" });
	let board = boardOf(1, "called", 1);
	let isOpen = true;
	await page.clock.install();
	await page.route("**/api/board/events", (route) => route.abort());
	await page.route("**/api/board", (route) => route.fulfill({ json: board }));
	await page.route("**/api/topics**", async (route) => {
		const answer = await (await route.fetch()).json();
		const topics = answer.topics.map((topic: object) => ({ ...topic, availability: isOpen ? "available" : "full" }));
		await route.fulfill({ json: { ...answer, topics, site: { ...answer.site, open: true } } });
	});
	await page.goto(station.ready.board);
	await page.locator("ol[data-columns]").waitFor();
	const errors: string[] = [];
	let seq = 1;
	for (const hasNotice of NOTICES) {
		isOpen = !hasNotice;
		await page.clock.runFor(9_000);
		await page.locator("footer").waitFor({ state: hasNotice ? "attached" : "detached" });
		for (const state of ["called", "serving"] as const)
			for (const count of COUNTS) {
				seq += 1;
				board = boardOf(count, state, seq);
				await page.clock.runFor(16_000);
				await page.locator(`ol[data-columns] > li:nth-child(${count}):last-child`).waitFor();
				await page.evaluate(() => document.fonts.ready);
				const at = `${name}, ${count} ${state}, ${hasNotice ? "a" : "no"} notice`;
				if (PICTURES !== undefined && state === "called")
					await page.screenshot({ path: join(PICTURES, `board-${name}-${count}-${hasNotice}.png`) });
				errors.push(...(await layoutErrors(page)).map((error) => `${at}: ${error}`));
			}
	}
	// A request that is under way would find its answer gone with the page.
	await page.unrouteAll({ behavior: "ignoreErrors" });
	expect(errors).toEqual([]);
});
