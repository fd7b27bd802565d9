import { createServer } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Behaviour } from "../../../../printer-simulator/behaviours.ts";
import { describePrinter } from "../../../../station/printing/describe-printer.ts";
import { openPrinter } from "../../../../station/printing/open-printer.ts";
import type { Printer } from "../../../../station/printing/printer.ts";
import { printerAdvice } from "../../../../station/printing/queue/printer-advice.ts";
import {
	closeServer,
	cuttingRelay,
	listen,
	networkPrinter,
	plainPicture,
	QUICK_TIMES,
} from "../../../fixtures/print-harness.ts";

/* Habits that differ in more than what is answered: none may stop the queue, spoil a ticket, or bring a confirmation that is none. */

const TIMES = { ...QUICK_TIMES, answerMs: 500, confirmMs: 4_000 };
const SENT = { kind: "doubtful", reason: "sent-only" };

async function meet(behaviours: readonly Behaviour[], options = "") {
	const made = await networkPrinter(576, ...behaviours);
	onTestFinished(made.close);
	const printer = openPrinter(`${made.url}${options}`, { times: TIMES });
	onTestFinished(() => printer.close());
	const attach = vi.spyOn(made.simulator, "attach");
	return { ...made, printer, attach };
}

async function printed(printer: Printer, seed: number) {
	for (;;) {
		await vi.waitFor(async () => expect((await printer.check()).condition).toBe("ready"), { timeout: 15_000 });
		const { sendResult, confirmation } = printer.print(plainPicture(576, 600, seed));
		const result = await sendResult;
		if (result.kind === "sent") return confirmation;
		// It waits in the queue, and is tried again.
		if (result.kind !== "untouched") return result;
	}
}

const pictures = (...seeds: number[]) => seeds.map((seed) => plainPicture(576, 600, seed));

test.each([
	{ behaviours: ["prints-unknown"], outcome: SENT },
	{ behaviours: ["prints-unknown", "no-cutter"], options: "&cut=none&feed=0", outcome: SENT },
	{ behaviours: ["restarts-at-unknown"], outcome: SENT },
	{ behaviours: ["restarts-at-unknown", "no-processed"], outcome: SENT },
	{ behaviours: ["only-processed", "clone-no-id"], outcome: SENT },
	{ behaviours: ["only-processed"], outcome: { kind: "confirmed" } },
	{ behaviours: ["only-processed", "no-processed"], outcome: { kind: "confirmed" } },
	{ behaviours: ["says-offline"], outcome: { kind: "confirmed" } },
	{ behaviours: ["says-offline", "clone-no-id"], outcome: SENT },
	{ behaviours: ["reports-often"], outcome: { kind: "confirmed" } },
	{ behaviours: ["no-eot-4"], outcome: { kind: "confirmed" } },
	{ behaviours: ["answers-lag"], outcome: { kind: "confirmed" } },
	{ behaviours: ["answers-lag", "clone-no-id"], outcome: SENT },
] as const)(
	"$behaviours: three tickets come out whole and once, and nothing else",
	{ timeout: 60_000 },
	async (one) => {
		const { printer, papers, simulator } = await meet(one.behaviours, "options" in one ? one.options : "");
		for (const seed of [1, 2, 3]) {
			expect(await printed(printer, seed)).toEqual(one.outcome);
			await simulator.settled();
		}
		expect(papers.map(({ bitmap }) => bitmap)).toEqual(pictures(1, 2, 3));
		expect(simulator.violations).toEqual([]);
		expect(printer.proof).toBe(one.outcome.kind === "confirmed" ? "confirmed" : "sent");
	},
);

describe("a printer that restarts at a command that it does not know", () => {
	test("is asked it three times at first, and then not again, after however many reconnects", {
		timeout: 60_000,
	}, async () => {
		const { printer, simulator, attach, papers } = await meet(["restarts-at-unknown"]);
		await printed(printer, 1);
		const connections = attach.mock.calls.length;
		expect(connections).toBeLessThanOrEqual(9);
		for (const seed of [2, 3]) {
			simulator.change({ coverOpen: true });
			await vi.waitFor(() => expect(printer.status.condition).toBe("cover-open"));
			simulator.change({ coverOpen: false });
			expect(await printed(printer, seed)).toEqual(SENT);
		}
		expect(attach.mock.calls.length).toBe(connections);
		expect(papers).toHaveLength(3);
	});
});

describe("a printer that answers no status question, but others", () => {
	test("after a torn ticket the next one is whole", { timeout: 60_000 }, async () => {
		const { printer, papers, simulator } = await meet(["only-processed", "clone-no-id"]);
		expect(await printed(printer, 1)).toEqual(SENT);
		simulator.accept(
			Uint8Array.of(0x1d, 0x76, 0x30, 0, 72, 0, 200, 0, 0xff, 0xff),
			() => {},
			() => {},
		);
		printer.doubt();
		expect(await printed(printer, 2)).toEqual(SENT);
		await simulator.settled();
		expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 2));
	});

	test("what it can do is said in words, and without paper it is not used", { timeout: 60_000 }, async () => {
		const { printer, simulator } = await meet(["only-processed", "clone-no-id"]);
		expect(await printed(printer, 1)).toEqual(SENT);
		expect(describePrinter(printer.abilities, printer.settings)).toBe(
			"This printer can say that it took a ticket, but reports nothing and cannot confirm one.",
		);
		simulator.change({ paper: "out" });
		expect((await printer.check()).condition).toBe("unreachable");
		simulator.change({ paper: "full" });
		expect(await printed(printer, 2)).toEqual(SENT);
	});
});

