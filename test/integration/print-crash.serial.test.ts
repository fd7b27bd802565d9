import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { printJob, ticket } from "../../db/station/schema/tickets.ts";
import { type Fault, serveFaulty } from "../../printer-simulator/fault-injection.ts";
import { verifyStation } from "../../station/events/verify.ts";
import type { Bitmap } from "../../station/printing/bitmap.ts";
import { openPrinter } from "../../station/printing/open-printer.ts";
import type { PrintChange } from "../../station/printing/queue/print-job.ts";
import { openPrintJobRepository } from "../../station/printing/queue/print-job-repository.ts";
import { startPrintQueue } from "../../station/printing/queue/print-queue.ts";
import { closeServer, listen, plainPicture, QUICK_TIMES, simulatorWithPaper } from "../fixtures/print-harness.ts";
import { paperIn } from "../fixtures/sample-papers.ts";
import { MIGRATIONS, TOP } from "../fixtures/station-folder.ts";
import { MONDAY_NINE, openTestTicketService, request, type TestTicketService } from "../fixtures/ticket-service.ts";

const DAY = "2026-11-23";
/** The printer's confirmation is lost: the only way to doubtful without a crash. */
const SILENT: Fault = { kind: "lost-reply", every: 1, lastsMs: 0 };

interface Moment {
	when: "before" | "after";
	change: PrintChange["type"];
	/** The state of the job right after the kill, its state in the end, and how many papers of it there may be. */
	left: string;
	becomes: string;
	papers: readonly number[];
	faults?: readonly Fault[];
}

const MOMENTS: readonly Moment[] = [
	{ when: "before", change: "print.sending", left: "queued", becomes: "confirmed", papers: [1] },
	{ when: "after", change: "print.sending", left: "sending", becomes: "doubtful", papers: [0] },
	{ when: "before", change: "print.sent", left: "sending", becomes: "doubtful", papers: [1] },
	{ when: "after", change: "print.sent", left: "sent", becomes: "doubtful", papers: [1] },
	{ when: "before", change: "print.confirmed", left: "sent", becomes: "doubtful", papers: [1] },
	{ when: "after", change: "print.confirmed", left: "confirmed", becomes: "confirmed", papers: [1] },
	{ when: "before", change: "print.doubtful", left: "sent", becomes: "doubtful", papers: [1], faults: [SILENT] },
	{ when: "after", change: "print.doubtful", left: "doubtful", becomes: "doubtful", papers: [1], faults: [SILENT] },
];

const pictureOf = (number: string): Bitmap => plainPicture(576, 600, Number(number.slice(1)));

function statesIn({ database }: TestTicketService): Record<string, string> {
	const rows = database
		.select({ number: ticket.number, state: printJob.state })
		.from(printJob)
		.innerJoin(ticket, eq(ticket.id, printJob.ticket))
		.all();
	return Object.fromEntries(rows.map(({ number, state }) => [number, state]));
}

async function killAt({ when, change }: Moment, folder: string, printer: string): Promise<void> {
	const child = spawn(
		process.execPath,
		[
			join(TOP, "test/fixtures/print-queue-program.ts"),
			folder,
			MIGRATIONS,
			printer,
			String(MONDAY_NINE),
			DAY,
			when,
			change,
		],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	const ended = once(child, "exit");
	onTestFinished(async () => {
		child.kill("SIGKILL");
		await ended;
	});
	const blocked = once(child.stdout, "data").then(String);
	expect(await Promise.race([blocked, ended])).toBe("here\n");
	child.kill("SIGKILL");
	expect(await ended).toEqual([null, "SIGKILL"]);
}

test.each(MOMENTS)("killed right $when $change is recorded: $left, then $becomes", async (moment) => {
	const { simulator, papers } = simulatorWithPaper();
	const first = openTestTicketService();
	// Not in the same millisecond, so that the first is printed first.
	for (const at of [MONDAY_NINE - 1, MONDAY_NINE]) first.tickets.issue(request(), at);
	first.close();

	// At 39,999 bytes: behind the status that the ticket asks for, before its end.
	const dying = serveFaulty(simulator, moment.faults ?? [], () => 0.999975);
	await killAt(moment, first.folder, `tcp://127.0.0.1:${await listen(dying)}`);
	await closeServer(dying);
	await simulator.settled();

	const again = openTestTicketService(first.folder);
	expect(statesIn(again)).toEqual({ B001: moment.left, B002: "queued" });
	const port = serveFaulty(simulator, [], () => 0);
	const printer = openPrinter(`tcp://127.0.0.1:${await listen(port)}`, { times: QUICK_TIMES });
	const jobs = openPrintJobRepository({
		database: again.database,
		eventLog: again.eventLog,
		newId: again.newId,
		serviceDay: () => DAY,
		changed() {},
	});
	const printQueue = startPrintQueue({
		jobs: { ...jobs, paperOf: (job) => paperIn("en", { number: jobs.jobOf(job).ticket.number }) },
		printer,
		rendering: { render: async ({ number }) => pictureOf(number) },
		clock: () => MONDAY_NINE,
		log: { info() {}, warn() {}, error() {} },
		pauses: { firstMs: 5, longestMs: 20 },
	});
	onTestFinished(async () => {
		await printQueue.close();
		await printer.close();
		await closeServer(port);
	});
	await vi.waitFor(() => expect(statesIn(again)).toEqual({ B001: moment.becomes, B002: "confirmed" }), {
		timeout: 20_000,
		interval: 5,
	});
	await printQueue.close();
	await simulator.settled();

	const wholeOf = (number: string) => {
		const wanted = Buffer.from(pictureOf(number).rows);
		return papers.filter(({ bitmap }) => wanted.equals(bitmap.rows)).length;
	};
	expect(moment.papers).toContain(wholeOf("B001"));
	expect(wholeOf("B002")).toBe(1);
	expect(papers).toHaveLength(wholeOf("B001") + wholeOf("B002"));
	expect(simulator.violations).toEqual([]);
	expect(verifyStation(again.database).kind).toBe("agrees");
});
