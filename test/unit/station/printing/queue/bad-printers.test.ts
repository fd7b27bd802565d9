import { existsSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openPrinter } from "../../../../../station/printing/open-printer.ts";
import { closeServer, listen, networkPrinter, plainPicture, QUICK_TIMES } from "../../../../fixtures/print-harness.ts";
import { starPrinter } from "../../../../fixtures/star-harness.ts";
import { openTestStation } from "../../../../fixtures/station.ts";
import { emptyFolder } from "../../../../fixtures/station-folder.ts";

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
	for (const one of undo.splice(0).reverse()) await one();
});

/** A host at a port that does as `greet` says. */
async function host(greet: (socket: Socket) => void): Promise<string> {
	const server = createServer((socket) => {
		socket.on("error", () => socket.destroy()).resume();
		greet(socket);
	});
	const port = await listen(server);
	undo.push(() => closeServer(server));
	return `tcp://127.0.0.1:${port}`;
}

async function closedPort(): Promise<string> {
	const server = createServer();
	const port = await listen(server);
	await closeServer(server);
	return `tcp://127.0.0.1:${port}`;
}

async function epsonUrl(options = ""): Promise<string> {
	const made = await networkPrinter();
	undo.push(made.close);
	return `${made.url.replace(/\?.*/, "")}${options}`;
}

async function starUrl(): Promise<string> {
	const made = await starPrinter();
	undo.push(made.close);
	return made.url.replace(/\?.*$/, "");
}

/** Root may open everything, but nobody may write what the kernel only shows. */
const LOCKED = "/sys/kernel/uevent_seqnum";
/** Star's automatic status: some models send it as soon as somebody connects. */
const STAR_STATUS = Uint8Array.of(0x23, 0x06, 0, 0, 0, 0, 0, 0, 0);

interface Bad {
	what: string;
	url(): Promise<string>;
	reason: string;
	advice: RegExp;
}

const BAD: readonly Bad[] = [
	{ what: "nobody listens", url: closedPort, reason: "refused", advice: /switched on.*9100/ },
	{
		what: "no such device",
		url: async () => `device:${join(emptyFolder(), "lp0")}`,
		reason: "not-found",
		advice: /not found.*cable/,
	},
	{
		what: "it accepts connections and is silent",
		url: () => host(() => {}),
		reason: "no-answer",
		advice: /dialect=star/,
	},
	{ what: "a Star printer addressed as an Epson", url: starUrl, reason: "no-answer", advice: /dialect=star/ },
	{
		what: "a Star printer that reports first, addressed as an Epson",
		url: () => host((socket) => socket.write(STAR_STATUS)),
		reason: "other-language",
		advice: /another language.*dialect=star/,
	},
	{
		what: "an Epson printer addressed as a Star",
		url: () => epsonUrl("?dialect=star"),
		reason: "no-answer",
		advice: /others must not have it/,
	},
	{
		what: "a mail server",
		url: () => host((socket) => socket.write("220 mail.example.org ESMTP\r\n")),
		reason: "other-language",
		advice: /dialect/,
	},
	{
		what: "it closes every connection at once",
		url: () => host((socket) => socket.end()),
		reason: "busy",
		advice: /another program is connected/i,
	},
];

async function healthOf({ call }: Awaited<ReturnType<typeof openTestStation>>) {
	const { body } = await call("GET", "/api/health");
	return body.printer as {
		condition: string;
		reason?: string;
		advice: string | null;
		unprinted: number;
		proof: string;
	};
}

describe("a station with a bad printer runs, says what to do, and keeps its tickets", () => {
	test.each(BAD)("$what: $reason", async ({ url, reason, advice }) => {
		const station = await openTestStation({ flags: ["--printer", await url()] });
		// Before any ticket is issued.
		await vi.waitFor(async () => expect((await healthOf(station)).reason).toBe(reason), { timeout: 6_000 });
		expect((await station.issue()).status).toBe(201);
		expect(await healthOf(station)).toMatchObject({
			condition: "unreachable",
			unprinted: 1,
			proof: null,
			advice: expect.stringMatching(advice),
		});
	});

	test.runIf(existsSync(LOCKED))("a device without permission: no-permission", async () => {
		const station = await openTestStation({ flags: ["--printer", `device:${LOCKED}`] });
		await vi.waitFor(async () => expect((await healthOf(station)).reason).toBe("no-permission"), {
			timeout: 6_000,
		});
		expect((await station.issue()).status).toBe(201);
		expect(await healthOf(station)).toMatchObject({ unprinted: 1, advice: expect.stringMatching(/right to it/) });
	});

	test("each change of its state is one line in the log, with the printer and what to do", async () => {
		const url = await closedPort();
		const station = await openTestStation({ flags: ["--printer", url] });
		await station.issue();
		const changes = () => station.warnings.filter(({ event }) => event === "printer.state.changed");
		await vi.waitFor(() => expect(changes()).toHaveLength(1), { timeout: 6_000 });
		await new Promise((resolve) => setTimeout(resolve, 600));
		expect(changes()).toEqual([
			expect.objectContaining({
				printer: url,
				condition: "unreachable",
				reason: "refused",
				advice: expect.any(String),
			}),
		]);
	});

	test("80 mm tickets for a printer with 58 mm paper: an error that names the paper", async () => {
		const shop = await networkPrinter(384);
		undo.push(shop.close);
		const station = await openTestStation({ flags: ["--printer", shop.url.replace(/\?.*/, "")] });
		expect((await station.issue()).status).toBe(201);
		await vi.waitFor(() => expect(shop.simulator.violations).toEqual(["a picture of 576 dots on paper of 384"]), {
			timeout: 6_000,
		});
		await vi.waitFor(async () => expect(await healthOf(station)).toMatchObject({ condition: "error" }));
		const { advice, unprinted } = await healthOf(station);
		expect(advice).toMatch(/width=58/);
		expect(unprinted).toBe(1);
		expect(shop.papers).toEqual([]);
	});

	test("when the printer is connected, its advice is gone and the ticket prints", async () => {
		const url = await closedPort();
		const station = await openTestStation({ flags: ["--printer", url] });
		await vi.waitFor(async () => expect((await healthOf(station)).reason).toBe("refused"), { timeout: 6_000 });
		await station.issue();
		const shop = await networkPrinter();
		undo.push(shop.close);
		const relay = createServer((near) => {
			const unplug = shop.simulator.attach((bytes) => near.write(bytes));
			near.on("data", (bytes) =>
				shop.simulator.accept(
					bytes,
					(answer) => near.write(answer),
					() => {},
				),
			);
			near.on("error", () => near.destroy()).on("close", unplug);
		});
		await listen(relay, "127.0.0.1", Number(new URL(url).port));
		undo.push(() => closeServer(relay));
		await vi.waitFor(() => expect(shop.papers).toHaveLength(1), { timeout: 10_000 });
		await vi.waitFor(async () =>
			expect(await healthOf(station)).toEqual({
				condition: "ready",
				paperNearEnd: false,
				proof: "confirmed",
				abilities: { reports: ["online", "paper", "cover", "error"], confirms: true },
				description: "This printer can report paper, cover and errors, and confirm a ticket.",
				ticketsSinceRoll: 1,
				unprinted: 0,
				advice: null,
			}),
		);
	});
});

