import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { browserFacts, findBrowser } from "../cli/find-browser.ts";
import { stationClock } from "./station-clock.ts";

/**
 * `node scripts/screenshots.ts` takes the README's pictures anew, from a real trial on a busy morning: visitors in several
 * languages take tickets, staff call some of them, and the printed paper is one of theirs. The station's clock hurries
 * through the morning and then goes as clocks do. The picture of IT's page is not taken here.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const PICTURES = join(root, "docs/pictures");
const VISITORS = ["ja", "en", "ar", "fr", "ko", "de", "ru", "th", "es", "it", "pt", "zh-Hans"];
/** The more often, the longer the wait. */
const TOPICS = [
	...["permanent-residence-card", "work-permit", "work-permit", "language-learning", "talent-policy"],
	...["work-permit", "healthcare-insurance", "education", "permanent-residence-card", "permanent-residence"],
];
const TICKETS = 12;
const SKILLS = [
	["permanent-residence-card", "permanent-residence", "talent-policy", "legal-advice"],
	["work-permit", "work-residence-permit", "healthcare-insurance", "social-insurance"],
	["language-learning", "education", "accommodation-registration", "company-registration"],
];
/** From twenty to ten until twenty past ten in twenty seconds. */
const MORNING = { from: new Date("2026-11-24T09:40:00+08:00"), rate: 120, seconds: 20 };
const TAKEN_AT = new Date("2026-11-24T10:20:00+08:00");

const folder = mkdtempSync(join(tmpdir(), "paihao-pictures-"));
const paper = join(folder, "paper");
const trial = spawn(
	process.execPath,
	[join(root, "bin/paihao.mjs"), "demo", "--headless", "--data", join(folder, "data"), "--printer", `virtual:${paper}`],
	{ stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...stationClock(MORNING.from, MORNING) } },
);
const [line] = (await once(createInterface(trial.stdout), "line")) as [string];
const { kiosk, desk, board, staff } = JSON.parse(line) as Record<"kiosk" | "desk" | "board", string> & {
	staff: { name: string; pin: string };
};
const origin = new URL(kiosk).origin;
const key = new URLSearchParams(new URL(kiosk).hash.slice(1)).get("key") ?? "";

const executablePath = findBrowser(browserFacts());
if (executablePath === undefined) throw new Error("No browser was found.");
const browser = await chromium.launch({
	executablePath,
	// The board sounds without being asked, as the shell's own does.
	args: ["--autoplay-policy=no-user-gesture-required", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});

async function open(url: string, width: number, height: number, prepare = async (_: Page) => {}): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width, height },
		locale: "en-GB",
		timezoneId: "Asia/Shanghai",
	});
	const page = await context.newPage();
	await prepare(page);
	await page.goto(url);
	return page;
}

async function settle(page: Page): Promise<void> {
	await page.waitForLoadState("networkidle");
	// As text: this file is checked with Node's types, and the page has its own.
	await page.evaluate("document.fonts.ready");
}

async function send(method: string, path: string, token: string, body: unknown): Promise<{ token: string }> {
	const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
	const answer = await fetch(`${origin}/api${path}`, { method, headers, body: JSON.stringify(body) });
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${path}: ${text}`);
	return JSON.parse(text || "{}");
}

function addStaff(name: string): { name: string; pin: string } {
	const command = [join(root, "bin/paihao.mjs"), "staff", "add", name, "supervisor", "--data", join(folder, "data")];
	return JSON.parse(execFileSync(process.execPath, command, { encoding: "utf8" }));
}

async function signIn({ name, pin }: { name: string; pin: string }, counter: string): Promise<string> {
	return (await send("POST", "/session", "", { staff: name, pin, counter })).token;
}

try {
	const begun = Date.now();
	// Three colleagues, each with topics of their own.
	const colleagues: string[] = [];
	for (const [index, topics] of SKILLS.entries()) {
		const counter = String(index + 1);
		const token = await signIn(addStaff(`Colleague ${counter}`), counter);
		await send("PUT", `/counters/${counter}/setting`, token, { topics, languages: [] });
		colleagues.push(token);
	}
	for (let index = 0; index < TICKETS; index += 1) {
		const language = VISITORS[index % VISITORS.length];
		await send("POST", "/tickets", key, { topic: TOPICS[index % TOPICS.length], language, key: `picture-${index}` });
		await setTimeout(((MORNING.seconds - 4) * 1_000) / TICKETS);
	}
	for (const [index, token] of colleagues.entries()) {
		await send("POST", `/counters/${index + 1}/next`, token, {});
		if (index > 1) await send("POST", `/counters/${index + 1}/start`, token, {});
	}
	await setTimeout(begun + MORNING.seconds * 1_000 - Date.now());

	// The kiosk shows its own machine's clock; desk and board show the station's.
	const page = await open(kiosk, 1080, 1920, (page) => page.clock.install({ time: TAKEN_AT }));
	await page.getByRole("button", { name: "English", exact: true }).click();
	await page.getByText("Permanent residence", { exact: true }).waitFor();
	await settle(page);
	await page.screenshot({ path: join(PICTURES, "kiosk.png") });

	const staffPage = await open(desk, 1280, 800);
	await staffPage.locator("input").first().fill(staff.name);
	await staffPage.locator("input[type=password]").fill(staff.pin);
	await staffPage.locator('input[name=counter][value="4"]').check();
	await staffPage.keyboard.press("Enter");
	const press = async (action: "N" | "S" | "F") => {
		await staffPage.locator(`button[aria-keyshortcuts^="${action}"]:not([aria-disabled="true"])`).waitFor();
		await staffPage.keyboard.press(action.toLowerCase());
	};
	await press("N");
	await press("S");
	await press("F");
	await press("N");
	await press("S");
	await staffPage.getByRole("button", { name: "English" }).click();
	// A visit that has begun.
	await setTimeout(5_000);
	await settle(staffPage);
	await staffPage.screenshot({ path: join(PICTURES, "desk.png") });

	const boardPage = await open(board, 1920, 1080);
	await boardPage.locator("li[data-state]").nth(1).waitFor();
	await settle(boardPage);
	await boardPage.screenshot({ path: join(PICTURES, "board.png") });

	const first = readdirSync(paper)
		.filter((name) => name.endsWith(".png"))
		.sort()
		.at(0);
	if (first === undefined) throw new Error("No paper came out.");
	copyFileSync(join(paper, first), join(PICTURES, "ticket.png"));
} finally {
	await browser.close();
	trial.kill("SIGTERM");
	await once(trial, "exit");
	rmSync(folder, { recursive: true });
}
