import { afterEach, describe, expect, test, vi } from "vitest";
import type { StarSimulator } from "../../../../../printer-simulator/star-simulator.ts";
import type { Bitmap } from "../../../../../station/printing/bitmap.ts";
import { openPrinter, settingsOf } from "../../../../../station/printing/open-printer.ts";
import type { Printer } from "../../../../../station/printing/printer.ts";
import { cuttingRelay, plainPicture, QUICK_TIMES } from "../../../../fixtures/print-harness.ts";
import { inWholeLines, starPrinter } from "../../../../fixtures/star-harness.ts";
import { decodeStarStrictly } from "../../../../fixtures/strict-star-decoder.ts";

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
	for (const one of undo.splice(0).reverse()) await one();
});

async function shop(width = 576) {
	const made = await starPrinter(width);
	undo.push(() => made.close());
	return made;
}

function open(url: string): Printer {
	const printer = openPrinter(url, { times: QUICK_TIMES });
	undo.push(() => printer.close());
	return printer;
}

const isReady = (printer: Printer) =>
	vi.waitFor(() => expect(printer.status.condition).toBe("ready"), { timeout: 5000, interval: 5 });

/** 25 lines, white but for the first and the last: as empty as a ticket is between its texts. */
const mostlyWhite: Bitmap = { width: 576, height: 600, rows: new Uint8Array(72 * 600) };
mostlyWhite.rows.fill(0x55, 0, 72);
mostlyWhite.rows.fill(0x55, 72 * 599);

/** ESC @, ESC RS a, the request at the start, ESC 0. */
const HEAD_BYTES = 14;
const LINE_BYTES = 4 + 24 * 72 + 1;

/**
 * After so many bytes of the next ticket its memory is gone, with the one line that it had not printed yet. Its network
 * part keeps the connection and goes on.
 */
function forgetWithin(simulator: StarSimulator, at: number) {
	const accept = simulator.accept.bind(simulator);
	let ticket = Buffer.alloc(0);
	vi.spyOn(simulator, "accept").mockImplementation((chunk, answer, done) => {
		if (ticket.length === 0 && Buffer.from(chunk).subarray(0, 2).toString("hex") !== "1b40") {
			return accept(chunk, answer, done);
		}
		ticket = Buffer.concat([ticket, chunk]);
		if (ticket.length < at + LINE_BYTES) return done();
		vi.mocked(simulator.accept).mockRestore();
		accept(ticket.subarray(0, at), answer, () => {});
		simulator.powerCycle();
		accept(ticket.subarray(at + LINE_BYTES), answer, done);
	});
}

async function printed(printer: Printer, seed: number, height = 600) {
	await printer.check();
	const { sendResult, confirmation } = printer.print(plainPicture(printer.settings.widthDots, height, seed));
	const handed = await sendResult;
	return handed.kind === "sent" ? (await confirmation).kind : handed.kind;
}

