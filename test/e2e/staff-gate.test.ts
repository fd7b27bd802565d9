import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeErrors } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { shareTrials } from "../fixtures/spawned-process.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());
const trial = shareTrials();

const PICTURES = process.env.PAIHAO_PICTURES;

test("a finger held in the corner opens a pad for supervisors, and their PIN ends the window", async () => {
	const station = await trial();
	const { page, faults } = await openPage(browser, station.ready.kiosk, { viewport: { width: 1080, height: 1920 } });
	// The gate is loaded after the first screen.
	await page.waitForFunction(() => performance.getEntriesByName("screens-preloaded").length > 0);
	const gate = page.getByRole("dialog", { name: "工作人员 Staff" });
	await expect
		.poll(
			async () => {
				await page.mouse.move(30, 30);
				await page.mouse.down();
				const isOpen = await gate.waitFor({ timeout: 8_000 }).then(
					() => true,
					() => false,
				);
				await page.mouse.up();
				return isOpen;
			},
			{ timeout: 60_000 },
		)
		.toBe(true);
	const leave = page.getByRole("button", { name: /Leave the kiosk/ });
	expect(await leave.isDisabled()).toBe(true);
	const type = async (pin: string) => {
		for (const digit of pin) await gate.getByRole("button", { name: digit, exact: true }).click();
	};
	await type("00000000");
	await leave.click();
	await gate.getByText("Wrong PIN").waitFor();
	await type(station.ready.staff?.pin ?? "");
	if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, "staff-gate.png") });
	expect(await axeErrors(page)).toEqual([]);
	await leave.click();
	await gate.getByText("One moment…").waitFor();
	const headers = { authorization: `Bearer ${station.kioskKey}` };
	const asked = await fetch(`${station.origin}/api/staff-gate`, { headers });
	expect(await asked.json()).toEqual({ isLeaving: true });
	// The browser reports the refused PIN as an error of its own.
	expect(faults.filter((fault) => !fault.includes("401"))).toEqual([]);
});
