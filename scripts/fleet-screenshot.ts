import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { browserFacts, findBrowser } from "../cli/find-browser.ts";
import { openServerDatabase } from "../db/server/open.ts";
import { command } from "../db/server/schema/commands.ts";
import { event, stream } from "../db/server/schema/events.ts";
import { station } from "../db/server/schema/stations.ts";
import { type EventId, type StationId, type StreamId, siteIdSchema, topicIdSchema } from "../protocol/model/ids.ts";
import type { StationReport } from "../protocol/sync/sync.ts";

/**
 * `node scripts/fleet-screenshot.ts` takes docs/pictures/fleet.png anew: a real server, and stations as it would know
 * them, of every standing. With a folder as its argument it takes the page there, light and dark, in both languages
 * and two sizes.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const data = mkdtempSync(join(tmpdir(), "paihao-fleet-picture-"));
chmodSync(data, 0o755);
const program = (...args: string[]) =>
	spawn(process.execPath, [join(root, "bin/paihao.mjs"), ...args, "--data", data], {
		stdio: ["ignore", "pipe", "inherit"],
	});
async function firstLine<Line>(child: ReturnType<typeof program>): Promise<Line> {
	const [line] = (await once(createInterface(child.stdout), "line")) as [string];
	return JSON.parse(line) as Line;
}

const server = program("server", "--port", "0", "--log-level", "error");
const { server: origin } = await firstLine<{ server: string }>(server);
const { password } = await firstLine<{ password: string }>(program("server", "admin", "add", "lin"));

interface Seed {
	site: string;
	report?: Partial<StationReport>;
	heard?: number;
	clock?: number;
	retired?: boolean;
	enrolled?: boolean;
}
/** Whose disk was copied. */
const FORKED = "integration-station-6";
const TOPICS = ["permanent-residence-card", "work-permit", "social-insurance", "language-learning", "education"].map(
	(id) => topicIdSchema.parse(id),
);
const SEEDS: readonly Seed[] = [
	{ site: "permanent-residence-service-centre", report: { waiting: 14, serving: 5, openCounters: 6 } },
	{ site: "service-centre-1", report: { waiting: 3, serving: 2, openCounters: 2 } },
	{ site: "service-centre-2", report: { printer: "paper-out", waiting: 9, unprinted: 2, openCounters: 2 } },
	{ site: "service-centre-3", report: { waiting: 1, serving: 1, openCounters: 1 } },
	{ site: "service-centre-4", report: { paperNearEnd: true, waiting: 6, serving: 2, openCounters: 2 } },
	{ site: "integration-station-1", heard: 47 * MINUTE, report: { waiting: 2 } },
	{ site: "integration-station-2", report: { waiting: 0, openCounters: 1 } },
	{ site: "integration-station-3", report: { waiting: 5, serving: 1, openCounters: 1 } },
	{ site: "integration-station-4", clock: 84_000, report: { waiting: 2, serving: 1, openCounters: 1 } },
	{ site: "integration-station-5", report: { unsent: 1_204, waiting: 4, serving: 1, openCounters: 1 } },
	{ site: FORKED, report: { waiting: 1, serving: 1, openCounters: 1 } },
	{ site: "service-centre-5", retired: true, heard: 3 * DAY },
	{ site: "somewhere-else", enrolled: false },
];

const newId = <Id extends string>() => randomUUID() as string as Id;

