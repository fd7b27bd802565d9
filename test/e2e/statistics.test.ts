import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeErrors, axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { signIn } from "../fixtures/busy-morning.ts";
import { runInProcess } from "../fixtures/command-line.ts";
import { postTicket, type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const messagesOf = (screen: string): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/${screen}/en.json`), "utf8"));

/** Six visitors of one topic, each served at once. */
async function serveSix(station: Spawned): Promise<void> {
	const send = async (path: string, body: object, token = "") => {
		const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
		const answer = await fetch(`${station.origin}/api/${path}`, {
			method: "POST",
			headers,
			body: JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
		return answer;
	};
	const { name, pin } = station.ready.staff ?? {};
	const session = await send("session", { staff: name, pin, counter: "1" });
	const { token } = (await session.json()) as { token: string };
	for (let count = 0; count < 6; count += 1) {
		await postTicket(station, { topic: "work-permit", language: "en", key: crypto.randomUUID() });
		await send("counters/1/next", {}, token);
		await send("counters/1/start", {}, token);
		await send("counters/1/finish", { outcome: "answered" }, token);
	}
}

test("a supervisor reads the day in pictures and tables, filters it, and prints it without the screen round it", async () => {
	const desk = messagesOf("desk");
	const supervision = messagesOf("supervision");
	const statistics = messagesOf("statistics");
	const station = await spawnReady([
		"demo",
		"--headless",
		"--data",
		emptyFolder(),
		"--printer",
		`virtual:${emptyFolder()}`,
	]);
	await serveSix(station);
	const { page, faults } = await openPage(browser, station.ready.desk, { viewport: { width: 1366, height: 768 } });
	await page.getByRole("button", { name: "English", exact: true }).click();
	await signIn(page, station, "1");
	await page.getByRole("button", { name: desk.toSupervision ?? "" }).click();
	await page.getByRole("heading", { name: supervision.tab_counters ?? "" }).waitFor();
	await page.keyboard.press("9");

	const waits = page.getByRole("figure", { name: "At every hour, nine of ten are called within 5 min" });
	await waits.locator("svg").waitFor();
	await page.getByRole("figure", { name: "English is chosen most: 100% of the visits" }).waitFor();
	// What the picture shows is in its table, for whoever cannot see it.
	await waits.getByText(statistics.statsTable ?? "").click();
	await waits.getByRole("columnheader", { name: statistics.colVisits ?? "", exact: true }).waitFor();
	await waits.getByRole("cell", { name: "6", exact: true }).waitFor();
	expect(await axeErrors(page)).toEqual([]);
	expect(await axeErrorsInTheDark(page)).toEqual([]);

	await page.emulateMedia({ media: "print" });
	expect(await waits.isVisible()).toBe(true);
	expect(await page.getByRole("navigation").isVisible()).toBe(false);
	expect(await page.getByRole("button", { name: statistics.statsPrint ?? "" }).isVisible()).toBe(false);
	await page.emulateMedia({ media: "screen" });

	const saved = page.waitForEvent("download");
	await page.getByRole("button", { name: statistics.statsCsv ?? "" }).click();
	expect(readFileSync(await (await saved).path(), "utf8")).toContain(
		'topic,work-permit,"Work permit (A, B, C)",6,6,6,',
	);

	await page.getByRole("combobox", { name: supervision.topic ?? "" }).selectOption("marriage");
	await page.getByText(statistics.statsNone ?? "").waitFor();
	expect(faults).toEqual([]);
});

test("a supervisor tries a past day with another counter, and reads what it would have done beside what was so", async () => {
	const desk = messagesOf("desk");
	const supervision = messagesOf("supervision");
	const statistics = messagesOf("statistics");
	const data = join(emptyFolder(), "data");
	const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
	// A large one: a day of few visitors is not played again.
	const site = ["--site", "permanent-residence-service-centre"];
	await runInProcess(["simulate", "--data", data, ...site, "--days", "1", "--until", day, "--json"]);
	const printer = ["--printer", `virtual:${emptyFolder()}`];
	const station = await spawnReady(["demo", "--headless", "--data", data, ...site, ...printer]);
	const { page, faults } = await openPage(browser, station.ready.desk, { viewport: { width: 1366, height: 900 } });
	await page.getByRole("button", { name: "English", exact: true }).click();
	await signIn(page, station, "1");
	await page.getByRole("button", { name: desk.toSupervision ?? "" }).click();
	await page.getByRole("heading", { name: supervision.tab_counters ?? "" }).waitFor();
	await page.keyboard.press("9");

	const plan = page.getByRole("region", { name: statistics.planTitle ?? "" });
	await plan.getByText(statistics.planChooseDay ?? "").waitFor();
	await page.getByLabel(statistics.statsFrom ?? "", { exact: true }).fill(day);
	await plan.getByText(statistics.planEmpty ?? "").waitFor();
	await plan.getByRole("button", { name: statistics.planAdd ?? "" }).click();
	await plan.getByText("Another counter, from 10:00").waitFor();
	const waiting = plan.getByRole("row", { name: new RegExp(statistics.planMostWaiting ?? "") });
	await waiting.waitFor();
	expect(await waiting.getByRole("cell").count()).toBe(3);
	expect(await axeErrors(page)).toEqual([]);
	expect(await axeErrorsInTheDark(page)).toEqual([]);
	await plan.getByRole("button", { name: /^Remove: / }).click();
	await plan.getByText(statistics.planEmpty ?? "").waitFor();
	expect(faults).toEqual([]);
});
