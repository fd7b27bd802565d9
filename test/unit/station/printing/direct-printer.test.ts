import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openVirtualPrinter, serveSimulator, virtualTransport } from "../../../../printer-simulator/virtual-printer.ts";
import { epson } from "../../../../station/printing/dialects/epson/epson.ts";
import { DirectPrinter } from "../../../../station/printing/direct/direct-printer.ts";
import { openPrinter } from "../../../../station/printing/open-printer.ts";
import type { Printer } from "../../../../station/printing/printer.ts";
import { NO_MEMORY } from "../../../../station/printing/printer-memory.ts";
import { printerSettings } from "../../../../station/printing/printer-settings.ts";
import { bitmapToRgba } from "../../../fixtures/bitmap-png.ts";
import {
	closeServer,
	cuttingRelay,
	listen,
	networkPrinter,
	plainPicture,
	QUICK_TIMES,
	simulatorWithPaper,
} from "../../../fixtures/print-harness.ts";
import { decodeStrictly } from "../../../fixtures/strict-decoder.ts";

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
	for (const one of undo.splice(0).reverse()) await one();
});

function open(url: string): Printer {
	// A busy machine may confirm late.
	const printer = openPrinter(url, { times: { ...QUICK_TIMES, confirmMs: 3_000 }, openVirtualPrinter });
	undo.push(() => printer.close());
	return printer;
}

async function shop(width = 576) {
	const made = await networkPrinter(width);
	undo.push(() => made.close());
	return made;
}

const isReady = (printer: Printer) =>
	vi.waitFor(() => expect(printer.status.condition).toBe("ready"), { timeout: 5000, interval: 5 });

async function printed(printer: Printer, seed: number) {
	await printer.check();
	const { sendResult, confirmation } = printer.print(plainPicture(576, 600, seed));
	const handed = await sendResult;
	return handed.kind === "sent" ? (await confirmation).kind : handed.kind;
}

describe("over TCP", () => {
	test("a ticket comes out whole and is confirmed", async () => {
		const { url, papers, simulator } = await shop();
		const printer = open(url);
		expect(await printer.check()).toEqual({ condition: "ready", paperNearEnd: false });
		expect(await printed(printer, 1)).toBe("confirmed");
		expect(papers.map(({ bitmap }) => bitmap)).toEqual([plainPicture(576, 600, 1)]);
		expect(decodeStrictly(papers[0]?.bytes ?? new Uint8Array()).pictures).toEqual([plainPicture(576, 600, 1)]);
		expect(simulator.violations).toEqual([]);
	});

	test("58 mm paper", async () => {
		const { url, papers } = await shop(384);
		const printer = open(url);
		await printer.check();
		const { confirmation } = printer.print(plainPicture(384, 300));
		expect(await confirmation).toEqual({ kind: "confirmed" });
		expect(papers.map(({ bitmap }) => bitmap)).toEqual([plainPicture(384, 300)]);
	});

	test("a picture that does not fit the paper stops a strict printer, and is not confirmed", async () => {
		const { url, papers, simulator } = await shop(384);
		const printer = open(url.replace(/\?.*/, ""));
		expect(["interrupted", "doubtful"]).toContain(await printed(printer, 1));
		expect(papers).toEqual([]);
		expect(simulator.violations).toEqual(["a picture of 576 dots on paper of 384"]);
	});

	test("an IPv6 address", async () => {
		const { simulator, papers } = simulatorWithPaper();
		const server = serveSimulator(simulator);
		const port = await listen(server, "::1");
		undo.push(() => closeServer(server));
		const printer = open(`tcp://[::1]:${port}`);
		expect(await printed(printer, 1)).toBe("confirmed");
		expect(papers).toHaveLength(1);
	});

	test("reports each change of its state", async () => {
		const { url, simulator } = await shop();
		const printer = open(url);
		const seen: string[] = [];
		printer.onStatus(({ condition, paperNearEnd }) => {
			seen.push(paperNearEnd ? `${condition}, near end` : condition);
		});
		await isReady(printer);
		simulator.change({ paper: "near-end" });
		simulator.change({ coverOpen: true });
		simulator.change({ coverOpen: false, paper: "out" });
		simulator.change({ paper: "full" });
		await vi.waitFor(() =>
			expect(seen).toEqual(["ready", "ready, near end", "cover-open, near end", "paper-out, near end", "ready"]),
		);
	});
});

