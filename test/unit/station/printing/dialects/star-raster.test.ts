import { expect, onTestFinished, test, vi } from "vitest";
import type { PrintedTicket } from "../../../../../printer-simulator/simulator.ts";
import { StarSimulator } from "../../../../../printer-simulator/star-simulator.ts";
import { serveSimulator } from "../../../../../printer-simulator/virtual-printer.ts";
import { starRaster } from "../../../../../station/printing/dialects/star/star-raster.ts";
import { openPrinter } from "../../../../../station/printing/open-printer.ts";
import { printerSettings } from "../../../../../station/printing/printer-settings.ts";
import { closeServer, cuttingRelay, listen, plainPicture, QUICK_TIMES } from "../../../../fixtures/print-harness.ts";

/** A printer of the TSP100 family behind a port. */
async function tsp100(...behaviours: ConstructorParameters<typeof Set<"clone-no-id" | "no-cutter">>[0][]) {
	const papers: PrintedTicket[] = [];
	const simulator = new StarSimulator(
		{
			width: 576,
			behaviours: new Set(behaviours.flatMap((one) => [...(one ?? [])])),
			deliver: async (ticket) => void papers.push(ticket),
		},
		true,
	);
	const server = serveSimulator(simulator);
	const port = await listen(server);
	onTestFinished(() => closeServer(server));
	return { simulator, papers, port };
}

function open(port: number, options = "") {
	const printer = openPrinter(`tcp://127.0.0.1:${port}?profile=Star+TSP100${options}`, { times: QUICK_TIMES });
	onTestFinished(() => printer.close());
	return printer;
}

async function print(printer: ReturnType<typeof open>, seed: number) {
	await printer.check();
	const { sendResult, confirmation } = printer.print(plainPicture(576, 500, seed));
	const sent = await sendResult;
	return sent.kind === "sent" ? (await confirmation).kind : sent.kind;
}

test("a ticket comes out whole, row by row", async () => {
	const { port, papers, simulator } = await tsp100();
	const printer = open(port);
	for (const seed of [1, 2]) expect(await print(printer, seed)).toBe("confirmed");
	expect(papers.map(({ bitmap }) => bitmap)).toEqual([1, 2].map((seed) => plainPicture(576, 500, seed)));
	expect(simulator.violations).toEqual([]);
});

test("one that does not know the counter of prints is not asked for it again: sent, and nothing waits", async () => {
	const { port, papers, simulator } = await tsp100(["clone-no-id"]);
	const printer = open(port);
	for (const seed of [1, 2, 3]) expect(await print(printer, seed)).toBe("doubtful");
	await simulator.settled();
	expect(papers).toHaveLength(3);
	expect(printer.proof).toBe("sent");
});

test("one that reads its counter and does not count prints: sent by that reply, at once", async () => {
	const { port, papers, simulator } = await tsp100();
	const attach = simulator.attach.bind(simulator);
	vi.spyOn(simulator, "attach").mockImplementation((reply) =>
		attach((bytes) => {
			if (!Buffer.from(bytes).toString("hex").startsWith("1b1d0301")) reply(bytes);
		}),
	);
	const printer = open(port);
	for (const seed of [1, 2]) {
		await printer.check();
		const { confirmation } = printer.print(plainPicture(576, 500, seed));
		expect(await confirmation).toEqual({ kind: "doubtful", reason: "sent-only" });
	}
	expect(papers.map(({ bitmap }) => bitmap)).toEqual([1, 2].map((seed) => plainPicture(576, 500, seed)));
	expect(printer.proof).toBe("sent");
});

test("without a cutter it is fed and not cut", async () => {
	const { port, papers, simulator } = await tsp100(["no-cutter"]);
	expect(await print(open(port, "&cut=none"), 1)).toBe("confirmed");
	await simulator.settled();
	expect(papers[0]?.bitmap.height).toBe(500 + 120);
	const { format } = printerSettings({ format: { hasCutter: false } });
	expect(Buffer.from(starRaster.encodeTicket(plainPicture(), format, false)).includes("\x1b*rF1\0")).toBe(true);
});

test.each([29, 35, 46, 9_000, 20_001])("torn after %i bytes: the next ticket is whole", async (bytes) => {
	const { port, papers, simulator } = await tsp100();
	const relay = await cuttingRelay(port, bytes);
	onTestFinished(relay.close);
	const printer = open(relay.port);
	await print(printer, 1);
	await expect.poll(async () => (await printer.check()).condition, { timeout: 5_000 }).toBe("ready");
	expect(await print(printer, 2)).toBe("confirmed");
	expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 500, 2));
	expect(simulator.violations).toEqual([]);
});

test("white rows are one byte each, and a picture never spells a real-time question", () => {
	const bitmap = { width: 576, height: 3, rows: new Uint8Array(3 * 72) };
	bitmap.rows.set([0x1b, 0x06, 0x01], 72);
	const bytes = Buffer.from(starRaster.encodeTicket(bitmap, printerSettings().format, false));
	expect(bytes.includes(Buffer.of(0x1b, 0x06))).toBe(false);
	expect(bytes.length).toBeLessThan(80);
});
