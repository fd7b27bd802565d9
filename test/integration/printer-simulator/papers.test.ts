import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { describe, expect, onTestFinished, test } from "vitest";
import { openForReading } from "../../../db/station/open.ts";
import { ticket as ticketTable } from "../../../db/station/schema/tickets.ts";
import type { PrinterReadyLine } from "../../../printer-simulator/start-simulator.ts";
import type { Health } from "../../../protocol/api/health.ts";
import { openCatalogue } from "../../../station/catalogue/catalogue.ts";
import { readStoredCatalogue } from "../../../station/catalogue/catalogue-repository.ts";
import { type Bitmap, bytesPerRow, isBlack, type PaperWidth } from "../../../station/printing/bitmap.ts";
import { escapeStarRealTime } from "../../../station/printing/dialects/star/escape-real-time.ts";
import { LINE_ROWS } from "../../../station/printing/dialects/star/star-bytes.ts";
import { startRendering } from "../../../station/printing/render/start-rendering.ts";
import { paperOf } from "../../../station/tickets/print-content.ts";
import { openBrowser, openPage } from "../../fixtures/browser.ts";
import { asSiteId } from "../../fixtures/ids.ts";
import { postTicket, spawnProgram, spawnReady } from "../../fixtures/spawned-process.ts";
import { sourceFiles } from "../../fixtures/station.ts";
import { emptyFolder, MIGRATIONS } from "../../fixtures/station-folder.ts";

const SITE = asSiteId("permanent-residence-service-centre");

/** A printer and a station, each in a process of its own, with nothing but TCP between them. */
async function startBoth(flags: string[] = []) {
	const folder = emptyFolder();
	const paper = join(folder, "paper");
	const data = join(folder, "data");
	const printer = await spawnProgram<PrinterReadyLine>(["printer", "--listen", "0", "--out", paper, ...flags]);
	const station = await spawnReady([
		...["station", "--data", data, "--printer", printer.ready.printer],
		...["--port", "0", "--headless"],
	]);
	const health = async () => (await (await fetch(`${station.origin}/api/health`)).json()) as Health;
	return {
		printer,
		station,
		paper,
		data,
		condition: async () => (await health()).printer.condition,
		take: async (language: string) => {
			const answer = await postTicket(station, { topic: "work-permit", language, key: randomUUID() });
			expect(answer.status).toBe(201);
		},
		pictures: () => (readdirSync(paper) as string[]).filter((name) => name.endsWith(".png")).sort(),
	};
}

/** The only ticket of a station's book, drawn anew from its record. */
async function drawTicket(data: string, width: PaperWidth): Promise<Bitmap> {
	const { database, close } = openForReading(data, MIGRATIONS);
	const [row] = database.select().from(ticketTable).all();
	const stored = readStoredCatalogue(database, SITE);
	close();
	if (!row || !stored) throw new Error("There is no ticket or no catalogue.");
	const catalogue = openCatalogue(stored, (what) => {
		throw new Error(`Words are missing: ${what}`);
	});
	const files = sourceFiles();
	const rendering = startRendering({ workerUrl: files.renderWorker, languagesDirectory: files.languages, width });
	onTestFinished(() => rendering.close());
	return rendering.render(paperOf(row, catalogue, { reprint: false, offline: false }));
}

/** Sets the one more dot that Star's dialect sets where a line's bytes spell a real-time command. */
function guardLines({ width, rows }: Bitmap): void {
	const line = LINE_ROWS * bytesPerRow(width);
	for (let at = 0; at < rows.length; at += line) escapeStarRealTime(rows.subarray(at, at + line));
}

/** Rows of a PNG as text, # for black; the rows that are only fed paper at the end are left out. */
function rowsOfPng(file: string): { width: number; rows: string[] } {
	const { width, height, data } = PNG.sync.read(readFileSync(file));
	const rows = Array.from({ length: height }, (_, y) =>
		Array.from({ length: width }, (_, x) => (data[(y * width + x) * 4] === 0 ? "#" : ".")).join(""),
	);
	return { width, rows: rows.slice(0, rows.findLastIndex((row) => row.includes("#")) + 1) };
}

function rowsOfBitmap(bitmap: Bitmap): { width: number; rows: string[] } {
	const { width, height } = bitmap;
	const rows = Array.from({ length: height }, (_, y) =>
		Array.from({ length: width }, (_, x) => (isBlack(bitmap, x, y) ? "#" : ".")).join(""),
	);
	return { width, rows: rows.slice(0, rows.findLastIndex((row) => row.includes("#")) + 1) };
}