describe("when things go wrong", () => {
	test("no printer: unreachable, and ready once it is switched on", async () => {
		const { simulator, papers } = simulatorWithPaper();
		const server = serveSimulator(simulator);
		const port = await listen(server);
		await closeServer(server);
		const printer = open(`tcp://127.0.0.1:${port}`);
		expect((await printer.check()).condition).toBe("unreachable");
		expect(await printed(printer, 1)).toBe("untouched");
		const again = serveSimulator(simulator);
		await listen(again, "127.0.0.1", port);
		undo.push(() => closeServer(again));
		await isReady(printer);
		expect(await printed(printer, 2)).toBe("confirmed");
		expect(papers).toHaveLength(1);
	});

	test("no paper: nothing is sent; with new paper tickets come out whole", async () => {
		const { url, simulator, papers } = await shop();
		const printer = open(url);
		simulator.change({ paper: "out" });
		expect((await printer.check()).condition).toBe("paper-out");
		expect(await printed(printer, 1)).toBe("untouched");
		simulator.change({ paper: "full" });
		await isReady(printer);
		expect(await printed(printer, 2)).toBe("confirmed");
		expect(papers.map(({ bitmap }) => bitmap)).toEqual([plainPicture(576, 600, 2)]);
	});

	test("the paper ends within a ticket: doubtful; the torn one is cut off, and the next is whole", async () => {
		const { url, simulator, papers } = await shop();
		const printer = open(url);
		await printer.check();
		const accept = simulator.accept.bind(simulator);
		vi.spyOn(simulator, "accept").mockImplementationOnce((bytes, answer, done) => {
			accept(bytes.subarray(0, 10_000), answer, () => {});
			simulator.change({ paper: "out" });
			accept(bytes.subarray(10_000), answer, done);
		});
		const { sendResult, confirmation } = printer.print(plainPicture(576, 600, 1));
		const handed = await sendResult;
		if (handed.kind === "sent") expect((await confirmation).kind).toBe("doubtful");
		else expect(handed.kind).toBe("interrupted");
		simulator.change({ paper: "full" });
		await isReady(printer);
		expect(await printed(printer, 2)).toBe("confirmed");
		expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 2));
		// At most one torn piece before it, and it is the beginning of the first.
		expect(papers.length).toBeLessThanOrEqual(2);
	});

	test.each([1, 20, 5_000, 16_384, 30_000, 43_000, 43_230])(
		"the connection is lost after %i bytes of the ticket: never confirmed, and the next ticket is whole",
		async (bytes) => {
			const { port, simulator, papers } = await shop();
			// The init sequence (3), the questions twice (12 each) and a request to confirm (11) come before the ticket.
			const relay = await cuttingRelay(port, 38 + bytes);
			undo.push(() => relay.close());
			const printer = open(`tcp://127.0.0.1:${relay.port}`);
			await printer.check();
			const first = await printed(printer, 1);
			expect(["interrupted", "doubtful", "untouched"]).toContain(first);
			await isReady(printer);
			expect(await printed(printer, 2)).toBe("confirmed");
			expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 2));
			const whole = papers.filter(({ bitmap }) => bitmap.height === 600);
			expect(whole.length).toBeLessThanOrEqual(2);
			expect(simulator.violations).toEqual([]);
		},
	);

	test("it takes everything and never confirms: doubtful", async () => {
		const { url, simulator } = await shop();
		const printer = open(url);
		await printer.check();
		const accept = simulator.accept.bind(simulator);
		// The question for confirmation never arrives: the printer lost power, or knows no such question.
		vi.spyOn(simulator, "accept").mockImplementation((bytes, answer, done) => {
			const at = Buffer.from(bytes).indexOf(Buffer.from([0x1d, 0x28, 0x48]));
			accept(at < 0 ? bytes : bytes.subarray(0, at), answer, done);
		});
		expect(await printed(printer, 1)).toBe("doubtful");
	});

	test("it accepts connections and is silent: unreachable, nothing is sent", async () => {
		const server = createServer((socket) => socket.on("error", () => {}).resume());
		const port = await listen(server);
		undo.push(() => closeServer(server));
		const printer = open(`tcp://127.0.0.1:${port}`);
		expect((await printer.check()).condition).toBe("unreachable");
		await printer.close();
	});

	test("it answers questions but does not read the ticket: interrupted at the deadline", async () => {
		const server = createServer((socket) => {
			let asked = 0;
			socket.on("error", () => {});
			socket.on("data", (bytes) => {
				for (let at = bytes.indexOf("\x10\x04"); at >= 0; at = bytes.indexOf("\x10\x04", at + 1)) {
					asked += 1;
					socket.write(Uint8Array.of(0x12));
				}
				if (asked >= 4) socket.pause();
			});
		});
		const port = await listen(server);
		undo.push(() => closeServer(server));
		const printer = open(`tcp://127.0.0.1:${port}`);
		expect((await printer.check()).condition).toBe("ready");
		// More than the kernel's buffers hold.
		const { sendResult } = printer.print(plainPicture(576, 100_000));
		expect(await sendResult).toEqual({ kind: "interrupted", reason: "write-timeout" });
		await printer.close();
	});

	test("it does not know the command that clears its buffer: the torn picture is filled up instead", async () => {
		const { url, simulator, papers } = await shop();
		const printer = open(url);
		const accept = simulator.accept.bind(simulator);
		const clear = Buffer.from(epson.clearBuffer ?? []);
		vi.spyOn(simulator, "accept").mockImplementation((bytes, answer, done) => {
			if (clear.equals(bytes)) done();
			else accept(bytes, answer, done);
		});
		await isReady(printer);
		printer.doubt();
		expect((await printer.check()).condition).toBe("ready");
		expect(await printed(printer, 2)).toBe("confirmed");
		expect(papers).toHaveLength(1);
	});

	test("closed within a ticket: the ticket is settled, and close returns", async () => {
		const { url } = await shop();
		const printer = open(url);
		await printer.check();
		const { sendResult, confirmation } = printer.print(plainPicture());
		await printer.close();
		const handed = await sendResult;
		if (handed.kind === "sent") expect(["confirmed", "doubtful"]).toContain((await confirmation).kind);
		else expect(handed.kind).toBe("interrupted");
	});
});

