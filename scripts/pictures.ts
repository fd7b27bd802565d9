import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { browserFacts, findBrowser } from "../bin/find-browser.ts";

/**
 * `node scripts/pictures.ts` takes the README's pictures anew, from a real trial: visitors in
 * several languages take tickets, staff call some of them, and the printed paper is one of theirs.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const PICTURES = join(root, "docs/pictures");
const VISITORS = ["ja", "en", "ar", "fr", "ko", "de", "ru", "th", "es"];
const TOPICS = ["permanent-residence-card", "work-permit", "social-insurance", "language-learning", "education"];

const folder = mkdtempSync(join(tmpdir(), "paihao-pictures-"));
const paper = join(folder, "paper");
const trial = spawn(
	process.execPath,
	[
		join(root, "bin/paihao.mjs"),
		"trial",
		"--headless",
		"--data",
		join(folder, "data"),
		"--printer",
		`virtual:${paper}`,
	],
	{ stdio: ["ignore", "pipe", "inherit"] },
);
const [line] = (await once(createInterface(trial.stdout), "line")) as [string];
const { kiosk, desk, board, staff } = JSON.parse(line) as Record<"kiosk" | "desk" | "board", string> & {
	staff: { name: string; pin: string };
};
const origin = new URL(kiosk).origin;
const key = new URLSearchParams(new URL(kiosk).hash.slice(1)).get("key") ?? "";

const executablePath = findBrowser(browserFacts());
if (executablePath === undefined) throw new Error("No browser was found.");
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });

async function open(url: string, width: number, height: number): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width, height },
		locale: "en-GB",
		timezoneId: "Asia/Shanghai",
	});
	const page = await context.newPage();
	await page.goto(url);
	return page;
}

async function settle(page: Page): Promise<void> {
	await page.waitForLoadState("networkidle");
	// As text: this file is checked with Node's types, and the page has its own.
	await page.evaluate("document.fonts.ready");
}

async function post(path: string, token: string, body: unknown): Promise<void> {
	const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
	const answer = await fetch(`${origin}/api${path}`, { method: "POST", headers, body: JSON.stringify(body) });
	if (!answer.ok) throw new Error(await answer.text());
}

try {
	for (const [index, language] of VISITORS.entries()) {
		await post("/tickets", key, {
			topic: TOPICS[index % TOPICS.length],
			language,
			key: `picture-${index}-${language}`,
		});
	}

	const page = await open(kiosk, 1080, 1920);
	await page.getByRole("button", { name: "English", exact: true }).click();
	await page.getByText("Permanent residence", { exact: true }).waitFor();
	await settle(page);
	await page.screenshot({ path: join(PICTURES, "kiosk.png") });

	const staffPage = await open(desk, 1280, 800);
	await staffPage.locator("input").first().fill(staff.name);
	await staffPage.locator("input[type=password]").fill(staff.pin);
	await staffPage.locator('input[name=counter][value="3"]').check();
	await staffPage.keyboard.press("Enter");
	const press = async (act: "N" | "S" | "F") => {
		await staffPage.locator(`button[aria-keyshortcuts^="${act}"]:not([aria-disabled="true"])`).waitFor();
		await staffPage.keyboard.press(act.toLowerCase());
	};
	const session = await fetch(`${origin}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ staff: staff.name, pin: staff.pin, counter: "1" }),
	});
	const { token } = (await session.json()) as { token: string };
	await post("/counters/1/next", token, {});
	await press("N");
	await press("S");
	await press("F");
	await press("N");
	await staffPage.getByRole("button", { name: "English" }).click();
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
