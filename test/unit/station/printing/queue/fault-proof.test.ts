import { expect, test } from "vitest";
import { seededRandom } from "../../../../../lib/seeded-random.ts";
import { FAULT_KINDS, type FaultKind } from "../../../../../printer-simulator/fault-injection.ts";
import type { PrinterDialect } from "../../../../../station/printing/address-options.ts";
import { classifyRun, printRow } from "../../../../fixtures/classify-faulty-run.ts";
import { printThroughFaults } from "../../../../fixtures/fault-harness.ts";

/* One fault at a time, in each language. Faults together, at odd printers: behaviour-proof.test.ts. */

/** `npm run test:long` runs more: PAIHAO_TEST_JOBS for each fault and language. */
const JOBS = Number(process.env.PAIHAO_TEST_JOBS ?? 12);
const SEED = Number(process.env.PAIHAO_SEED ?? Date.now() % 2 ** 31);
console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);

/** At every second ticket, so that faults strike many tickets, and many tickets follow a fault. */
const EVERY = 2;
const LASTS_MS = 25;
/** Longer than the station waits for an answer, or the fault would go unnoticed. */
const UNREAD_MS = 180;
/** For faults that only change the form of replies: no reply may be late, however slow the machine is. */
const PATIENT = { answerMs: 5_000, writeMs: 5_000, confirmMs: 5_000 };

/**
 * Faults that only change how replies arrive must not make any ticket doubtful. The exception: a status
 * report within the last two bytes of Star's counter reply, which may have any value.
 */
const isHarmless = (kind: FaultKind, dialect: PrinterDialect) =>
	kind === "split-reply" || (kind === "mixed-reply" && dialect === "epson");
/** A printer that forgot the beginning of a picture reads its rest as commands, and must report an error. */
const GARBLING: readonly FaultKind[] = ["reset"];

/** Those that differ for a printer that takes its picture row by row. */
const RASTER_FAULTS: readonly FaultKind[] = ["paper-out", "power-loss", "refuses", "replug", "reset", "lost-reply"];

const cases = FAULT_KINDS.flatMap((kind) => [
	{ kind, dialect: "epson" as PrinterDialect },
	{ kind, dialect: "star" as PrinterDialect },
	...(RASTER_FAULTS.includes(kind) ? [{ kind, dialect: "star-raster" as PrinterDialect }] : []),
]);

test.concurrent.for(cases)(
	`$kind at every second of ${JOBS} tickets, $dialect: no false confirmation, no unmarked double`,
	{ timeout: 40_000 + JOBS * 3_000 },
	async ({ kind, dialect }, { onTestFinished: atEnd }) => {
		const harmless = isHarmless(kind, dialect);
		const run = await printThroughFaults({
			...{ atEnd, dialect, tickets: JOBS, random: seededRandom(SEED), times: harmless ? PATIENT : {} },
			faults: [{ kind, every: EVERY, lastsMs: kind === "never-reads" ? UNREAD_MS : LASTS_MS }],
		});
		const outcome = classifyRun(run);
		printRow(`${kind}, ${dialect}`, outcome);
		expect(outcome).toMatchObject({ falselyConfirmed: 0, unmarkedDoubles: 0, lost: 0, blocked: 0 });
		expect(run.confirmation.kind).toBe("agrees");
		if (!GARBLING.includes(kind)) expect(run.violations).toEqual([]);
		// The fault did happen, and after it tickets come out.
		if (harmless) expect(run.jobs.filter(({ state }) => state !== "confirmed")).toEqual([]);
		else if (kind !== "mixed-reply") expect(outcome.doubtful).toBeGreaterThan(0);
		expect(run.last).toMatchObject({ wholePapers: 1 });
	},
);