describe("virtual:DIR", () => {
	test("saves each ticket as a picture and as its bytes, and continues to count after a restart", async () => {
		const folder = mkdtempSync(join(tmpdir(), "paihao-paper-"));
		undo.push(() => rmSync(folder, { recursive: true }));
		const paper = join(folder, "new", "paper");
		const first = open(`virtual:${paper}`);
		expect(await printed(first, 1)).toBe("confirmed");
		expect(await printed(first, 2)).toBe("confirmed");
		await first.close();
		expect(await printed(open(`virtual:${paper}`), 3)).toBe("confirmed");
		const names = readdirSync(paper).sort();
		expect(names.map((name) => name.replace(/-\d{8}T\d{6}Z/, ""))).toEqual([
			"000001.bin",
			"000001.png",
			"000002.bin",
			"000002.png",
			"000003.bin",
			"000003.png",
		]);
		names.forEach((name, index) => {
			const expected = plainPicture(576, 600, Math.floor(index / 2) + 1);
			const bytes = readFileSync(join(paper, name));
			if (name.endsWith(".bin")) {
				const decoded = decodeStrictly(bytes);
				expect(decoded).toMatchObject({ cuts: 1, pictures: [expected] });
				expect(decoded.ids).toHaveLength(1);
			} else {
				expect(Buffer.from(PNG.sync.read(bytes).data).equals(Buffer.from(bitmapToRgba(expected)))).toBe(true);
			}
		});
	});

	test("a folder that cannot be made is a UserError", () => {
		expect(() => openPrinter("virtual:/proc/nowhere/paper", { openVirtualPrinter })).toThrow(
			expect.objectContaining({ code: "PRINTER_FOLDER" }),
		);
	});

	test("a picture that cannot be saved is not confirmed", async () => {
		const { EpsonSimulator } = await import("../../../../printer-simulator/epson-simulator.ts");
		const simulator = new EpsonSimulator({ width: 576, deliver: () => Promise.reject(new Error("disk full")) });
		const printer = new DirectPrinter(virtualTransport(simulator), epson, printerSettings(), {
			times: QUICK_TIMES,
			memory: NO_MEMORY,
		});
		undo.push(() => printer.close());
		expect(["interrupted", "doubtful"]).toContain(await printed(printer, 1));
		expect(simulator.violations).toEqual(["the paper could not be kept: Error: disk full"]);
	});
});
