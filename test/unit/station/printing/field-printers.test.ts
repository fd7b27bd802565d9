import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect, createServer as createTcpServer } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Behaviour } from "../../../../printer-simulator/behaviours.ts";
import type { Bitmap } from "../../../../station/printing/bitmap.ts";
import { describePrinter } from "../../../../station/printing/describe-printer.ts";
import { openPrinter } from "../../../../station/printing/open-printer.ts";
import type { Printer } from "../../../../station/printing/printer.ts";
import { closeServer, listen, networkPrinter, plainPicture, QUICK_TIMES } from "../../../fixtures/print-harness.ts";
import { openTestStation } from "../../../fixtures/station.ts";

/* Printers as they are in the field: each behaviour was reported of a real model. */

/** Only a missing answer is quick here: a busy machine must not make a good printer a weak one. */
const PATIENT_TIMES = { ...QUICK_TIMES, answerMs: 600, confirmMs: 4_000 };

async function meet(options: string, ...behaviours: Behaviour[]) {
	const made = await networkPrinter(576, ...behaviours);
	onTestFinished(made.close);
	const printer = openPrinter(`tcp://127.0.0.1:${made.port}?width=80${options}`, { times: PATIENT_TIMES });
	onTestFinished(() => printer.close());
	return { ...made, printer };
}

async function printed(printer: Printer, seed: number) {
	await printer.check();
	const { sendResult, confirmation } = printer.print(plainPicture(576, 600, seed));
	const result = await sendResult;
	return result.kind === "sent" ? await confirmation : result;
}

const SENT = { kind: "doubtful", reason: "sent-only" };
const said = ({ abilities, settings }: Printer) => describePrinter(abilities, settings);

describe("what a printer can do is found out", () => {
	test("an ordinary printer confirms", async () => {
		const { printer } = await meet("");
		await printer.check();
		expect(printer.proof).toBe("confirmed");
		expect(said(printer)).toBe("This printer can report paper, cover and errors, and confirm a ticket.");
	});

	test.each([
		{ behaviours: ["clone-no-id"], words: "paper, cover and errors" },
		{ behaviours: ["clone-no-id", "no-processed"], words: "paper, cover and errors" },
		{ behaviours: ["clone-no-id", "only-eot-1"], words: "whether it is online" },
		{ behaviours: ["clone-no-id", "no-eot-3", "no-processed"], words: "paper and cover" },
	] as const)("$behaviours: every ticket comes out and is sent, none is confirmed", async ({ behaviours, words }) => {
		const { printer, papers, simulator } = await meet("", ...behaviours);
		for (const seed of [1, 2, 3, 4, 5, 6]) expect(await printed(printer, seed)).toEqual(SENT);
		await simulator.settled();
		expect(papers.map(({ bitmap }) => bitmap)).toEqual([1, 2, 3, 4, 5, 6].map((seed) => plainPicture(576, 600, seed)));
		expect(printer.proof).toBe("sent");
		expect(printer.status.condition).toBe("ready");
		expect(said(printer)).toBe(`This printer can report ${words}, but cannot confirm a ticket.`);
		expect(simulator.violations).toEqual([]);
	});

	test.each([["only-eot-1"], ["no-eot-3"]] as const)(
		"%s: it confirms, and the link is never closed",
		async (behaviour) => {
			const { printer, simulator } = await meet("", behaviour);
			const attach = vi.spyOn(simulator, "attach");
			for (const seed of [1, 2, 3]) expect(await printed(printer, seed)).toEqual({ kind: "confirmed" });
			for (let check = 0; check < 5; check++) expect((await printer.check()).condition).toBe("ready");
			expect(attach.mock.calls.length).toBeLessThanOrEqual(1);
		},
	);

	test("after a torn ticket a clone prints the next one whole", async () => {
		const { printer, papers, simulator } = await meet("", "clone-no-id", "no-processed");
		expect(await printed(printer, 1)).toEqual(SENT);
		// Half a picture, as a power cut of the station leaves it.
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

	test("a clone that a restarted station meets with a doubt is not blocked", async () => {
		const { printer, simulator, papers } = await meet("", "clone-no-id", "no-processed");
		printer.doubt();
		expect(await printed(printer, 1)).toEqual(SENT);
		await simulator.settled();
		expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 1));
	});

	test("status=none: a printer that answers nothing prints, and nothing is claimed", async () => {
		const { printer, papers, simulator } = await meet("&status=none", "clone-no-id", "no-status", "no-processed");
		for (const seed of [1, 2]) expect(await printed(printer, seed)).toEqual(SENT);
		await simulator.settled();
		expect(papers).toHaveLength(2);
		expect(printer.proof).toBe("none");
		expect(said(printer)).toBe("This printer reports nothing: whether a ticket came out is never known.");
	});

	test("without it such a printer is not used, and the advice names the option", async () => {
		const { url } = await meet("", "clone-no-id", "no-status", "no-processed");
		const { call } = await openTestStation({ flags: ["--printer", url] });
		await vi.waitFor(
			async () => {
				const { body } = await call("GET", "/api/health");
				expect(body.printer).toMatchObject({ reason: "no-answer", advice: expect.stringContaining("?status=none") });
			},
			{ timeout: 8_000 },
		);
	});
});

