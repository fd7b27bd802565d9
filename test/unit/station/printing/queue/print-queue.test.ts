import { afterEach, describe, expect, test, vi } from "vitest";
import { serveSimulator } from "../../../../../printer-simulator/virtual-printer.ts";
import type { PrintJobId } from "../../../../../protocol/model/ids.ts";
import type { PrintState } from "../../../../../protocol/model/print.ts";
import { openPrinter } from "../../../../../station/printing/open-printer.ts";
import { afterChange, type PrintChange } from "../../../../../station/printing/queue/print-job.ts";
import {
	type PrintQueueJobs,
	type PrintQueueLog,
	startPrintQueue,
} from "../../../../../station/printing/queue/print-queue.ts";
import { RenderingError } from "../../../../../station/printing/render/start-rendering.ts";
import { asPrintJobId } from "../../../../fixtures/ids.ts";
import {
	closeServer,
	cuttingRelay,
	listen,
	networkPrinter,
	plainPicture,
	QUICK_TIMES,
	simulatorWithPaper,
} from "../../../../fixtures/print-harness.ts";
import { paperIn } from "../../../../fixtures/sample-papers.ts";

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
	for (const one of undo.splice(0).reverse()) await one();
});

/** Print jobs in memory, with the same rules as the real repository. */
class MemoryJobs implements PrintQueueJobs {
	readonly jobs = new Map<PrintJobId, { state: PrintState; attempts: number; history: string[] }>();
	/** How many of the next writes fail. */
	failing = 0;

	add(id: string, state: PrintState = "queued"): void {
		this.jobs.set(asPrintJobId(id), { state, attempts: 0, history: [] });
	}

	next() {
		for (const [id, job] of this.jobs) if (job.state === "queued") return { id, attempts: job.attempts };
		return undefined;
	}

	endExpired = () => 0;
	unwanted = new Set<string>();
	isWanted = (id: string) => !this.unwanted.has(id);

	inFlight() {
		return [...this.jobs].flatMap(([id, { state }]) =>
			state === "sending" || state === "sent" ? [{ id, state }] : [],
		);
	}

	record(id: PrintJobId, change: PrintChange): void {
		if (this.failing > 0) {
			this.failing -= 1;
			throw new Error("database or disk is full");
		}
		const job = this.jobs.get(id);
		const state = job && afterChange(job.state, change.type);
		if (!job || !state) throw new Error(`${change.type} cannot follow ${job?.state}`);
		job.state = state;
		if (change.type === "print.sending") job.attempts = change.attempt;
		job.history.push(change.type.slice("print.".length));
	}

	/** The jobs that a marked copy was asked of. */
	copied: string[] = [];
	printCopy(id: PrintJobId): boolean {
		this.copied.push(id);
		this.add(`${id}-copy`);
		return true;
	}

	paperOf(id: string) {
		return paperIn("en", { number: id });
	}

	states(): string[] {
		return [...this.jobs.values()].map(({ state }) => state);
	}
}

const log: PrintQueueLog = { info() {}, warn() {}, error() {} };

/** Each job's picture is another one, by its number. */
const seedOf = (number: string) => Number(number.slice(1));
const rendering = { render: async ({ number }: { number: string }) => plainPicture(576, 300, seedOf(number)) };
const pictureOf = (number: string) => plainPicture(576, 300, seedOf(number));

function run(url: string, jobs: MemoryJobs, change: Partial<Parameters<typeof startPrintQueue>[0]> = {}) {
	const printer = openPrinter(url, { times: QUICK_TIMES });
	const printQueue = startPrintQueue({
		jobs,
		printer,
		rendering,
		clock: () => 0,
		log,
		pauses: { firstMs: 10, longestMs: 80 },
		...change,
	});
	undo.push(
		() => printer.close(),
		() => printQueue.close(),
	);
	return printQueue;
}

const reaches = (jobs: MemoryJobs, states: string[]) =>
	vi.waitFor(() => expect(jobs.states()).toEqual(states), { timeout: 8000, interval: 5 });

