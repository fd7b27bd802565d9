import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../fixtures/browser.ts";
import {
	checklistLabelsOf,
	firstKeyOf,
	openSimulation,
	SIMULATIONS,
	type Simulation,
	simulateAll,
	spawnForSimulation,
	wordsOf,
} from "../fixtures/kiosk-simulation.ts";
import type { Spawned } from "../fixtures/spawned-process.ts";

/* Every screen of the kiosk as eyes, fingers and screen readers meet it: in all languages, modes and orientations. */

const CLOSED = "social-insurance";
const WITH_DOCUMENTS = "work-permit";
const ALSO_WITH_DOCUMENTS = ["permanent-residence", "talent-policy"];

/** With these a language counts as spoken (renderer/kiosk/effects/station-client.ts). */
const NEEDED_CLIPS = [
	...Object.keys(wordsOf("en")).map((key) => `kiosk.${key}`),
	...[..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `letter-${letter}`),
	...[..."0123456789"].map((digit) => `digit-${digit}`),
];

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** One topic is closed, and phones reach the station. */
async function openStation(): Promise<Spawned> {
	const station = await spawnForSimulation("--phone-address", "https://queue.example.org");
	const post = async (method: string, path: string, body: object, token = "") =>
		(await (
			await fetch(`${station.origin}/api/${path}`, {
				method,
				headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
				body: JSON.stringify(body),
			})
		).json()) as { token: string };
	const { staff } = station.ready;
	const { token } = await post("POST", "session", { staff: staff?.name, pin: staff?.pin, counter: "1" });
	await post("PUT", `topics/${CLOSED}/setting`, { open: false, quota: null }, token);
	return station;
}

async function listen(page: Page): Promise<void> {
	await page.route("**/api/speech/*", (route) =>
		route.fulfill({
			json: {
				language: new URL(route.request().url()).pathname.split("/").at(-1),
				sentences: {},
				clips: Object.fromEntries(NEEDED_CLIPS.map((clip) => [clip, "/nowhere"])),
			},
		}),
	);
}