describe("odd answers", () => {
	test.each([["answers-twice"], ["asb-between"], ["answers-late"], ["xon-xoff"]] as const)(
		"%s: the state is right, each ticket is confirmed, and nothing is closed",
		{ timeout: 30_000 },
		async (behaviour) => {
			const made = await networkPrinter(576, behaviour);
			onTestFinished(made.close);
			const printer = openPrinter(made.url, { times: { ...PATIENT_TIMES, answerMs: 2_500, confirmMs: 8_000 } });
			onTestFinished(() => printer.close());
			const attach = vi.spyOn(made.simulator, "attach");
			expect((await printer.check()).condition).toBe("ready");
			expect(await printed(printer, 1)).toEqual({ kind: "confirmed" });
			for (const [change, condition] of [
				[{ coverOpen: true }, "cover-open"],
				[{ coverOpen: false, paper: "out" }, "paper-out"],
				[{ paper: "near-end" }, "ready"],
			] as const) {
				made.simulator.change(change);
				expect((await printer.check()).condition).toBe(condition);
			}
			expect(printer.status.paperNearEnd).toBe(true);
			expect(await printed(printer, 2)).toEqual({ kind: "confirmed" });
			expect(printer.proof).toBe("confirmed");
			expect(attach.mock.calls.length).toBeLessThanOrEqual(1);
		},
	);
});

describe("answers that stop to come", () => {
	test("it answers twice, its cover was open, and that question is never answered again: unknown, not open for ever", async () => {
		let isCoverOpen = true;
		const server = createTcpServer((socket) => {
			socket.on("error", () => socket.destroy());
			socket.on("data", (bytes) => {
				for (let at = bytes.indexOf("\x10\x04"); at >= 0; at = bytes.indexOf("\x10\x04", at + 1)) {
					if (bytes[at + 2] !== 2) socket.write(Uint8Array.of(0x12, 0x12));
					else if (isCoverOpen) socket.write(Uint8Array.of(0x16, 0x16));
				}
			});
		});
		const port = await listen(server);
		onTestFinished(() => closeServer(server));
		const printer = openPrinter(`tcp://127.0.0.1:${port}`, { times: { ...QUICK_TIMES, answerMs: 150 } });
		onTestFinished(() => printer.close());
		await vi.waitFor(async () => expect((await printer.check()).condition).toBe("cover-open"));
		// By now it is known to answer twice, and is asked one question at a time.
		await printer.check();
		isCoverOpen = false;
		await vi.waitFor(async () => expect((await printer.check()).condition).toBe("ready"), { timeout: 8_000 });
	});

	test("one that only reports by itself, and forgot to after a restart, is asked to report again", async () => {
		const made = await networkPrinter(576);
		onTestFinished(made.close);
		const accept = made.simulator.accept.bind(made.simulator);
		// Its answers to questions go nowhere.
		vi.spyOn(made.simulator, "accept").mockImplementation((bytes, _reply, done) => accept(bytes, () => {}, done));
		const printer = openPrinter(made.url, { times: { ...QUICK_TIMES, answerMs: 150, confirmMs: 4_000 } });
		onTestFinished(() => printer.close());
		await vi.waitFor(async () => expect((await printer.check()).condition).toBe("ready"), { timeout: 8_000 });
		made.simulator.change({ paper: "out" });
		await vi.waitFor(() => expect(printer.status.condition).toBe("paper-out"));
		await printer.check();
		made.simulator.powerCycle();
		made.simulator.change({ paper: "full" });
		expect(printer.status.condition).toBe("paper-out");
		await vi.waitFor(async () => expect((await printer.check()).condition).toBe("ready"), { timeout: 8_000 });
	});
});

