import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { openPrinter } from "../../../../station/printing/open-printer.ts";
import { NO_MEMORY } from "../../../../station/printing/printer-memory.ts";
import { startPrintQueue } from "../../../../station/printing/queue/print-queue.ts";
import { temporaryFolder } from "../../../fixtures/device-harness.ts";
import { ACCEPTS, spooler } from "../../../fixtures/fake-cups.ts";
import { asPrintJobId } from "../../../fixtures/ids.ts";
import { plainPicture, QUICK_TIMES } from "../../../fixtures/print-harness.ts";
import { paperIn } from "../../../fixtures/sample-papers.ts";
import { decodeStrictly } from "../../../fixtures/strict-decoder.ts";

afterEach(() => vi.unstubAllEnvs());

function open() {
	const printer = openPrinter("lp:front-desk", {
		times: { ...QUICK_TIMES, answerMs: 3_000, writeMs: 3_000 },
	});
	onTestFinished(() => printer.close());
	return printer;
}

test("a ticket is one job with its very bytes, and is never confirmed", async () => {
	const { said, job } = spooler();
	const printer = open();
	expect(await printer.check()).toEqual({ condition: "ready", paperNearEnd: false });
	const { sendResult, confirmation } = printer.print(plainPicture());
	expect(await sendResult).toEqual({ kind: "sent" });
	expect(await confirmation).toEqual({ kind: "doubtful", reason: "spooler" });
	expect(said("lp")).toEqual(["-d front-desk -o raw -t paihao-ticket"]);
	expect(decodeStrictly(job())).toMatchObject({ cuts: 1, pictures: [plainPicture()] });
	expect(said("lpstat").at(0)).toBe("-a front-desk -p front-desk");
	expect(said("lpstat").at(1)).toBe("-o front-desk");
});

test("after a doubt the next ticket begins with a cut, and only that one", async () => {
	const { job } = spooler();
	const printer = open();
	await printer.check();
	printer.doubt();
	await printer.print(plainPicture()).sendResult;
	expect(decodeStrictly(job()).cuts).toBe(2);
	await printer.print(plainPicture()).sendResult;
	expect(decodeStrictly(job()).cuts).toBe(1);
});

test("no lp on this machine: unreachable, nothing is sent", async () => {
	vi.stubEnv("PATH", temporaryFolder());
	const printer = open();
	expect((await printer.check()).condition).toBe("unreachable");
	expect(await printer.print(plainPicture()).sendResult).toEqual({ kind: "untouched", reason: "unreachable" });
});

test.each([
	["no such queue", "exit 1", "unreachable"],
	["a queue that takes no jobs", 'echo "front-desk not accepting requests since Mon -"', "offline"],
	["a queue that is stopped", `${ACCEPTS}\necho "printer front-desk disabled since Mon -"`, "offline"],
])(
	"%s: it is told from the start, nothing is sent, and it is seen when it is mended",
	async (_name, lpstat, condition) => {
		const { folder, install } = spooler({ lpstat });
		const printer = open();
		const seen: string[] = [];
		printer.onStatus((status) => void seen.push(status.condition));
		expect((await printer.check()).condition).toBe(condition);
		expect(await printer.print(plainPicture()).sendResult).toEqual({ kind: "untouched", reason: condition });
		expect(existsSync(join(folder, "lp.said"))).toBe(false);
		install("lpstat", ACCEPTS);
		expect((await printer.check()).condition).toBe("ready");
		expect(seen).toEqual([condition, "ready"]);
	},
);

test("lp fails: interrupted, for the job may be in the queue all the same", async () => {
	spooler({ lp: "exit 1" });
	const printer = open();
	await printer.check();
	expect(await printer.print(plainPicture(576, 20_000)).sendResult).toEqual({
		kind: "interrupted",
		reason: "spooler-refused",
	});
});

test("lp cannot be started: untouched, nothing of the ticket is anywhere", async () => {
	spooler();
	const printer = open();
	await printer.check();
	vi.stubEnv("PATH", temporaryFolder());
	expect(await printer.print(plainPicture()).sendResult).toEqual({ kind: "untouched", reason: "no-lp" });
});