async function shop() {
	const made = await networkPrinter();
	undo.push(() => made.close());
	return made;
}

describe("the print queue", () => {
	test("prints queued jobs oldest first, one at a time, and records each step before it", async () => {
		const { url, papers } = await shop();
		const jobs = new MemoryJobs();
		for (const id of ["A001", "A002", "A003"]) jobs.add(id);
		const printQueue = run(url, jobs);
		await reaches(jobs, ["confirmed", "confirmed", "confirmed"]);
		jobs.add("A004");
		printQueue.notify();
		await reaches(jobs, ["confirmed", "confirmed", "confirmed", "confirmed"]);
		expect(papers.map(({ bitmap }) => bitmap)).toEqual(["A001", "A002", "A003", "A004"].map(pictureOf));
		for (const { history } of jobs.jobs.values()) expect(history).toEqual(["sending", "sent", "confirmed"]);
	});

	test("after a crash: jobs in flight are doubtful, the torn paper is cut off, queued jobs print whole", async () => {
		const { url, papers, simulator } = await shop();
		// The run before sent half of A001's picture and died.
		const half = Uint8Array.from([
			0x1b,
			0x40,
			0x1d,
			0x76,
			0x30,
			0,
			72,
			0,
			0,
			1,
			...new Uint8Array(72 * 100).fill(0xaa),
		]);
		simulator.accept(
			half,
			() => {},
			() => {},
		);
		const jobs = new MemoryJobs();
		jobs.add("A001", "sending");
		jobs.add("A002", "sent");
		jobs.add("A003");
		run(url, jobs);
		await reaches(jobs, ["doubtful", "doubtful", "confirmed"]);
		expect(papers.map(({ bitmap }) => bitmap.height)).toEqual([100, 300]);
		expect(papers[1]?.bitmap).toEqual(pictureOf("A003"));
	});

	test("no printer: tickets wait, nothing is recorded for them, and they print when it is connected", async () => {
		const { simulator, papers } = simulatorWithPaper();
		const server = serveSimulator(simulator);
		const port = await listen(server);
		await closeServer(server);
		const jobs = new MemoryJobs();
		const changes: string[] = [];
		const printQueue = run(`tcp://127.0.0.1:${port}`, jobs, {
			onChange: ({ condition }) => {
				changes.push(condition);
			},
		});
		jobs.add("A001");
		jobs.add("A002");
		printQueue.notify();
		await vi.waitFor(() => expect(printQueue.status().condition).toBe("unreachable"));
		const again = serveSimulator(simulator);
		await listen(again, "127.0.0.1", port);
		undo.push(() => closeServer(again));
		await reaches(jobs, ["confirmed", "confirmed"]);
		expect(papers.map(({ bitmap }) => bitmap)).toEqual(["A001", "A002"].map(pictureOf));
		expect(jobs.jobs.get(asPrintJobId("A001"))?.history).toEqual(["sending", "sent", "confirmed"]);
		expect(changes).toContain("ready");
	});

	test("no paper: the job stays queued; with new paper it prints at once", async () => {
		const { url, simulator, papers } = await shop();
		simulator.change({ paper: "out" });
		const jobs = new MemoryJobs();
		jobs.add("A001");
		// Only a report of the printer can end this pause in time.
		const printQueue = run(url, jobs, { pauses: { firstMs: 60_000, longestMs: 60_000 } });
		await vi.waitFor(() => expect(printQueue.status().condition).toBe("paper-out"));
		expect(jobs.states()).toEqual(["queued"]);
		simulator.change({ paper: "full" });
		await reaches(jobs, ["confirmed"]);
		expect(papers.map(({ bitmap }) => bitmap)).toEqual([pictureOf("A001")]);
	});

	test("many new tickets do not make it try a dead printer more often", async () => {
		const { simulator } = simulatorWithPaper();
		const server = serveSimulator(simulator);
		const port = await listen(server);
		await closeServer(server);
		const jobs = new MemoryJobs();
		jobs.add("A001");
		const next = vi.spyOn(jobs, "next");
		const printQueue = run(`tcp://127.0.0.1:${port}`, jobs, { pauses: { firstMs: 60_000, longestMs: 60_000 } });
		await vi.waitFor(() => expect(next).toHaveBeenCalled());
		for (let ticket = 0; ticket < 1000; ticket++) {
			printQueue.notify();
			if (ticket % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
		}
		expect(next.mock.calls.length).toBeLessThanOrEqual(2);
	});

	test("the connection is lost while sending: doubtful, never sent twice, and the next is whole", async () => {
		const { port, papers } = await shop();
		const relay = await cuttingRelay(port, 26 + 9_000);
		undo.push(() => relay.close());
		const jobs = new MemoryJobs();
		jobs.add("A001");
		jobs.add("A002");
		run(`tcp://127.0.0.1:${relay.port}`, jobs);
		await reaches(jobs, ["doubtful", "confirmed"]);
		expect(papers.at(-1)?.bitmap).toEqual(pictureOf("A002"));
		expect(papers.filter(({ bitmap }) => bitmap.height === 300)).toHaveLength(1);
	});

	test("the printer never confirms: doubtful after the deadline, and the queue continues", async () => {
		const { url, simulator } = await shop();
		const accept = simulator.accept.bind(simulator);
		// The first request only finds out whether it can confirm.
		let requests = 0;
		vi.spyOn(simulator, "accept").mockImplementation((bytes, answer, done) => {
			const at = Buffer.from(bytes).indexOf(Buffer.from([0x1d, 0x28, 0x48]));
			if (at < 0 || ++requests !== 2) return accept(bytes, answer, done);
			return accept(bytes.subarray(0, at), answer, done);
		});
		const jobs = new MemoryJobs();
		jobs.add("A001");
		jobs.add("A002");
		run(url, jobs);
		await reaches(jobs, ["doubtful", "confirmed"]);
	});

	test("the database cannot be written: nothing is sent; when it can be, the job prints once", async () => {
		const { url, papers } = await shop();
		const jobs = new MemoryJobs();
		jobs.add("A001");
		jobs.failing = 3;
		run(url, jobs);
		await reaches(jobs, ["confirmed"]);
		expect(papers).toHaveLength(1);
		expect(jobs.jobs.get(asPrintJobId("A001"))?.history).toEqual(["sending", "sent", "confirmed"]);
	});

	test("a ticket that cannot be rendered fails, one whose worker died is tried again, and the others print", async () => {
		const { url, papers } = await shop();
		const jobs = new MemoryJobs();
		for (const id of ["A001", "A002", "A003", "A004"]) jobs.add(id);
		let deaths = 0;
		run(url, jobs, {
			rendering: {
				async render({ number }) {
					if (number === "A001") throw new RenderingError("content", "no such zone");
					if (number === "A002" && deaths++ === 0) throw new RenderingError("worker", "it died");
					if (number === "A003") throw new RenderingError("worker", "it dies of this one each time");
					return pictureOf(number);
				},
			},
		});
		await reaches(jobs, ["failed", "confirmed", "failed", "confirmed"]);
		expect(papers.map(({ bitmap }) => bitmap)).toEqual(["A002", "A004"].map(pictureOf));
	});

	test("closing finishes the job in flight and starts no other", async () => {
		const { url } = await shop();
		const jobs = new MemoryJobs();
		jobs.add("A001");
		const printQueue = run(url, jobs);
		await vi.waitFor(() => expect(jobs.states()).not.toEqual(["queued"]), { interval: 1 });
		jobs.add("A002");
		await printQueue.close();
		expect(jobs.states()).toEqual(["confirmed", "queued"]);
		printQueue.notify();
		await new Promise((resolve) => setImmediate(resolve));
		expect(jobs.states()).toEqual(["confirmed", "queued"]);
	});
});