describe("a Star printer over TCP", () => {
	test.each([576, 384] as const)("%i dots: a ticket comes out whole and is confirmed", async (width) => {
		const { url, papers, simulator } = await shop(width);
		const printer = open(url);
		expect(printer.settings.widthDots).toBe(width);
		expect(settingsOf(url).widthDots).toBe(width);
		expect(await printer.check()).toEqual({ condition: "ready", paperNearEnd: false });
		expect(await printed(printer, 1, 590)).toBe("confirmed");
		expect(await printed(printer, 2, 590)).toBe("confirmed");
		const whole = [1, 2].map((seed) => inWholeLines(plainPicture(width, 590, seed)));
		expect(papers.map(({ bitmap }) => bitmap)).toEqual(whole);
		expect(decodeStarStrictly(papers[0]?.bytes ?? new Uint8Array(), width).pictures).toEqual([whole[0]]);
		expect(simulator.violations).toEqual([]);
	});

	test("reports each change of its state", async () => {
		const { url, simulator } = await shop();
		const printer = open(url);
		await isReady(printer);
		await printer.check();
		const seen: string[] = [];
		printer.onStatus(({ condition }) => seen.push(condition));
		simulator.change({ coverOpen: true });
		simulator.change({ coverOpen: false, paper: "out" });
		simulator.change({ paper: "full" });
		await vi.waitFor(() => expect(seen).toEqual(["cover-open", "paper-out", "ready"]));
	});

	test.each([1, 500, 1_744, 10_000, 30_000, 43_000])(
		"the paper ends after %i bytes of a ticket: never confirmed, and the next one is whole",
		async (bytes) => {
			const { url, simulator, papers } = await shop();
			const printer = open(url);
			await printer.check();
			const accept = simulator.accept.bind(simulator);
			let left = bytes;
			vi.spyOn(simulator, "accept").mockImplementation((chunk, answer, done) => {
				const part = chunk.subarray(0, left);
				left -= part.length;
				accept(part, answer, () => {});
				if (left === 0) {
					vi.mocked(simulator.accept).mockRestore();
					simulator.change({ paper: "out" });
				}
				accept(chunk.subarray(part.length), answer, done);
			});
			const { sendResult, confirmation } = printer.print(plainPicture(576, 600, 1));
			const handed = await sendResult;
			if (handed.kind === "sent") expect((await confirmation).kind).toBe("doubtful");
			else expect(handed.kind).toBe("interrupted");
			simulator.change({ paper: "full" });
			await isReady(printer);
			expect(await printed(printer, 2)).toBe("confirmed");
			expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 2));
			expect(papers.length).toBeLessThanOrEqual(2);
			expect(simulator.violations).toEqual([]);
		},
	);

	test.each([
		...[1, 2, 3, 7, 10, 12, 14, 15, 18, 19, 20, 21, 500, 1_747, 1_748],
		...[20_000, 43_332, 43_339, 43_341, 43_344, 43_347],
	])(
		"the connection is lost after %i bytes of the ticket: never confirmed, and the next one is whole",
		async (bytes) => {
			const { port, simulator, papers } = await shop();
			// The init sequence (4), two questions (3 each) and two requests to confirm (6 each) come before the ticket.
			const relay = await cuttingRelay(port, 22 + bytes);
			undo.push(() => relay.close());
			const printer = open(`tcp://127.0.0.1:${relay.port}?dialect=star`);
			await printer.check();
			expect(["interrupted", "doubtful", "untouched"]).toContain(await printed(printer, 1));
			await isReady(printer);
			expect(await printed(printer, 2)).toBe("confirmed");
			expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 2));
			expect(simulator.violations).toEqual([]);
		},
	);

	test.each([
		["the first line", 0],
		["a white line", 10],
		["a part of a white line", 12.5],
		["the last line", 24],
	])(
		"it forgets %s, and goes on over the same connection: not confirmed, and the next one is whole",
		async (_, line) => {
			const { url, simulator, papers } = await shop();
			const printer = open(url);
			// Whatever it had counted before.
			for (const seed of [1, 2]) expect(await printed(printer, seed)).toBe("confirmed");
			forgetWithin(simulator, HEAD_BYTES + Math.round(line * LINE_BYTES));
			await printer.check();
			const { confirmation } = printer.print(mostlyWhite);
			expect(await confirmation).toEqual({ kind: "doubtful", reason: "printer-restarted" });
			expect(papers.at(-1)?.bitmap.height).not.toBe(mostlyWhite.height);
			await isReady(printer);
			expect(await printed(printer, 4)).toBe("confirmed");
			expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 4));
		},
	);

	test("its counter begins anew after 255: every ticket is confirmed", async () => {
		const { url, papers } = await shop();
		const printer = open(url);
		for (let seed = 1; seed <= 300; seed++) expect(await printed(printer, seed, 24)).toBe("confirmed");
		expect(papers).toHaveLength(300);
	});

	test("one that answers and does not count cannot show that it forgot nothing: sent, and nothing waits", async () => {
		const { url, simulator, papers } = await shop();
		const attach = simulator.attach.bind(simulator);
		vi.spyOn(simulator, "attach").mockImplementation((reply) =>
			attach((bytes) => {
				const answer = Buffer.from(bytes);
				if (answer.toString("hex").startsWith("1b1d0301")) answer[6] = 7;
				reply(answer);
			}),
		);
		const printer = open(url);
		for (const seed of [1, 2, 3]) {
			await printer.check();
			const { confirmation } = printer.print(plainPicture(576, 600, seed));
			expect(await confirmation).toEqual({ kind: "doubtful", reason: "sent-only" });
		}
		expect(papers).toHaveLength(3);
		expect(printer.proof).toBe("sent");
	});

	test("asked to clear while the paper is out: ready by itself once there is paper", async () => {
		const { url, simulator, papers } = await shop();
		const printer = open(url);
		await printer.check();
		printer.doubt();
		simulator.change({ paper: "out" });
		await printer.check();
		await printer.check();
		simulator.change({ paper: "full" });
		await isReady(printer);
		expect(await printed(printer, 1)).toBe("confirmed");
		expect(papers).toHaveLength(1);
		expect(simulator.violations).toEqual([]);
	});

	test("an Epson printer was named and a Star one is there: nothing is printed or confirmed", async () => {
		const { port, papers } = await shop();
		const printer = open(`tcp://127.0.0.1:${port}`);
		expect((await printer.check()).condition).not.toBe("ready");
		expect(await printed(printer, 1)).toBe("untouched");
		expect(papers).toEqual([]);
	});
});