describe("connections", () => {
	test.each([
		{ behaviours: ["closes-after-job"], outcome: { kind: "confirmed" } },
		{ behaviours: ["clone-no-id", "closes-after-job"], outcome: SENT },
	] as const)("$behaviours: six tickets come out once each, and nobody is told of trouble", async (one) => {
		const { printer, papers, simulator } = await meet("", ...one.behaviours);
		await printer.check();
		const seen: string[] = [];
		printer.onStatus(({ condition }) => void seen.push(condition));
		expect(await printed(printer, 1)).toEqual(one.outcome);
		// The first one shows the habit: the next could get lost in the connection that closes.
		await vi.waitFor(() => expect(simulator.violations).toEqual([]));
		await printer.check();
		for (const seed of [2, 3, 4, 5, 6]) expect(await printed(printer, seed)).toEqual(one.outcome);
		await simulator.settled();
		expect(papers.map(({ bitmap }) => bitmap)).toEqual([1, 2, 3, 4, 5, 6].map((seed) => plainPicture(576, 600, seed)));
		expect(seen).toEqual([]);
	});

	test("a printer that needs longer for its answers than others is given the time", { timeout: 30_000 }, async () => {
		const made = await networkPrinter(576, "answers-late");
		onTestFinished(made.close);
		const printer = openPrinter(made.url, { times: { ...PATIENT_TIMES, answerMs: 700 } });
		onTestFinished(() => printer.close());
		const attach = vi.spyOn(made.simulator, "attach");
		await vi.waitFor(() => expect(printer.status.condition).toBe("ready"), { timeout: 10_000 });
		made.simulator.change({ coverOpen: true });
		expect((await printer.check()).condition).toBe("cover-open");
		made.simulator.change({ coverOpen: false });
		await vi.waitFor(() => expect(printer.status.condition).toBe("ready"));
		expect(await printed(printer, 1)).toEqual({ kind: "confirmed" });
		expect(attach.mock.calls.length).toBeLessThanOrEqual(1);
	});
});

describe("a print server before the printer", () => {
	/** Takes a whole ticket at once, and passes it on at the speed of its line. */
	async function behindSlowLine(bytesPerMs: number, options = "", ...behaviours: Behaviour[]) {
		const made = await networkPrinter(576, ...behaviours);
		onTestFinished(made.close);
		const server = createTcpServer((near) => {
			const far = connect(made.port, "127.0.0.1");
			let waiting = Buffer.alloc(0);
			near.on("data", (bytes: Buffer) => {
				waiting = Buffer.concat([waiting, bytes]);
			});
			const timer = setInterval(() => {
				if (waiting.length > 0) far.write(waiting.subarray(0, bytesPerMs * 5));
				waiting = waiting.subarray(bytesPerMs * 5);
			}, 5);
			far.on("data", (bytes) => near.write(bytes));
			far.on("close", () => near.destroy()).on("error", () => near.destroy());
			near
				.on("error", () => near.destroy())
				.on("close", () => {
					clearInterval(timer);
					far.destroy();
				});
		});
		const port = await listen(server);
		onTestFinished(() => closeServer(server));
		const times = { ...QUICK_TIMES, answerMs: 2_000, confirmMs: 300 };
		const printer = openPrinter(`tcp://127.0.0.1:${port}${options}`, { times });
		onTestFinished(() => printer.close());
		return { ...made, printer };
	}

	test("its line takes longer than a ticket may: it is given more time, and then each ticket is confirmed", {
		timeout: 60_000,
	}, async () => {
		// About 1.1 seconds a ticket.
		const { printer, papers, simulator } = await behindSlowLine(40);
		const outcomes: string[] = [];
		await vi.waitFor(
			async () => {
				const { kind } = await printed(printer, outcomes.length + 1);
				outcomes.push(kind);
				expect(outcomes.slice(-2)).toEqual(["confirmed", "confirmed"]);
			},
			{ timeout: 40_000, interval: 1 },
		);
		// No confirmation was false: those papers are whole.
		const whole = outcomes.flatMap((kind, at) => (kind === "confirmed" ? [plainPicture(576, 600, at + 1)] : []));
		expect(papers.map(({ bitmap }) => bitmap)).toEqual(expect.arrayContaining(whole));
		expect(simulator.violations).toEqual([]);
	});

	test("its port speaks telnet, which changes pictures on their way: not used, although a good printer answers", async () => {
		const made = await networkPrinter();
		onTestFinished(made.close);
		const server = createTcpServer((near) => {
			const far = connect(made.port, "127.0.0.1");
			// WILL ECHO, WILL SUPPRESS-GO-AHEAD, DO BINARY.
			near.write(Uint8Array.of(0xff, 0xfb, 0x01, 0xff, 0xfb, 0x03, 0xff, 0xfd, 0x00));
			near.pipe(far).pipe(near);
			for (const socket of [near, far]) socket.on("error", () => socket.destroy());
			near.on("close", () => far.destroy());
		});
		const port = await listen(server);
		onTestFinished(() => closeServer(server));
		const printer = openPrinter(`tcp://127.0.0.1:${port}`, { times: QUICK_TIMES });
		onTestFinished(() => printer.close());
		await vi.waitFor(() => expect(printer.status).toMatchObject({ reason: "other-language" }));
		expect(await printer.print(plainPicture()).sendResult).toMatchObject({ kind: "untouched" });
		expect(made.papers).toEqual([]);
	});
});

