import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { LANGUAGE_NAMES, type Language } from "../../protocol/model/language.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { type Spawned, shareTrials } from "../fixtures/spawned-process.ts";
import { TOP } from "../fixtures/station-folder.ts";

/* What breaks on the way, and how the kiosk comes back from it by itself, with staff called where they are needed. */

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const wordsOf = (language: Language): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/kiosk/${language}.json`), "utf8"));
const topicName = (topic: string, language: Language): string =>
	JSON.parse(readFileSync(join(TOP, `resources/catalogue/translations/${language}.json`), "utf8")).services[topic].name;
const english = wordsOf("en");
/** Needs nothing brought: two taps. */
const TWO_TAPS = "language-learning";

const openTrial = shareTrials();

async function openKiosk(station: Spawned, prepare: (page: Page) => Promise<void> = async () => {}) {
	const { page } = await openPage(browser, "about:blank", {
		viewport: { width: 1080, height: 1920 },
		reducedMotion: "reduce",
	});
	await prepare(page);
	await page.goto(station.ready.kiosk);
	const words = (language: Language) => wordsOf(language);
	const kiosk = {
		page,
		settled: () => page.locator("[data-settling]").waitFor({ state: "detached" }),
		button: (key: string, language: Language = "en") =>
			page.getByRole("button", { name: words(language)[key] ?? key, exact: true }),
		tile: (topic: string, language: Language = "en") =>
			page
				.locator("#kiosk")
				.getByRole("button")
				.filter({ has: page.getByText(topicName(topic, language), { exact: true }) }),
		async choose(language: Language) {
			await page.getByRole("button", { name: LANGUAGE_NAMES[language], exact: true }).click();
		},
		async takeTicket(language: Language = "en") {
			await kiosk.choose(language);
			await kiosk.tile(TWO_TAPS, language).click();
		},
	};
	return kiosk;
}

/** Aborts the first so many requests of a file, and says how many came. */
async function losing(page: Page, file: RegExp, first: number): Promise<() => number> {
	let asked = 0;
	await page.route(file, (route) => {
		asked += 1;
		return asked <= first ? route.abort() : route.continue();
	});
	return () => asked;
}

/** Signs in at a desk, and gives what its requests need. */
const deskOf = async ({ origin, ready: { staff } }: Spawned) => {
	const headers = { "content-type": "application/json" };
	const body = JSON.stringify({ staff: staff?.name, pin: staff?.pin, counter: "1", takeOver: true });
	const opened = await fetch(`${origin}/api/session`, { method: "POST", headers, body });
	const { token } = (await opened.json()) as { token: string };
	return { headers: { authorization: `Bearer ${token}` } };
};
const queueOf = async (station: Spawned) => {
	const answer = await fetch(`${station.origin}/api/queue`, await deskOf(station));
	return (await answer.json()) as { tickets: unknown[]; help: { language: Language | null } | null };
};

/** A visitor's call stays open until somebody goes: the next test begins without one. */
afterEach(async () => {
	const station = await openTrial();
	await fetch(`${station.origin}/api/help/answer`, { method: "POST", ...(await deskOf(station)) });
});

describe("a screen that does not come", () => {
	test.each([
		["its program", /\/assets\/ticket-screen[^/]*\.js$/, 2],
		["its styles", /\/assets\/ticket-screen[^/]*\.css$/, 1],
	])("%s is asked for again, and the visit ends well", async (_what, file, first) => {
		const station = await openTrial();
		const { length: before } = (await queueOf(station)).tickets;
		let asked = () => 0;
		const { page, takeTicket } = await openKiosk(station, async (page) => {
			asked = await losing(page, file, first);
		});
		await takeTicket();
		await page.locator('main[data-stage="ready"]').waitFor();
		expect(asked()).toBeGreaterThan(first);
		// It looks as it should: its styles are there.
		const number = page.locator("main bdi").first();
		expect(await number.evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize))).toBeGreaterThan(100);
		expect((await queueOf(station)).tickets).toHaveLength(before + 1);
	});
});

test("another language shows the same ticket, its number and its code, though the paper never came", async () => {
	const station = await openTrial("tcp://127.0.0.1:1");
	const { page, takeTicket, button, choose, settled } = await openKiosk(station, (page) => page.clock.install());
	await takeTicket();
	await page.locator('main[data-stage="printing"]').waitFor();
	await page.clock.fastForward(9_000);
	await page.locator('main[data-stage="missing"]').waitFor();
	const shown = () => page.locator("main bdi").allInnerTexts();
	const [number, code] = await shown();
	if (number === undefined) throw new Error("There is no number.");
	expect(code).toMatch(/^\w{5}\s\w{5}$/);
	await button("toolbar.language").click();
	await settled();
	await choose("ar");
	const isolated = `\u2068${number}\u2069`;
	await page
		.getByRole("heading", { name: (wordsOf("ar")["ticket.unprinted"] ?? "").replace("{{number}}", isolated) })
		.waitFor();
	expect(await shown()).toEqual([number, code]);
	await page.getByText(topicName(TWO_TAPS, "ar"), { exact: true }).waitFor();
	expect((await queueOf(station)).tickets).toHaveLength(1);
	await button("ticket.done", "ar").click();
	await settled();
	await choose("en");
	await page.getByRole("heading", { name: english["topics.title"] ?? "" }).waitFor();
	expect(await page.content()).not.toContain(number);
});

describe("staff", () => {
	test("are called by the tool's button: the desk shows it, in the visitor's language", async () => {
		const station = await openTrial();
		const { page, button, choose, settled, tile } = await openKiosk(station);
		const { page: desk } = await openPage(browser, station.ready.desk, {
			viewport: { width: 1024, height: 768 },
			locale: "en-GB",
		});
		await desk
			.locator("input")
			.nth(0)
			.fill(station.ready.staff?.name ?? "");
		await desk.locator("input[type=password]").fill(station.ready.staff?.pin ?? "");
		await desk.locator('input[name=counter][value="1"]').check();
		await desk.keyboard.press("Enter");
		const call = desk.locator('[data-kind="help"]');
		await desk.locator("button[aria-keyshortcuts]").first().waitFor();
		expect(await call.count()).toBe(0);
		await choose("fr");
		await tile(TWO_TAPS, "fr").waitFor();
		await settled();
		await button("toolbar.staff", "fr").click();
		await page
			.getByRole("status")
			.getByText(wordsOf("fr")["staff.notified"] ?? "", { exact: true })
			.waitFor();
		await call.waitFor();
		expect(await call.innerText()).toContain("法语");
		await call.getByRole("button").click();
		await call.waitFor({ state: "detached" });
	});

	test("can be called while the screen warns, and from a call that was missed once the station is back", async () => {
		const station = await openTrial();
		const { page, button, choose, tile, settled } = await openKiosk(station, (page) => page.clock.install());
		await choose("en");
		await tile(TWO_TAPS).waitFor();
		await settled();
		let down = true;
		await page.route("**/api/help", (route) => (down ? route.abort() : route.continue()));
		await page.clock.fastForward(61_000);
		await button("idle.stay").waitFor();
		await settled();
		await page
			.getByRole("dialog")
			.getByRole("button", { name: english["toolbar.staff"] ?? "", exact: true })
			.click();
		await page
			.getByRole("status")
			.getByText(english["staff.title"] ?? "", { exact: true })
			.waitFor();
		expect((await queueOf(station)).help).toBeNull();
		down = false;
		await page
			.getByRole("status")
			.getByText(english["staff.notified"] ?? "", { exact: true })
			.waitFor();
		expect((await queueOf(station)).help).toMatchObject({ language: "en" });
	});

	test("are called by themselves where nobody answers for the number, and the screen says so", async () => {
		const station = await openTrial();
		const { length: before } = (await queueOf(station)).tickets;
		const { page, takeTicket } = await openKiosk(station, (page) => page.clock.install());
		// The station writes the ticket; its answer never comes.
		await page.route("**/api/tickets", async (route: Route) => {
			await route.fetch();
			await route.abort();
		});
		await takeTicket("ja");
		await page
			.locator('main[data-stage="coming"]')
			.or(page.getByText(wordsOf("ja")["connectionLost.title"] ?? ""))
			.first()
			.waitFor();
		await expect.poll(async () => (await queueOf(station)).tickets.length).toBe(before + 1);
		await page.clock.fastForward(31_000);
		await page.getByText(wordsOf("ja")["refused.title"] ?? "", { exact: true }).waitFor();
		await page
			.getByRole("status")
			.getByText(wordsOf("ja")["staff.notified"] ?? "", { exact: true })
			.waitFor();
		const { tickets, help } = await queueOf(station);
		expect([tickets.length, help?.language]).toEqual([before + 1, "ja"]);
	});
});

describe("a screen that breaks", () => {
	test("gives way to a calm message from which staff can be called, and the kiosk goes on", async () => {
		const station = await openTrial();
		const { page, button, choose, tile, settled, takeTicket } = await openKiosk(station, (page) =>
			page.clock.install(),
		);
		// An answer that no station gives: the screen of it cannot be drawn.
		await page.route("**/api/topics?*", async (route) => {
			const topics = await (await route.fetch()).json();
			for (const topic of topics.topics) if (topic.id === "social-insurance") topic.availability = "closed";
			await route.fulfill({ json: topics });
		});
		await page.route("**/other-sites*", (route) =>
			route.fulfill({
				json: { sites: [{ id: "broken", open: true, closesAt: "never", timezone: "Nowhere/Nowhere" }] },
			}),
		);
		await page.reload();
		await choose("en");
		await tile("social-insurance").waitFor();
		await settled();
		// The message stands for three seconds, which this machine may need.
		await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
		await tile("social-insurance").click();
		await page.getByRole("heading", { name: english["connectionLost.title"] ?? "" }).waitFor();
		await page.clock.runFor(500);
		await button("toolbar.staff").click();
		await page
			.getByRole("status")
			.getByText(english["staff.notified"] ?? "", { exact: true })
			.waitFor();
		expect((await queueOf(station)).help).toMatchObject({ language: "en" });
		// The message goes, the call stays until it is closed.
		await page.clock.resume();
		await page.getByRole("dialog").getByRole("button").waitFor();
		await settled();
		await page.getByRole("dialog").getByRole("button").click();
		await settled();
		await takeTicket();
		await page.locator('main[data-stage="ready"]').waitFor();
		// A topic that is being asked for at the end is answered first.
		await page.unrouteAll({ behavior: "wait" });
	});

	test("with everything else waits with a true sentence until the station gives the page, then begins again", async () => {
		const station = await openTrial();
		const { page, settled } = await openKiosk(station, async (page) => {
			// A greeting would be the first that cannot be drawn.
			await page.emulateMedia({ reducedMotion: "reduce" });
			await page.clock.install();
		});
		await settled();
		await page.clock.runFor(4_000);
		let probes = 0;
		let down = true;
		await page.route(/\/kiosk$/, (route) => {
			probes += 1;
			return down ? route.abort() : route.continue();
		});
		const language = page.getByRole("button", { name: LANGUAGE_NAMES.en, exact: true });
		// In one go with the touch: whatever is drawn next breaks, be it of the touch or of anything else.
		await language.evaluate((button: HTMLElement) => {
			document.createElement = () => {
				throw new Error("nothing can be drawn");
			};
			button.click();
		});
		await page.getByText("正在启动").waitFor();
		await page.clock.fastForward(21_000);
		await expect.poll(() => probes).toBeGreaterThan(0);
		// Still the page, not the browser's own error.
		await page.getByText("Please ask a member of staff").waitFor();
		down = false;
		await page.clock.fastForward(21_000);
		await page.getByRole("button", { name: "English", exact: true }).waitFor();
	});

	test("before it has begun calls staff all the same, and is loaded again by itself", async () => {
		const station = await openTrial();
		let lost = true;
		const { page } = await openKiosk(station, async (page) => {
			await page.clock.install();
			// One part of the program does not come, and with it the whole.
			await page.route(/\/assets\/store-[^/]+\.js$/, (route) => (lost ? route.abort() : route.continue()));
		});
		await page.clock.fastForward(4_000);
		await page.getByRole("button", { name: "找工作人员 Ask staff" }).click();
		await page.getByText("We have called a member of staff").waitFor();
		// Its Chinese is no row of boxes.
		await page.waitForFunction(() =>
			[...document.fonts].some(({ family, status }) => family.includes("Noto Sans SC") && status === "loaded"),
		);
		expect((await queueOf(station)).help).toEqual(expect.objectContaining({ language: null }));
		lost = false;
		await page.clock.fastForward(21_000);
		await page.getByRole("button", { name: "English", exact: true }).waitFor();
	});
});

test("a new program of the station is taken while nobody is there", async () => {
	const station = await openTrial();
	const { page, settled } = await openKiosk(station, (page) => page.clock.install());
	await settled();
	let probed = false;
	await page.route(/\/kiosk$/, async (route) => {
		const answer = await route.fetch();
		const text = await answer.text();
		const isProbe = route.request().resourceType() === "fetch";
		probed ||= isProbe;
		await route.fulfill({ response: answer, body: isProbe ? text.replaceAll("/kiosk-", "/kiosk-newer-") : text });
	});
	const loaded = page.waitForEvent("load");
	// The part that asks follows after the first screen, at its own time.
	const poll = async () => {
		if (!probed) await page.clock.fastForward(31_000);
		return probed;
	};
	await expect.poll(poll, { timeout: 30_000 }).toBe(true);
	await loaded;
	await page.getByRole("button", { name: "English", exact: true }).waitFor();
});

test("a clock that is set back by an hour costs no visitor a tap", async () => {
	const station = await openTrial();
	const { page, button, settled, takeTicket } = await openKiosk(station);
	await button("toolbar.contrast", "zh-Hans")
		.or(page.getByRole("button", { name: /高对比度/ }))
		.first()
		.waitFor();
	await settled();
	await page.evaluate(() => {
		const before = Date.now;
		Date.now = () => before() - 3_600_000;
	});
	await takeTicket();
	await page.locator('main[data-stage="ready"]').waitFor();
	await settled();
	await button("toolbar.staff").click();
	await page.getByRole("dialog").waitFor();
});