describe("?proof=sent: an older printer that cannot say when paper came out", () => {
	async function older() {
		const shop = await networkPrinter();
		undo.push(shop.close);
		const printer = openPrinter(`${shop.url}&proof=sent`, { times: QUICK_TIMES });
		undo.push(() => printer.close());
		const print = async (seed: number) => {
			await printer.check();
			const { sendResult, confirmation } = printer.print(plainPicture(576, 600, seed));
			const handed = await sendResult;
			return handed.kind === "sent" ? await confirmation : handed;
		};
		return { ...shop, printer, print };
	}

	test("every ticket comes out, and none is confirmed", async () => {
		const { printer, print, papers, simulator } = await older();
		expect(printer.proof).toBeNull();
		for (const seed of [1, 2, 3]) expect(await print(seed)).toEqual({ kind: "doubtful", reason: "sent-only" });
		expect(printer.proof).toBe("sent");
		expect(papers.map(({ bitmap }) => bitmap)).toEqual([1, 2, 3].map((seed) => plainPicture(576, 600, seed)));
		// It was asked for nothing that such a printer does not know: no process id, no DLE DC4.
		const all = Buffer.concat(papers.map(({ bytes }) => bytes)).toString("hex");
		expect(all).not.toContain("1d284806");
		expect(simulator.violations).toEqual([]);
	});

	test("after a torn ticket the next one is whole, without a clearing command that it does not know", async () => {
		const { printer, print, papers, simulator } = await older();
		const accept = simulator.accept.bind(simulator);
		let torn = false;
		let asked = "";
		vi.spyOn(simulator, "accept").mockImplementation((bytes, answer, done) => {
			asked += Buffer.from(bytes).toString("hex");
			// The second chunk of the first ticket is cut short and what follows it is lost.
			if (torn || bytes.length < 16_000) return accept(bytes, answer, done);
			torn = true;
			accept(bytes.subarray(0, 9_999), answer, done);
		});
		const first = await print(1);
		expect(first).not.toEqual({ kind: "confirmed" });
		expect(torn).toBe(true);
		await vi.waitFor(async () => expect((await printer.check()).condition).toBe("ready"), { timeout: 5_000 });
		expect(await print(2)).toEqual({ kind: "doubtful", reason: "sent-only" });
		expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 2));
		expect(asked).not.toContain("10140801");
	});

	test("a ticket that broke off with its connection is filled up, and the next one is whole", async () => {
		const { printer, print, papers, simulator } = await older();
		simulator.accept(
			Uint8Array.of(0x1d, 0x76, 0x30, 0, 72, 0, 255, 0, 0xff, 0xff),
			() => {},
			() => {},
		);
		printer.doubt();
		expect((await printer.check()).condition).toBe("ready");
		expect(await print(2)).toEqual({ kind: "doubtful", reason: "sent-only" });
		expect(papers.at(-1)?.bitmap).toEqual(plainPicture(576, 600, 2));
		expect(simulator.violations).toEqual([]);
	});

	test("health says that no ticket is ever confirmed", async () => {
		const url = await epsonUrl("?proof=sent");
		const station = await openTestStation({ flags: ["--printer", url] });
		await vi.waitFor(async () => expect((await healthOf(station)).condition).toBe("ready"));
		expect((await healthOf(station)).proof).toBe("sent");
	});

	test("another proof is refused", () => {
		expect(() => openPrinter("tcp://host:9100?proof=confirmed")).toThrow(
			expect.objectContaining({ code: "PRINTER_URL" }),
		);
	});
});