async function checkScreens(station: Spawned, one: Simulation): Promise<string[]> {
	const { page, words, choice, begin, poll, button, tile, error, end } = await openSimulation(
		browser,
		station,
		one,
		listen,
	);
	const labels = checklistLabelsOf(one.language);
	await page.locator("main ol > li").last().waitFor({ state: "attached" });
	await poll("languages", choice);
	await choice.click();
	await poll("topics", tile(WITH_DOCUMENTS));
	await button("topics.more")
		.or(page.getByRole("button", { name: words["topics.more"] ?? "" }))
		.first()
		.click();
	await poll("more topics", button("back"));
	await button("back").click();
	await button("search.open").click();
	const key = page.locator("main").getByRole("button", { name: firstKeyOf(WITH_DOCUMENTS, one.language), exact: true });
	await key.click();
	await poll("search", page.locator("main ul button"));
	for (let letter = 0; letter < 12; letter++) await page.locator("main > div > button").first().click();
	await poll("search, nothing found", page.getByRole("button", { name: labels.searchTopics, exact: true }));
	await button("back").click();
	await button("plan.open").click();
	for (const topic of [WITH_DOCUMENTS, ...ALSO_WITH_DOCUMENTS]) await tile(topic).click();
	await button("plan.more").click();
	// No fourth topic: its tile looks so.
	await poll("plan", page.locator('main button[aria-pressed="false"][aria-disabled="true"]'));
	await button("plan.next").click();
	await poll("documents of three topics", button("documents.take"));
	await button("back").click();
	await page.locator('main button[aria-pressed="true"]').first().waitFor();
	await button("back").click();
	await tile(CLOSED).click();
	await poll("unavailable", page.locator("main h3"));
	await button("documents.papers").click();
	await page.getByRole("button", { name: labels.skip, exact: true }).click();
	await poll("checklist of a closed topic", page.locator("main[data-view=papers] ul"));
	await button("back").click();
	await button("back").click();
	await button("unavailable.another").click();
	await button("checkIn.open").click();
	await poll("check-in", button("checkIn.go"));
	// As long as a code can be: all of it is shown.
	await page.keyboard.type("NOSUCHCODE-OF-FORTY-LETTERS-WWWWWWWWWWWW");
	await page.keyboard.press("Enter");
	await poll("check-in, unknown code", page.getByRole("alert").filter({ hasText: /\S/ }));
	await button("back").click();
	await tile(WITH_DOCUMENTS).click();
	await poll("question of the documents", page.getByRole("button", { name: labels.skip, exact: true }));
	await page.locator("main[data-view=question] ul button").first().click();
	await poll("documents", page.locator("main[data-view=papers] ul"));
	await page.getByRole("button", { name: labels.facts, exact: true }).click();
	await poll("facts of a topic", page.locator("main[data-view=facts] dl"));
	await button("missingDocuments.open").click();
	await poll("missing-documents", button("missingDocuments.leave"));
	await button("documents.take").click();
	await page.locator('main[data-stage="printing"]').waitFor();
	await poll("ticket, printing", page.locator("main bdi"));
	await page.clock.fastForward(9_000);
	await poll("ticket, not printed", page.locator('main[data-stage="missing"]'));
	await button("toolbar.staff").click();
	await poll("staff", page.getByRole("dialog"));
	await button("close").click();
	await page.clock.fastForward(61_000);
	await poll("idle", button("idle.stay"));
	await button("idle.leave").click();
	await choice.waitFor();
	// Nothing of one visitor stays for the next.
	const left = await page.evaluate(() => Object.keys(document.documentElement.dataset));
	if (left.some((name) => ["reach", "contrast", "large"].includes(name))) error(`modes stay: ${left}`);

	await page.route("**/api/tickets", (route) =>
		route.fulfill({ status: 403, json: { code: "KIOSK_KEY_REQUIRED", status: 403, message: "no" } }),
	);
	await begin();
	await choice.click();
	await tile(WITH_DOCUMENTS).click();
	await button("documents.take").click();
	await poll("refused", page.getByText(words["refused.title"] ?? "", { exact: true }));
	await page.clock.fastForward(21_000);
	await page.getByRole("dialog").waitFor();
	await page.clock.fastForward(21_000);

	// Whoever listens: the clips are said to be there, and none has to sound.
	await begin();
	await page.getByRole("button", { name: new RegExp(wordsOf("zh-Hans")["readAloud.open"] ?? "") }).click();
	await choice.click();
	await tile(WITH_DOCUMENTS).waitFor();
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	await button("readAloud.open").click();
	await poll("listen", button("readAloud.again"));
	await button("readAloud.again").click();

	// The station is gone: nobody hears the call, and then nothing can be given.
	let heard = false;
	await page.route("**/api/help", (route) => (heard ? route.continue() : route.abort()));
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	await button("toolbar.staff").click();
	await poll("staff, not heard", page.getByRole("dialog").getByText(words["staff.title"] ?? "", { exact: true }));
	heard = true;
	await poll("staff, called", page.getByRole("dialog").getByText(words["staff.notified"] ?? "", { exact: true }));
	await button("close").click();
	await page.route("**/api/topics?*", (route) => route.abort());
	await page.clock.fastForward(11_000);
	await page.clock.fastForward(1_000);
	await poll("lost", page.getByText(words["connectionLost.title"] ?? "", { exact: true }));

	// The program does not come: what the page itself says.
	await page.route(/\/assets\/kiosk-[^/]*\.js$/, (route) => route.abort());
	await page.reload();
	await poll("starting", page.getByRole("heading", { level: 1 }));
	// The code that nobody has, clips that are none, the kiosk that may not, and what was kept from the page.
	return end(/status of (404 .*\/(api\/check-in|nowhere)|403 .*\/api\/tickets)$|ERR_FAILED/);
}

test(`the screens of ${SIMULATIONS.length} simulations have no measurable error`, {
	timeout: 3_600_000,
}, async () => {
	const station = await openStation();
	expect(await simulateAll((one) => checkScreens(station, one))).toEqual([]);
});