describe("a printer that always says that it is offline", () => {
	test("its other reports count: an open cover stops it", async () => {
		const { printer, simulator } = await meet(["says-offline"]);
		expect(await printed(printer, 1)).toEqual({ kind: "confirmed" });
		simulator.change({ coverOpen: true });
		await vi.waitFor(() => expect(printer.status.condition).toBe("cover-open"));
		simulator.change({ coverOpen: false });
		expect(await printed(printer, 2)).toEqual({ kind: "confirmed" });
	});

	test("one that is offline is believed: it takes no other command", async () => {
		const server = createServer((socket) => {
			socket.on("error", () => socket.destroy());
			socket.on("data", (bytes) => {
				for (let at = bytes.indexOf("\x10\x04"); at >= 0; at = bytes.indexOf("\x10\x04", at + 1)) {
					socket.write(Uint8Array.of(bytes[at + 2] === 1 ? 0x1a : 0x12));
				}
			});
		});
		const port = await listen(server);
		onTestFinished(() => closeServer(server));
		const printer = openPrinter(`tcp://127.0.0.1:${port}`, { times: TIMES });
		onTestFinished(() => printer.close());
		await vi.waitFor(() => expect(printer.status.condition).toBe("offline"), { timeout: 10_000 });
		for (let check = 0; check < 3; check++) expect((await printer.check()).condition).toBe("offline");
		expect(printerAdvice(printer.status)).toMatch(/online or feed button.*\?status=none/);
	});
});

test("a printer that sends back every byte: never confirmed by its echo, and used without questions", {
	timeout: 60_000,
}, async () => {
	const asked = await meet(["echoes", "clone-no-id"]);
	await vi.waitFor(() => expect(asked.printer.status.reason).toBeDefined(), { timeout: 15_000 });
	expect(printerAdvice(asked.printer.status)).toContain("?status=none");
	const { printer, papers, simulator } = await meet(["echoes"], "&status=none");
	expect(await printed(printer, 1)).toEqual(SENT);
	await simulator.settled();
	expect(papers.map(({ bitmap }) => bitmap)).toEqual(pictures(1));
});

test("a print server that resets each connection within a ticket: nothing is confirmed or printed twice, and it goes on", {
	timeout: 60_000,
}, async () => {
	const made = await networkPrinter(576);
	onTestFinished(made.close);
	for (const seed of [1, 2, 3]) {
		const relay = await cuttingRelay(made.port, 20_000);
		onTestFinished(relay.close);
		const printer = openPrinter(`tcp://127.0.0.1:${relay.port}`, { times: TIMES });
		onTestFinished(() => printer.close());
		expect((await printed(printer, seed)).kind).not.toBe("confirmed");
		// The relay cuts once: the next ticket over it comes out.
		expect(await printed(printer, seed + 10)).toEqual({ kind: "confirmed" });
	}
	const whole = (seed: number) =>
		made.papers.filter(({ bitmap }) => Buffer.from(bitmap.rows).equals(Buffer.from(plainPicture(576, 600, seed).rows)));
	for (const seed of [1, 2, 3]) expect(whole(seed)).toHaveLength(0);
	for (const seed of [11, 12, 13]) expect(whole(seed)).toHaveLength(1);
});

test("what filled a torn picture up was lost with its connection: the next ticket is whole all the same", {
	timeout: 60_000,
}, async () => {
	const made = await networkPrinter(576, "no-status", "clone-no-id", "no-processed");
	onTestFinished(made.close);
	// Half a picture.
	made.simulator.accept(
		Uint8Array.of(0x1d, 0x76, 0x30, 0, 72, 0, 200, 0, 0xff, 0xff),
		() => {},
		() => {},
	);
	let connections = 0;
	const server = createServer((near) => {
		connections += 1;
		near.on("error", () => near.destroy());
		// The first one takes what comes, and passes nothing on.
		if (connections === 1) near.once("data", () => near.resetAndDestroy());
		else
			near.on("data", (bytes) =>
				made.simulator.accept(
					bytes,
					() => {},
					() => {},
				),
			);
	});
	const port = await listen(server);
	onTestFinished(() => closeServer(server));
	const printer = openPrinter(`tcp://127.0.0.1:${port}?status=none`, { times: TIMES });
	onTestFinished(() => printer.close());
	printer.doubt();
	await vi.waitFor(() => expect(connections).toBeGreaterThan(1));
	expect(await printed(printer, 1)).toEqual(SENT);
	await vi.waitFor(() => expect(made.papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 1)));
	expect(made.simulator.violations).toEqual([]);
});