test("lp never ends: interrupted by the deadline, or when the station closes", async () => {
	spooler({ lp: "exec sleep 30" });
	const slow = openPrinter("lp:front-desk", { times: { answerMs: 3_000, writeMs: 200 } });
	await slow.check();
	expect(await slow.print(plainPicture()).sendResult).toEqual({ kind: "interrupted", reason: "write-timeout" });
	await slow.close();
	const printer = open();
	await printer.check();
	const { sendResult } = printer.print(plainPicture());
	await printer.close();
	expect(await sendResult).toEqual({ kind: "interrupted", reason: "closed" });
});

test("while the last job waits, the printer is not ready; withdrawn, it is", async () => {
	const { folder, install, said } = spooler({ lp: 'cat > "$0.job"; echo "request id is front-desk-12 (1 file(s))"' });
	install("cancel", 'rm "$(dirname "$0")/waiting"');
	const printer = open();
	await printer.check();
	const attempt = printer.print(plainPicture());
	await attempt.sendResult;
	writeFileSync(join(folder, "waiting"), "front-desk-12   root   1024   Mon\n");
	expect(await printer.check()).toMatchObject({ condition: "offline", reason: "job-waiting" });
	expect(await printer.print(plainPicture()).sendResult).toEqual({ kind: "untouched", reason: "offline" });
	await attempt.withdraw?.(false);
	expect(said("cancel")).toEqual(["front-desk-12"]);
	expect(printer.status.condition).toBe("ready");
});

test("a job that an earlier run left in the queue is cancelled at the start, and only that one", async () => {
	const { folder, install, said } = spooler();
	install("cancel", 'rm "$(dirname "$0")/waiting"');
	writeFileSync(join(folder, "waiting"), "front-desk-11   ann   1024   Mon\nfront-desk-12   root   1024   Mon\n");
	const memory = { ...NO_MEMORY, spoolerJob: "front-desk-12" };
	const printer = openPrinter("lp:front-desk", { times: { ...QUICK_TIMES, answerMs: 3_000 }, memory });
	onTestFinished(() => printer.close());
	expect(await printer.check()).toEqual({ condition: "ready", paperNearEnd: false });
	expect(said("cancel")).toEqual(["front-desk-12"]);
});

test("the job's name at the spooler is kept, so that the next run can cancel it", async () => {
	spooler({ lp: 'cat > "$0.job"; echo "request id is front-desk-12 (1 file(s))"' });
	const kept: string[] = [];
	const memory = { ...NO_MEMORY, keepSpoolerJob: (job: string) => void kept.push(job) };
	const printer = openPrinter("lp:front-desk", { times: { ...QUICK_TIMES, answerMs: 3_000, writeMs: 3_000 }, memory });
	onTestFinished(() => printer.close());
	await printer.check();
	await printer.print(plainPicture()).sendResult;
	expect(kept).toEqual(["front-desk-12"]);
});

test("a ticket that was served is taken out of the spooler, and the next one prints", async () => {
	const { install, said } = spooler({
		lp: 'cat > "$0.job"; echo "front-desk-12 root" > "$(dirname "$0")/waiting"; echo "request id is front-desk-12 (1 file(s))"',
	});
	install("cancel", 'rm "$(dirname "$0")/waiting"');
	const printer = open();
	const jobs = ["A001", "A002"];
	const sent: string[] = [];
	let served = false;
	const queue = startPrintQueue({
		jobs: {
			next: () => (jobs[0] === undefined ? undefined : { id: asPrintJobId(jobs[0]), attempts: 0 }),
			endExpired: () => 0,
			inFlight: () => [],
			isWanted: (job) => !(served && job === "A001"),
			record(job, { type }) {
				if (type !== "print.doubtful") return;
				sent.push(job);
				jobs.shift();
			},
			printCopy: () => false,
			paperOf: (job) => paperIn("en", { number: job }),
		},
		printer,
		rendering: { render: async () => plainPicture() },
		clock: () => 0,
		log: { info() {}, warn() {}, error() {} },
		pauses: { firstMs: 5, longestMs: 20 },
	});
	onTestFinished(() => queue.close());
	await vi.waitFor(() => expect(printer.status.reason).toBe("job-waiting"), { timeout: 8_000 });
	expect(sent).toEqual(["A001"]);
	served = true;
	await vi.waitFor(() => expect(sent).toEqual(["A001", "A002"]), { timeout: 8_000 });
	expect(said("cancel")).toEqual(["front-desk-12"]);
});
