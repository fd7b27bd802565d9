import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeErrors, contrastErrors } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { BUSY, callTickets, codesOf, openBusyStation, signIn, takeTickets } from "../fixtures/busy-morning.ts";
import {
	BOARD_RULES,
	type GeometryRules,
	geometryErrors,
	PHONE_RULES,
	STAFF_RULES,
	systemFontErrors,
} from "../fixtures/geometry.ts";
import { endWithFile } from "../fixtures/spawned-process.ts";
import { TOP } from "../fixtures/station-folder.ts";

/* Every screen but the kiosk: accessibility, geometry and fonts, in light, dark and high contrast. */

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser("whole");
});
afterAll(() => browser.close());

/** Where a run saves its screenshots, if set. */
const PICTURES = process.env.PAIHAO_PICTURES;
const messagesOf = (screen: string, language: string): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/${screen}/${language}.json`), "utf8"));

const LIGHTS = {
	day: { colorScheme: "light", contrast: "no-preference" },
	night: { colorScheme: "dark", contrast: "no-preference" },
	"high contrast": { colorScheme: "light", contrast: "more" },
} as const;
type Light = keyof typeof LIGHTS;

interface PageCheck {
	rules: GeometryRules;
	/** Whether the page brings all of its fonts. */
	fonts: "ours" | "the machine's";
	lights: readonly Light[];
}
const STAFF: PageCheck = { rules: STAFF_RULES, fonts: "ours", lights: ["day", "night", "high contrast"] };
const PHONE: PageCheck = { rules: PHONE_RULES, fonts: "the machine's", lights: ["day", "night", "high contrast"] };
/** Always dark. */
const BOARD: PageCheck = { rules: BOARD_RULES, fonts: "ours", lights: ["day", "high contrast"] };

/** Every error of the page as it is, in each colour scheme. */
async function checkPage(page: Page, name: string, { rules, fonts, lights }: PageCheck): Promise<string[]> {
	await page.evaluate(() => document.fonts.ready);
	const faults: string[] = [];
	for (const light of lights) {
		await page.emulateMedia(LIGHTS[light]);
		if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}-${light}.png`) });
		const found = light === "day" ? await axeErrors(page) : await contrastErrors(page);
		faults.push(...found.map((error) => `${name} by ${light}: ${error}`));
	}
	await page.emulateMedia({ colorScheme: null, contrast: null });
	const measured = [...(await geometryErrors(page, rules)), ...(fonts === "ours" ? await systemFontErrors(page) : [])];
	return [...faults, ...measured.map((error) => `${name}: ${error}`)];
}

test("the board with five calls and notices has no fault; who wants no motion sees a new call by a line", async () => {
	const { station } = await openBusyStation();
	const { page, faults } = await openPage(browser, station.ready.board, {
		viewport: { width: 1920, height: 1080 },
		reducedMotion: "reduce",
	});
	await page.getByRole("listitem").first().waitFor();
	const found = await checkPage(page, "board, nobody called", BOARD);
	await takeTickets(station);
	await callTickets(station);
	await page.locator("li[data-state]").nth(4).waitFor();
	await page.locator('li[data-new="true"]').first().waitFor();
	const mark = await page
		.locator('li[data-new="true"]')
		.first()
		.evaluate((row) => getComputedStyle(row).outlineStyle);
	expect(mark).toBe("solid");
	found.push(...(await checkPage(page, "board", BOARD)));
	await page.reload();
	await page.getByText(messagesOf("board", "zh-Hans").topicClosed?.replace(/^.*\}\}/, "") ?? "").waitFor();
	// The names of site and topics come by another request, when their fonts are loaded.
	await page.locator("h1").filter({ hasText: /\S/ }).waitFor();
	found.push(...(await checkPage(page, "board with notices", BOARD)));
	expect([...found, ...faults]).toEqual([]);
});

/** With seventeen tickets and five calls, for the tests that change nothing in it. */
const openMorning = shareMorning();
function shareMorning() {
	const atEnd = endWithFile();
	const open = async () => {
		const morning = await openBusyStation("page", atEnd);
		await takeTickets(morning.station);
		await callTickets(morning.station);
		return morning;
	};
	let morning: ReturnType<typeof open> | undefined;
	return () => {
		morning ??= open();
		return morning;
	};
}

test("desk, pairing and printer page have no fault by day, by night and in high contrast", async () => {
	const { station } = await openMorning();
	const { page, faults } = await openPage(browser, station.ready.desk, {
		viewport: { width: 1024, height: 768 },
		locale: "en-GB",
		reducedMotion: "reduce",
	});
	await page.clock.setFixedTime(BUSY);
	await page.getByRole("button", { name: "English", exact: true }).click();
	const found = await checkPage(page, "sign-in", STAFF);
	await signIn(page, station, "2");
	found.push(...(await checkPage(page, "desk", STAFF)));
	// The machine's own colours leave a line round what is pressed.
	await page.emulateMedia({ forcedColors: "active" });
	const pressed = page.locator('button[aria-pressed="true"]').first();
	expect(await pressed.evaluate((button) => getComputedStyle(button).outlineStyle)).toBe("solid");
	await page.emulateMedia({ forcedColors: null });
	await page.getByRole("button", { name: messagesOf("desk", "en").toSupervision ?? "" }).click();
	await page.getByRole("button", { name: messagesOf("supervision", "en").tab_topics ?? "" }).click();
	await page.getByRole("table").first().waitFor();
	found.push(...(await checkPage(page, "supervision", STAFF)));

	await page.goto(`${station.origin}/setup`);
	await page.getByRole("heading", { level: 2 }).first().waitFor();
	found.push(...(await checkPage(page, "pair", STAFF)));

	const printer = await openPage(browser, station.ready.printer ?? "", {
		viewport: { width: 1024, height: 768 },
		locale: "en-GB",
		reducedMotion: "reduce",
	});
	await printer.page.locator("ol img").first().waitFor();
	found.push(...(await checkPage(printer.page, "printer", STAFF)));
	expect([...found, ...faults, ...printer.faults]).toEqual([]);
});

test("the phone has no fault, asking for a code, waiting in Russian and called in Arabic, by day, by night and in high contrast", async () => {
	const { station, data } = await openMorning();
	const codes = codesOf(data);
	const found: string[] = [];
	for (const [place, state] of [
		[2, "called"],
		[6, "waiting"],
	] as const) {
		const address = `${station.origin}/phone#${codes[place]}`;
		const opened = await openPage(browser, address, { viewport: { width: 320, height: 640 }, hasTouch: true });
		await opened.page.clock.setFixedTime(BUSY);
		await opened.page.locator(`[data-state="${state}"]`).waitFor();
		found.push(...(await checkPage(opened.page, `phone ${place}, ${state}`, PHONE)));
		// A phone that nobody has touched must not shake.
		found.push(...opened.faults.filter((error) => !error.includes("navigator.vibrate")));
		await opened.page.context().close();
	}
	const { page, faults } = await openPage(browser, `${station.origin}/phone`, {
		viewport: { width: 390, height: 844 },
		hasTouch: true,
	});
	await page.getByRole("textbox").waitFor();
	found.push(...(await checkPage(page, "phone, code", PHONE)));
	expect([...found, ...faults]).toEqual([]);
});
