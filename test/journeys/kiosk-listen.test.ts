import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import english from "../../resources/languages/kiosk/en.json" with { type: "json" };
import japanese from "../../resources/languages/kiosk/ja.json" with { type: "json" };
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { runCommand, spawnReady } from "../fixtures/spawned.ts";
import { beep } from "../fixtures/speech-program.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";
import { axeFaults } from "../renderer/axe.ts";
import { geometryFaults } from "../renderer/geometry.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

test("whoever listens hears each screen and the number, once more, and nothing after the visit", async () => {
	const data = emptyFolder();
	const folder = join(data, "speech/recorded/en");
	mkdirSync(folder, { recursive: true });
	const { stdout } = await runCommand(["speech", "script", "--language", "en"]);
	const names = stdout
		.trim()
		.split("\n")
		.map((line) => line.split("\t")[1] ?? "");
	for (const name of names) writeFileSync(join(folder, `${name}.wav`), beep());
	expect(readFileSync(join(folder, "kiosk.topics.title.wav")).subarray(0, 4).toString()).toBe("RIFF");
	const station = await spawnReady(["trial", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`]);

	const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, reducedMotion: "reduce" });
	onTestFinished(() => page.close());
	// What sounds, by the addresses it was fetched from.
	await page.addInitScript(() => {
		const started: number[] = [];
		Object.assign(window, { started });
		const start = AudioBufferSourceNode.prototype.start;
		AudioBufferSourceNode.prototype.start = function (at = 0) {
			started.push(at);
			start.call(this, at);
		};
	});
	const started = () => page.evaluate(() => (window as unknown as { started: number[] }).started.length);
	const asked: string[] = [];
	page.on("request", (request) => {
		const { pathname } = new URL(request.url());
		if (pathname.startsWith("/speech/")) asked.push(pathname.replace(/^.*\/|\.wav$/g, ""));
	});
	await page.goto(station.ready.kiosk);
	const button = (name: string) => page.getByRole("button", { name, exact: true });
	await button("日本語").waitFor();
	// A language without clips offers no reading.
	await button("日本語").click();
	await page.getByRole("heading", { name: japanese["topics.title"] }).waitFor();
	expect(await page.getByRole("button", { name: japanese["listen.open"] }).count()).toBe(0);
	await page.getByRole("navigation").getByRole("button").first().click();

	// Before a language is chosen each that has clips offers itself, and so does the tile that keys come to.
	const listen = page.getByRole("button", { name: new RegExp(english["listen.open"]) });
	await listen.focus();
	await page.keyboard.press("Enter");
	await expect.poll(() => asked).toContain("kiosk.languages.choose");
	await expect.poll(started).toBe(1);
	await button("English").focus();
	await expect.poll(started).toBe(2);
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	expect([...(await axeFaults(page)), ...(await geometryFaults(page))]).toEqual([]);
	await listen.click();

	await button("English").click();
	await button(english["listen.open"]).click();
	await expect.poll(() => asked).toContain("kiosk.topics.title");
	await expect.poll(() => asked).toContain("topic.work-permit");
	await expect.poll(started).toBeGreaterThan(10);

	await button(english["listen.open"]).click();
	await page.getByRole("dialog").waitFor();
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	expect([...(await axeFaults(page)), ...(await geometryFaults(page))]).toEqual([]);
	await button(english["listen.louder"]).click();
	await expect.poll(() => asked).toContain("kiosk.listen.title");
	await button(english["listen.again"]).click();

	await page
		.getByRole("button")
		.filter({ has: page.getByText("Language learning", { exact: true }) })
		.click();
	await page.locator('main[data-stage="ready"]').waitFor();
	for (const clip of ["kiosk.ticket.number", "letter-U", "digit-1", "kiosk.ticket.take"])
		await expect.poll(() => asked).toContain(clip);
	await button(english["ticket.done"]).click();
	await button("English").click();
	await page.getByRole("heading", { name: english["topics.title"] }).waitFor();
	await page.getByRole("button", { name: english["listen.open"], pressed: false }).waitFor();
});

test("the screen greets in one language after the other, and stands still from the first touch until a minute after the last", async () => {
	const station = await spawnReady(["trial", "--headless", "--data", emptyFolder(), "--printer", "tcp://127.0.0.1:1"]);
	const { page } = await openPage(browser, "about:blank", { viewport: { width: 1080, height: 1920 } });
	await page.clock.install();
	await page.goto(station.ready.kiosk);
	const greeted = () => page.locator("main [data-greeted]").getAttribute("lang");
	await page.locator('main [data-greeted]:not([lang="en"])').waitFor();
	await page.clock.pauseAt(new Date(Date.now() + 3_600_000));
	// Time goes only when it is told to, and not so fast that the station could not answer.
	const pass = async (seconds: number) => {
		for (let second = 0; second < seconds; second += 1) {
			await page.clock.runFor(1_000);
			await page.evaluate(() => fetch("/api/topics?language=en").then((answer) => answer.text()));
		}
		return await greeted();
	};
	const first = await pass(1);
	await pass(3);
	await expect.poll(greeted).not.toBe(first);

	const second = await pass(0);
	await page.mouse.click(5, 5);
	expect(await pass(20)).toBe(second);
	await page.keyboard.press("Shift");
	expect(await pass(59)).toBe(second);
	await pass(4);
	await expect.poll(greeted).not.toBe(second);
});
