import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Language } from "../../protocol/model/language.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { systemFontErrors } from "../fixtures/geometry.ts";
import { postTicket, runCommand, type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { beep } from "../fixtures/speech-program.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Where the pictures of a run are kept, if somebody wants to look at them. */
const PICTURES = process.env.PAIHAO_PICTURES;

interface Sound {
	from: number;
	to: number;
}

/** Notes when the page's clips sound, on its audio clock. */
async function listen(page: Page): Promise<() => Promise<Sound[]>> {
	await page.addInitScript(() => {
		const sounds: Sound[] = [];
		Object.assign(window, { sounds });
		const start = AudioBufferSourceNode.prototype.start;
		AudioBufferSourceNode.prototype.start = function (at = 0) {
			sounds.push({ from: at, to: at + (this.buffer?.duration ?? 0) });
			start.call(this, at);
		};
	});
	return () => page.evaluate(() => (window as unknown as { sounds: Sound[] }).sounds);
}

test("two calls at once: each in its visitor's language, then in Chinese, one sound after the other", async () => {
	const data = emptyFolder();
	record(data, "en", "call-1", "call-2");
	record(data, "zh-Hans", "call-1", "call-2", "call-3");
	record(data, "ar", "call-1");
	const { stdout } = await runCommand(["speech", "list", "--data", data]);
	expect(
		stdout.split("\n").flatMap((line) => (line.includes('"calls":true') ? JSON.parse(line).language : [])),
	).toEqual(["zh-Hans", "en"]);
	const station = await spawnReady(["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`]);
	const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
	onTestFinished(() => page.close());
	const sounds = await listen(page);
	const asked: string[] = [];
	page.on("request", (request) => asked.push(new URL(request.url()).pathname));
	await page.goto(station.ready.board);
	await page.getByRole("heading", { level: 1 }).waitFor();

	// Before the first call the board promises numbers in all twelve languages.
	await page.locator('main li[lang="th"]').waitFor();
	expect(await systemFontErrors(page)).toEqual([]);

	// The Arabic visitor's language has not all that it needs: the chime and the Chinese sentence are all there is to hear.
	for (const language of ["en", "ar"])
		await postTicket(station, { topic: "work-permit", language, key: crypto.randomUUID() });
	for (const counter of ["1", "2"]) await callNext(station, counter);
	await page.getByText("B002").first().waitFor();
	expect(await systemFontErrors(page)).toEqual([]);
	if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, "board-two-calls.png") });

	// en: Number, B, 0, 0, 1, please go to counter, 1 are seven clips; zh: eight; and eight more for B002.
	await expect.poll(async () => (await sounds()).length).toBe(7 + 8 + 8);
	const heard = await sounds();
	for (const [index, sound] of heard.slice(1).entries())
		expect(sound.from).toBeGreaterThanOrEqual((heard[index]?.to ?? 0) - 1e-6);
	expect(asked).toContain("/speech/recorded/en/count-1.wav");
	expect(asked).toContain("/speech/recorded/zh-Hans/count-2.wav");
	expect(asked.filter((path) => path.startsWith("/speech/recorded/ar"))).toEqual([]);
});

/** Puts these clips of a language, the letters, the digits and the first counters where recordings lie. */
function record(data: string, language: Language, ...clips: string[]): void {
	const folder = join(data, "speech/recorded", language);
	mkdirSync(folder, { recursive: true });
	const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `letter-${letter}`);
	const digits = [..."0123456789"].map((digit) => `digit-${digit}`);
	for (const clip of [...clips, ...letters, ...digits, "count-1", "count-2"])
		writeFileSync(join(folder, `${clip}.wav`), beep());
}

/** Signs in at a counter and calls who is next. */
async function callNext({ origin, ready }: Spawned, counter: string): Promise<void> {
	const post = async (path: string, body: object, token?: string) => {
		const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
		const answer = await fetch(`${origin}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
		expect(answer.ok, path).toBe(true);
		return (await answer.json()) as { token?: string };
	};
	// The ticket at the counter before stays there.
	const signIn = { staff: ready.staff?.name, pin: ready.staff?.pin, counter, ticket: "keep", takeOver: true };
	const { token } = await post("/api/session", signIn);
	await post(`/api/counters/${counter}/next`, {}, token);
}