async function seed(): Promise<void> {
	const url = readFileSync(join(data, "database-address"), "utf8").trim();
	const { database, close } = await openServerDatabase(url, join(root, "db/server/migrations"), { maxConnections: 1 });
	try {
		const now = Date.now();
		for (const { site: name, report, heard = 9_000, clock = 120, retired = false, enrolled = true } of SEEDS) {
			const id = newId<StationId>();
			const site = siteIdSchema.parse(name);
			await database.insert(station).values({
				id,
				site,
				...(enrolled && {
					enrolledAt: now - 90 * DAY,
					revokedAt: retired ? now - 2 * DAY : null,
					lastSeenAt: now - heard,
					clockOffset: clock,
					commands: 2,
					report: {
						site,
						version: "0.1.0",
						catalogueVersion: null,
						unsent: 0,
						printer: "ready",
						paperNearEnd: false,
						unprinted: 0,
						waiting: 0,
						serving: 0,
						openCounters: 0,
						topics: TOPICS,
						wait: null,
						...report,
					},
				}),
			});
			if (!enrolled) continue;
			const own = { station: id, openedAt: now - 90 * DAY, head: "0".repeat(64), cut: 0 };
			const first = newId<StreamId>();
			await database.insert(stream).values({ ...own, id: first, ackedSeq: 120, backedUpSeq: 119 });
			await database.insert(event).values({
				station: id,
				stream: first,
				seq: 120,
				eventId: newId<EventId>(),
				type: "help.requested",
				at: now,
				text: "{}",
				hash: "0".repeat(64),
				receivedAt: now - 9 * 60 * MINUTE,
			});
			if (site === FORKED)
				await database
					.insert(stream)
					.values({ ...own, id: newId<StreamId>(), ackedSeq: 4, backedUpSeq: 4, fromStream: first, fromSeq: 112 });
			const given = { station: id, createdBy: "lin", createdAt: now - 8 * MINUTE, expiresAt: now + DAY };
			const done = { outcome: "done", outcomeAt: now - 8 * MINUTE } as const;
			await database.insert(command).values([
				{
					...given,
					...done,
					number: 1,
					action: { kind: "set-topic", topic: topicIdSchema.parse("work-permit"), open: false },
				},
				{ ...given, ...done, number: 2, action: { kind: "print-test" } },
			]);
		}
	} finally {
		await close();
	}
}

interface Poll {
	locale: "en-GB" | "zh-CN";
	colorScheme: "light" | "dark";
	width: number;
	height: number;
}

async function openFleet(browser: Browser, { locale, colorScheme, width, height }: Poll): Promise<Page> {
	const viewport = { width, height };
	const context = await browser.newContext({ viewport, locale, colorScheme, timezoneId: "Asia/Shanghai" });
	const page = await context.newPage();
	await page.goto(`${origin}/fleet`);
	await page.locator("input").first().fill("lin");
	await page.locator("input[type=password]").fill(password);
	await page.keyboard.press("Enter");
	await page
		.locator("tbody tr")
		.nth(SEEDS.length - 1)
		.waitFor();
	// As text: this file is checked with Node's types, and the page has its own.
	await page.evaluate("document.fonts.ready");
	return page;
}

const executablePath = findBrowser(browserFacts());
if (executablePath === undefined) throw new Error("No browser was found.");
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
try {
	await seed();
	const [, , folder] = process.argv;
	const openCard = (page: Page) => page.locator("tbody tr").filter({ hasText: FORKED }).click();
	if (folder === undefined) {
		const page = await openFleet(browser, { locale: "en-GB", colorScheme: "light", width: 1366, height: 768 });
		await openCard(page);
		await page.screenshot({ path: join(root, "docs/pictures/fleet.png") });
	} else {
		for (const locale of ["en-GB", "zh-CN"] as const)
			for (const colorScheme of ["light", "dark"] as const)
				for (const [width, height] of [
					[1366, 768],
					[1920, 1080],
				] as const) {
					const page = await openFleet(browser, { locale, colorScheme, width, height });
					const name = `${locale.slice(0, 2)}-${colorScheme}-${width}`;
					await page.screenshot({ path: join(folder, `${name}-all.png`) });
					await openCard(page);
					await page.screenshot({ path: join(folder, `${name}-card.png`) });
					await page.locator("button[aria-expanded]").first().click();
					await page.screenshot({ path: join(folder, `${name}-enrol.png`) });
					await page.locator("input[list]").fill("service-centre-8");
					await page.keyboard.press("Enter");
					await page.locator("svg[role=img]").waitFor();
					await page.screenshot({ path: join(folder, `${name}-code.png`) });
					await page.locator("nav button").nth(1).click();
					await page.screenshot({ path: join(folder, `${name}-catalogue.png`) });
					await page.context().close();
				}
	}
} finally {
	await browser.close();
	server.kill("SIGTERM");
	await once(server, "exit");
	rmSync(data, { recursive: true });
}