describe("a head that is narrower than what it is told to print", () => {
	const rightmost = ({ width, rows }: Bitmap) =>
		Math.max(...Array.from(rows, (byte, at) => (byte === 0 ? 0 : (at % (width / 8)) * 8)));

	test("it confirms a ticket whose edge is missing; that is what the sheet is for", async () => {
		const { printer, papers } = await narrow("");
		expect(await printed(printer, 1)).toEqual({ kind: "confirmed" });
		expect(papers[0]?.bitmap.width).toBe(472);
		expect(rightmost(plainPicture(576, 600, 1))).toBeGreaterThan(472);
	});

	test("with the width that the sheet showed, the ticket fits", async () => {
		const { printer, papers } = await narrow("?width=476");
		await printer.check();
		await printer.print(plainPicture(472, 600, 1)).confirmation;
		expect(printer.settings.widthDots).toBe(472);
		expect(papers.map(({ bitmap }) => bitmap)).toEqual([plainPicture(472, 600, 1)]);
	});

	async function narrow(options: string) {
		const made = await networkPrinter(472, "crops");
		onTestFinished(made.close);
		const printer = openPrinter(`tcp://127.0.0.1:${made.port}${options}`, { times: PATIENT_TIMES });
		onTestFinished(() => printer.close());
		return { ...made, printer };
	}
});

describe("settings", () => {
	test("near-end=ignore: the stuck sensor is not reported, and the description says so", async () => {
		const stuck = await meet("", "near-end-stuck");
		expect((await stuck.printer.check()).paperNearEnd).toBe(true);
		const muted = await meet("&near-end=ignore", "near-end-stuck");
		expect((await muted.printer.check()).paperNearEnd).toBe(false);
		expect(said(muted.printer)).toContain("switched off");
	});

	test.each(["", "&band=24", "&band=4KB"])(
		"a printer that ignores the high byte of a height prints whole: %j",
		async (band) => {
			const { printer, papers } = await meet(band, "gsv0-low-byte");
			expect(await printed(printer, 1)).toEqual({ kind: "confirmed" });
			expect(papers.map(({ bitmap }) => bitmap)).toEqual([plainPicture(576, 600, 1)]);
		},
	);

	test("cut=none: the paper is fed to the tear bar, and no cut is sent", async () => {
		const { printer, papers, simulator } = await meet("&cut=none&feed=20", "no-cutter");
		expect(await printed(printer, 1)).toEqual({ kind: "confirmed" });
		await simulator.settled();
		expect(papers).toHaveLength(1);
		expect(papers[0]?.bitmap.height).toBe(600 + 160);
		expect(Buffer.from(papers[0]?.bytes ?? []).toString("hex")).not.toContain("1d5642");
	});
});

describe("what is not a printer of ours", () => {
	test("another program holds its one connection: busy", async () => {
		const made = await networkPrinter(576, "one-connection");
		onTestFinished(made.close);
		const other = connect(made.port, "127.0.0.1");
		onTestFinished(() => void other.destroy());
		await new Promise((resolve) => other.once("connect", resolve));
		const printer = openPrinter(made.url, { times: QUICK_TIMES });
		onTestFinished(() => printer.close());
		await vi.waitFor(() => expect(printer.status).toMatchObject({ condition: "unreachable", reason: "busy" }));
		other.destroy();
		await vi.waitFor(() => expect(printer.status.condition).toBe("ready"), { timeout: 5_000 });
	});

	test("a web server at the printer's port: other-language, nothing is sent", async () => {
		const server = createServer().listen(0, "127.0.0.1");
		onTestFinished(() => void server.close());
		await new Promise((resolve) => server.once("listening", resolve));
		const { port } = server.address() as AddressInfo;
		const printer = openPrinter(`tcp://127.0.0.1:${port}`, { times: QUICK_TIMES });
		onTestFinished(() => printer.close());
		await vi.waitFor(() =>
			expect(printer.status).toMatchObject({ condition: "unreachable", reason: "other-language" }),
		);
		expect(await printer.print(plainPicture()).sendResult).toMatchObject({ kind: "untouched" });
	});
});