describe("a ticket through a real station, over TCP", () => {
	test.each([
		["epson", "80", 576],
		["star", "58", 384],
	] as const)("%s, %s mm: the picture in the folder is the ticket, dot for dot", async (dialect, mm, width) => {
		const both = await startBoth(["--dialect", dialect, "--width", mm]);
		await both.take("ja");
		await expect.poll(both.pictures).toHaveLength(1);
		const [name = ""] = both.pictures();
		const rendered = await drawTicket(both.data, width);
		if (dialect === "star") guardLines(rendered);
		const expected = rowsOfBitmap(rendered);
		const found = rowsOfPng(join(both.paper, name));
		expect(found.width).toBe(width);
		expect(found.rows.length).toBeGreaterThan(300);
		expect(found.rows).toEqual(expected.rows);
		expect(readFileSync(join(both.paper, name.replace(/png$/, "bin"))).length).toBeGreaterThan(width / 8);
	});

	test("a cover that opens by itself in the middle of a ticket: the page tells it, the ticket comes out once", async () => {
		const both = await startBoth(["--faults", "cover-open:2:1000", "--seed", "1"]);
		const stream = await fetch(new URL("/api/printer/events", both.printer.ready.page));
		await both.take("en");
		await expect.poll(both.pictures).toHaveLength(1);
		await both.take("fr");
		let told = "";
		for await (const chunk of stream.body ?? []) {
			told += Buffer.from(chunk).toString();
			if (told.includes('"cover":"open"') && told.includes('"id":2,')) break;
		}
		expect(both.pictures()).toHaveLength(2);
		await expect.poll(both.condition).toBe("ready");
	});

	test("the page shows the paper as it comes, and its hands are the printer's", async () => {
		const both = await startBoth(["--behaves", "reports-often,answers-twice"]);
		const browser = await openBrowser();
		onTestFinished(() => browser.close());
		const { page, faults } = await openPage(browser, both.printer.ready.page, { locale: "en-GB" });
		const status = page.getByRole("status");
		const choose = (part: string, choice: string) =>
			page.getByRole("group", { name: part }).getByRole("radio", { name: choice });
		await page.getByText("Printed tickets appear here.").waitFor();
		await page.getByText("answers each status question twice").waitFor();
		await page.getByText("reports its state every second").waitFor();
		await expect.poll(both.condition).toBe("ready");

		await both.take("ar");
		const paper = page.getByRole("img", { name: /^Paper 1, / });
		await paper.waitFor();
		const [name = ""] = both.pictures();
		const shown = await page.request.get(new URL((await paper.getAttribute("src")) ?? "", page.url()).href);
		expect((await shown.body()).equals(readFileSync(join(both.paper, name)))).toBe(true);
		// True to scale: two dots to a pixel.
		expect((await paper.boundingBox())?.width).toBe(576 / 2);

		// A click first, and the keyboard alone from then on.
		await choose("Cover", "Open").click();
		await expect.poll(both.condition).toBe("cover-open");
		await expect.poll(() => status.innerText()).toBe("The cover is open");
		await both.take("en");
		await page.keyboard.press("ArrowLeft");
		await expect.poll(both.condition).toBe("ready");
		await page.getByRole("img", { name: /^Paper 2, / }).waitFor();
		await expect.poll(() => choose("Cover", "Closed").isChecked()).toBe(true);

		await page.keyboard.press("Tab");
		await page.keyboard.press("ArrowLeft");
		await expect.poll(both.condition).toBe("paper-out");
		await page.keyboard.press("ArrowLeft");
		await expect.poll(both.condition).toBe("ready");
		await expect.poll(() => status.innerText()).toBe("Ready; paper is low");
		await choose("Cutter", "Jammed").click();
		await expect.poll(both.condition).toBe("cutter-error");
		await choose("Cutter", "Free").click();
		await choose("Power", "Off").click();
		await expect.poll(both.condition).toBe("unreachable");
		await expect.poll(() => status.innerText()).toBe("Switched off");
		await choose("Power", "On").click();
		await expect.poll(both.condition).toBe("ready");
		expect(faults).toEqual([]);

		await both.printer.end();
		await page.getByText("The printer program has ended").waitFor();
	});

	test("the page speaks Chinese to a browser that asks for it, and has no fault that axe finds", async () => {
		const { printer } = await startBoth();
		const browser = await openBrowser();
		onTestFinished(() => browser.close());
		for (const colorScheme of ["light", "dark"] as const) {
			const { page, faults } = await openPage(browser, printer.ready.page, {
				locale: "zh-CN",
				colorScheme,
				reducedMotion: "reduce",
				bypassCSP: true,
			});
			await page.getByRole("heading", { name: "虚拟打印机" }).waitFor();
			await page.getByRole("group", { name: "机盖", disabled: false }).waitFor();
			expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-Hans");
			await page.addScriptTag({ path: join(import.meta.dirname, "../../../node_modules/axe-core/axe.min.js") });
			const found = await page.evaluate(async () => {
				const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
				return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
			});
			expect([found, faults]).toEqual([[], []]);
		}
	});
});
