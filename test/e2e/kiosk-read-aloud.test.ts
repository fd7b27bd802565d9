import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import english from "../../resources/languages/kiosk/en.json" with { type: "json" };
import japanese from "../../resources/languages/kiosk/ja.json" with { type: "json" };
import { axeErrors } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { type Heard, listenTo } from "../fixtures/captured-speech.ts";
import { geometryErrors } from "../fixtures/geometry.ts";
import { type AtEnd, endWithFile, runCommand, type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { beep } from "../fixtures/speech-program.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

let browser: Browser;
/** The station of every test that leaves it as it was. */
let shared: Spawned;
const atFileEnd = endWithFile();
beforeAll(async () => {
	[browser, shared] = await Promise.all([openBrowser(), openStation({ atEnd: atFileEnd })]);
});
afterAll(() => browser?.close());

/** A demo where English is recorded, each clip a beep, and no other language. */
async function openStation({
	topicsLast = 0.1,
	atEnd = onTestFinished,
}: {
	topicsLast?: number;
	atEnd?: AtEnd;
} = {}): Promise<Spawned> {
	const data = emptyFolder((end) => atEnd(async () => end()));
	const folder = join(data, "speech/recorded/en");
	mkdirSync(folder, { recursive: true });
	for (const name of await clipNames())
		writeFileSync(join(folder, `${name}.wav`), beep(name.startsWith("topic.") ? topicsLast : 0.1));
	expect(readFileSync(join(folder, "kiosk.topics.title.wav")).subarray(0, 4).toString()).toBe("RIFF");
	const printer = `virtual:${emptyFolder((end) => atEnd(async () => end()))}`;
	return spawnReady(["demo", "--headless", "--data", data, "--printer", printer], {}, atEnd);
}

let names: Promise<string[]> | undefined;
function clipNames(): Promise<string[]> {
	names ??= runCommand(["speech", "script", "--language", "en"], {}, atFileEnd).then(({ stdout }) =>
		stdout
			.trim()
			.split("\n")
			.map((line) => line.split("\t")[1] ?? ""),
	);
	return names;
}

interface Kiosk {
	page: Page;
	heard(): Promise<Heard[]>;
	/** The clips that sounded since it was asked last. */
	news(): Promise<string[]>;
	button(name: string): ReturnType<Page["getByRole"]>;
}

async function openKiosk(station: Spawned, clock: "true" | "held" = "true"): Promise<Kiosk> {
	const context = await browser.newContext({
		viewport: { width: 1080, height: 1920 },
		deviceScaleFactor: 0.25,
		reducedMotion: "reduce",
	});
	onTestFinished(() => context.close());
	const page = await context.newPage();
	const heard = await listenTo(page);
	if (clock === "held") await page.clock.install();
	const [accessibility] = await Promise.all([
		page.waitForResponse(/\/assets\/accessibility-/),
		page.goto(station.ready.kiosk),
	]);
	await accessibility.finished();
	// Keys and sound work from then on. A held clock holds the page's marks as well.
	if (clock === "true")
		await page.waitForFunction(() => performance.getEntriesByName("accessibility-started").length > 0);
	let told = 0;
	return {
		page,
		heard,
		async news() {
			const all = await heard();
			const clips = all.slice(told).map(({ clip }) => clip);
			told = all.length;
			return clips;
		},
		button: (name) => page.getByRole("button", { name, exact: true }),
	};
}

const settled = (page: Page) => page.locator("[data-settling]").waitFor({ state: "detached" });
const tile = (page: Page, name: string) =>
	page
		.locator("#kiosk")
		.getByRole("button")
		.filter({ has: page.getByText(name, { exact: true }) });
const lastOf = (all: readonly Heard[], clip: string) => all.findLast((one) => one.clip === clip);

/** English is chosen and its topics are read aloud. */
async function listenToTopics({ page, heard, button }: Kiosk): Promise<void> {
	await button("English").click();
	await button(english["readAloud.open"]).click();
	await expect.poll(async () => (await heard()).map(({ clip }) => clip)).toContain("kiosk.topics.title");
	await settled(page);
}

test("whoever listens hears each screen and the number, once more, louder and quieter, and nothing after the visit", async () => {
	const kiosk = await openKiosk(shared);
	const { page, heard, button } = kiosk;
	const clips = async () => (await heard()).map(({ clip }) => clip);
	// A language without clips offers no reading.
	await button("日本語").click();
	await page.getByRole("heading", { name: japanese["topics.title"] }).waitFor();
	expect(await page.getByRole("button", { name: japanese["readAloud.open"] }).count()).toBe(0);
	await settled(page);
	await page.getByRole("navigation").getByRole("button").first().click();

	// Before a language is chosen each that has clips offers itself, and so does the tile that keys come to.
	const listen = page.getByRole("button", { name: new RegExp(english["readAloud.open"]) });
	await settled(page);
	await listen.focus();
	await page.keyboard.press("Enter");
	const offered = async () => (await clips()).filter((clip) => clip === "kiosk.languages.choose").length;
	await expect.poll(offered).toBe(1);
	await button("English").focus();
	await expect.poll(offered).toBe(2);
	await settled(page);
	expect([...(await axeErrors(page)), ...(await geometryErrors(page))]).toEqual([]);
	await listen.click();
	await settled(page);

	await listenToTopics(kiosk);
	await expect.poll(clips).toContain("topic.work-permit");
	await expect.poll(clips).toContain("kiosk.topics.more");
	expect(lastOf(await heard(), "kiosk.topics.title")?.volume).toBe(1);

	await button(english["readAloud.open"]).click();
	await page.getByRole("dialog").waitFor();
	await settled(page);
	expect([...(await axeErrors(page)), ...(await geometryErrors(page))]).toEqual([]);
	const volume = async () => lastOf(await heard(), "kiosk.readAloud.title")?.volume ?? 0;
	await expect.poll(volume).toBe(1);
	await button(english["readAloud.louder"]).click();
	await expect.poll(volume).toBeCloseTo(Math.SQRT2, 4);
	await button(english["readAloud.louder"]).click();
	await expect.poll(volume).toBeCloseTo(2, 4);
	await button(english["readAloud.quieter"]).click();
	await expect.poll(volume).toBeCloseTo(Math.SQRT2, 4);
	// "Read again" closes the dialog and reads the screen behind it from its beginning, as loud as was asked for.
	const titles = async () => (await heard()).filter(({ clip }) => clip === "kiosk.topics.title");
	expect(await titles()).toHaveLength(1);
	await button(english["readAloud.again"]).click();
	await expect.poll(async () => (await titles()).length).toBe(2);
	expect((await titles()).at(-1)?.volume).toBeCloseTo(Math.SQRT2, 4);

	await settled(page);
	await tile(page, "Language learning").click();
	await page.locator('main[data-stage="ready"]').waitFor();
	for (const clip of ["kiosk.ticket.number", "letter-U", "digit-1", "kiosk.ticket.take", "kiosk.ticket.next"])
		await expect.poll(clips).toContain(clip);
	await settled(page);
	await button(english["ticket.done"]).click();

	// The next visitor hears nothing until they ask, and then as loud as ever.
	const before = (await clips()).length;
	await button("English").click();
	await page.getByRole("heading", { name: english["topics.title"] }).waitFor();
	await page.getByRole("button", { name: english["readAloud.open"], pressed: false }).waitFor();
	await settled(page);
	await tile(page, "Language learning").focus();
	expect((await clips()).length).toBe(before);
	await button(english["readAloud.open"]).click();
	await expect.poll(async () => (await titles()).length).toBe(3);
	expect((await titles()).at(-1)?.volume).toBe(1);
});

test("the focus is heard: a topic, a switch and what became of it, a letter and what it finds", async () => {
	const kiosk = await openKiosk(shared);
	const { page, heard, news, button } = kiosk;
	await listenToTopics(kiosk);
	await news();
	await tile(page, "Work permit (A, B, C)").focus();
	await expect.poll(async () => (await heard()).at(-1)?.clip).not.toBe("kiosk.topics.more");
	await expect
		.poll(async () => (await heard()).findLast(({ clip }) => clip.startsWith("topic."))?.clip)
		.toBe("topic.work-permit");
	await news();
	await button(english["toolbar.contrast"]).focus();
	await expect.poll(news).toEqual(["kiosk.toolbar.contrast", "not-chosen"]);
	await page.keyboard.press("Enter");
	await expect.poll(news).toEqual(["kiosk.toolbar.contrast", "chosen"]);

	await settled(page);
	await button(english["search.open"]).click();
	await expect.poll(async () => (await heard()).at(-1)?.clip).toBe("kiosk.search.hint");
	await news();
	await page.keyboard.press("w");
	await expect.poll(async () => (await heard()).at(-1)?.clip).toMatch(/^topic\./);
	expect((await news()).slice(0, 2)).toEqual(["letter-W", "topic.work-permit"]);
	await page.keyboard.press("Backspace");
	await expect.poll(news).toEqual(["kiosk.checkIn.erase"]);
});

test("a keypad reads once more, louder, quieter; a headset in its socket listens gently, and out of it nothing is said", async () => {
	const kiosk = await openKiosk(shared);
	const { page, heard, button } = kiosk;
	await button("English").click();
	await page.getByRole("heading", { name: english["topics.title"] }).waitFor();
	await button(english["readAloud.open"]).waitFor();
	await settled(page);
	const titles = async () => (await heard()).filter(({ clip }) => clip === "kiosk.topics.title");
	const isOn = page.getByRole("button", { name: english["readAloud.open"], pressed: true });
	// The browser's driver has no key above F12.
	const session = await page.context().newCDPSession(page);
	const plug = (key: "F15" | "F16") =>
		session.send("Input.dispatchKeyEvent", {
			type: "rawKeyDown",
			key,
			code: key,
			windowsVirtualKeyCode: 111 + Number(key.slice(1)),
		});
	await plug("F15");
	await isOn.waitFor();
	await expect.poll(async () => (await titles()).map(({ volume }) => volume)).toEqual([0.5]);
	await settled(page);
	await page.keyboard.press("F2");
	await expect.poll(async () => (await titles()).length).toBe(2);
	await page.keyboard.press("F4");
	await expect.poll(async () => (await titles()).at(-1)?.volume).toBeCloseTo(Math.SQRT1_2, 4);
	await page.keyboard.press("F3");
	await expect.poll(async () => (await titles()).at(-1)?.volume).toBeCloseTo(0.5, 4);
	await plug("F16");
	await isOn.waitFor({ state: "detached" });
});

test("that the station is lost is read, though nothing can be fetched any more", async () => {
	const station = await openStation();
	const kiosk = await openKiosk(station, "held");
	const { page, heard } = kiosk;
	const asked: string[] = [];
	page.on("response", (answer) => asked.push(answer.url().replace(/^.*\/|\.wav$/g, "")));
	await listenToTopics(kiosk);
	await expect.poll(() => asked).toContain("kiosk.connectionLost.hint");
	await station.end("SIGKILL");
	await page.clock.fastForward(11_000);
	await page.clock.fastForward(1_000);
	await page.getByRole("heading", { name: english["connectionLost.title"] }).waitFor({ timeout: 60_000 });
	await expect
		.poll(async () => (await heard()).slice(-2).map(({ clip }) => clip))
		.toEqual(["kiosk.connectionLost.title", "kiosk.connectionLost.hint"]);
});

test("before the screen starts again a bell rings, then it is asked; one key puts it off, ten times and more", async () => {
	const kiosk = await openKiosk(shared, "held");
	const { page, heard, button } = kiosk;
	await listenToTopics(kiosk);
	await button(english["toolbar.text"]).click();
	await page.getByRole("button", { name: english["toolbar.text"], pressed: true }).waitFor();
	for (let times = 1; times <= 11; times += 1) {
		await page.clock.fastForward(61_000);
		await button(english["idle.stay"]).waitFor();
		await settled(page);
		if (times === 1) {
			await expect.poll(async () => lastOf(await heard(), "kiosk.idle.stay")).toBeDefined();
			const bell = (await heard()).filter(({ clip }) => clip === "chime").map(({ to }) => to);
			expect(bell.length).toBeGreaterThan(0);
			expect(lastOf(await heard(), "kiosk.idle.title")?.from).toBeGreaterThanOrEqual(Math.max(...bell));
		}
		await page.keyboard.press("Enter");
		await page.getByRole("dialog").waitFor({ state: "detached" });
		await settled(page);
	}
	await page.getByRole("heading", { name: english["topics.title"] }).waitFor();
	expect(await page.locator("html[data-large]").count()).toBe(1);
});

test("what takes long to read is not cut: the time to answer begins when it has been said", async () => {
	const kiosk = await openKiosk(await openStation({ topicsLast: 2 }), "held");
	const { page, heard } = kiosk;
	await listenToTopics(kiosk);
	const over = async () => (await heard()).filter((sound) => sound.over).length;
	for (let times = 0; times < 3; times += 1) {
		await page.clock.fastForward(50_000);
		// Counted after it: one more that ends from here on puts the time to answer off.
		const before = await over();
		await expect.poll(over).toBeGreaterThan(before);
		expect(await page.getByRole("dialog").count()).toBe(0);
	}
	await page.clock.fastForward(61_000);
	await page.getByRole("dialog").waitFor();
});

test("every mode is back to usual for the next visitor, whether the last one ended or went away", async () => {
	const kiosk = await openKiosk(shared, "held");
	const { page, button } = kiosk;
	const tools = (["toolbar.reach", "toolbar.text", "toolbar.contrast", "readAloud.open"] as const).map(
		(key) => english[key],
	);
	const switchAll = async () => {
		await button("English").click();
		for (const name of tools) {
			await button(name).click();
			await page.getByRole("button", { name, exact: true, pressed: true }).waitFor();
			await settled(page);
		}
		const html = page.locator("html");
		expect(await html.evaluate(({ attributes }) => [...attributes].map(({ name }) => name))).toEqual(
			expect.arrayContaining(["data-reach", "data-large", "data-contrast"]),
		);
	};
	const expectUsual = async () => {
		await button("日本語").waitFor();
		await settled(page);
		const attributes = await page.locator("html").evaluate(({ attributes }) => [...attributes].map(({ name }) => name));
		expect(attributes.filter((name) => name.startsWith("data-"))).toEqual([]);
		expect(await page.locator('[aria-pressed="true"]').count()).toBe(0);
	};
	await switchAll();
	await page.clock.fastForward(61_000);
	await button(english["idle.leave"]).waitFor();
	await page.clock.fastForward(21_000);
	await expectUsual();

	await switchAll();
	// Larger text leaves room for fewer topics in the lower half.
	await page.getByRole("button", { name: english["topics.more"] }).click();
	await tile(page, "Language learning").click();
	await page.locator('main[data-stage="ready"]').waitFor();
	await settled(page);
	await button(english["ticket.done"]).click();
	await expectUsual();
});

test("the screen greets in one language after the other, and stands still from the first touch until a minute after the last", async () => {
	const { page } = await openPage(browser, "about:blank", {
		viewport: { width: 1080, height: 1920 },
		deviceScaleFactor: 0.25,
	});
	await page.clock.install();
	await page.goto(shared.ready.kiosk);
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
