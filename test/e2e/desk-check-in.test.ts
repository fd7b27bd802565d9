import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stationClock } from "../../scripts/station-clock.ts";
import { axeErrors } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { BUSY, signIn } from "../fixtures/busy-morning.ts";
import { readInto } from "../fixtures/read-into.ts";
import { runCommand, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Where the pictures of a run are saved, if somebody wants to look at them. */
const PICTURES = process.env.PAIHAO_PICTURES;
const messages: Record<string, string> = JSON.parse(
	readFileSync(join(TOP, "resources/languages/desk/en.json"), "utf8"),
);
const t = (key: string, values: Record<string, string> = {}) =>
	Object.entries(values).reduce((text, [name, value]) => text.replace(`{{${name}}}`, value), messages[key] ?? key);

const BOOKINGS = `code,time,topic,language,party
AB12-CD34,2026-11-24 10:30,work-permit,,2
EF56-GH78,2026-11-24 09:00,language-learning,ja,1
JK78-MN90,2026-11-24 15:45,education,de,1
WED1-1111,2026-11-25 14:00,education,,1
`;

test("a visitor with an appointment at the desk: scanned wherever the focus is, from the list, and on another day", async () => {
	const data = join(emptyFolder(), "data");
	const args = ["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`];
	const station = await spawnReady(args, stationClock(BUSY));
	const list = join(emptyFolder(), "list.csv");
	writeFileSync(list, BOOKINGS);
	const imported = await runCommand(["appointments", "import", list, "--data", data], stationClock(BUSY));
	expect(imported.code, imported.stderr).toBe(0);
	const { page, faults } = await openPage(browser, station.ready.desk, { viewport: { width: 1366, height: 768 } });
	const picture = async (name: string) => {
		if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `check-in-${name}.png`) });
	};
	await page.getByRole("button", { name: "English", exact: true }).click();
	await signIn(page, station, "1");
	const dialog = page.getByRole("dialog");

	// Enter would press the button that has the focus.
	await page.getByRole("button", { name: t("settings") }).focus();
	await readInto(page, [..."AB12-CD34", "Enter"], 5);
	await dialog.getByRole("heading", { name: t("checkedIn"), exact: true }).waitFor();
	await dialog.getByText(t("checkedInFor", { time: "10:30" })).waitFor();
	await dialog.getByText(t("punctuality_on-time")).waitFor();
	expect(await axeErrors(page)).toEqual([]);
	await picture("new");
	// The same paper once more, while the dialog is open.
	await page.waitForTimeout(400);
	await readInto(page, [..."AB12-CD34", "Enter"], 5);
	await dialog.getByRole("heading", { name: t("checkedInBefore"), exact: true }).waitFor();
	await picture("before");
	await page.keyboard.press("Escape");
	await page
		.getByRole("row", { name: /^B001/ })
		.getByText(t("appointmentAt", { time: "10:30" }))
		.waitFor();

	await page.getByRole("button", { name: t("action_check-in") }).click();
	await dialog.getByRole("button", { name: t("checkInThis", { time: "15:45" }) }).waitFor();
	expect(await axeErrors(page)).toEqual([]);
	await picture("list");
	await dialog.getByRole("button", { name: t("checkInThis", { time: "09:00" }) }).click();
	await dialog.getByText(t("punctuality_late")).waitFor();
	await page.keyboard.press("Escape");
	await page
		.getByText(t("appointmentLate", { time: "09:00" }))
		.first()
		.waitFor();
	await picture("rows");

	await page.waitForTimeout(400);
	await page.keyboard.press("i");
	await dialog.getByRole("textbox").fill("wed1 1111");
	await page.waitForTimeout(100);
	await page.keyboard.press("Enter");
	await dialog.getByText("Wednesday, November 25").waitFor();
	await picture("other-day");
	await dialog.getByRole("button", { name: t("action_issue") }).click();
	await dialog.getByRole("heading", { name: t("askIssue") }).waitFor();
	await page.keyboard.press("Escape");

	// A passport that somebody puts on the reader leaves nothing on the screen.
	await page.waitForTimeout(400);
	await readInto(page, [..."E12345678", "Enter"], 5);
	await page.waitForTimeout(400);
	expect(await dialog.count()).toBe(0);
	expect(faults.filter((fault) => !/status of 4\d\d .*\/check-in/.test(fault))).toEqual([]);
	if (PICTURES !== undefined) {
		await page.getByRole("button", { name: "中文", exact: true }).click();
		await page.keyboard.press("i");
		await page.waitForTimeout(500);
		await picture("list-zh");
	}
});
