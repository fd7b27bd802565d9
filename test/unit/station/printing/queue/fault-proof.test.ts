import { expect, test } from "vitest";
import { seededRandom } from "../../../../../lib/seeded-random.ts";
import type { Behaviour } from "../../../../../printer-simulator/behaviours.ts";
import { FAULT_KINDS, type FaultKind } from "../../../../../printer-simulator/fault-injection.ts";
import { type DialectName, type FaultyRun, printThroughFaults } from "../../../../fixtures/fault-harness.ts";

/** `npm run test:long` runs more: PAIHAO_TEST_JOBS for each fault and language. */
const JOBS = Number(process.env.PAIHAO_TEST_JOBS ?? 12);
const SEED = Number(process.env.PAIHAO_SEED ?? Date.now() % 2 ** 31);
console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);

/**
 * Faults that only change how replies arrive must not make any ticket doubtful. The exception: a status
 * report within the last two bytes of Star's counter reply, which may have any value.
 */
const isHarmless = (kind: FaultKind, dialect: DialectName) =>
	kind === "split-reply" || (kind === "mixed-reply" && dialect === "epson");
/** A printer that forgot the beginning of a picture reads its rest as commands, and must report an error. */
const GARBLING: readonly FaultKind[] = ["reset"];

/** Jobs that are confirmed although no whole ticket came out. */
const falseConfirmations = ({ jobs }: FaultyRun) =>
	jobs.filter(({ state, wholePapers }) => state === "confirmed" && wholePapers === 0);

/**
 * Jobs with more than one whole paper of the same copy: the second paper has no reprint mark.
 */
const unmarkedDoubles = ({ jobs }: FaultyRun) => jobs.filter(({ wholePapers }) => wholePapers > 1);

/** Printed before anything is checked, so that a run that is ended early still says what it found. */
const summarize = (run: FaultyRun) =>
	`${run.jobs.length} jobs, ${run.torn} torn papers, ${falseConfirmations(run).length} falsely confirmed, ${unmarkedDoubles(run).length} unmarked doubles`;

const unsettled = ({ jobs }: FaultyRun) =>
	jobs.filter(({ state }) => state !== "confirmed" && state !== "doubtful" && state !== "reprinted");

/** Those that differ for a printer that takes its picture row by row. */
const RASTER_FAULTS: readonly FaultKind[] = ["paper-out", "power-loss", "refuses", "replug", "reset", "lost-reply"];

const cases = FAULT_KINDS.flatMap((kind) => [
	{ kind, dialect: "epson" as DialectName },
	{ kind, dialect: "star" as DialectName },
	...(RASTER_FAULTS.includes(kind) ? [{ kind, dialect: "star-raster" as DialectName }] : []),
]);

test.each(cases)(
	`$kind at every second of ${JOBS} tickets, $dialect: no false confirmation, no unmarked double`,
	{ timeout: 20_000 + JOBS * 300 },
	async ({ kind, dialect }) => {
		const harmless = isHarmless(kind, dialect);
		const run = await printThroughFaults(kind, dialect, JOBS, seededRandom(SEED), harmless);
		const confirmed = run.jobs.filter(({ state }) => state === "confirmed").length;
		const doubted = run.jobs.length - confirmed;
		console.log(
			`${kind} ${dialect}: ${run.jobs.length} jobs, ${confirmed} confirmed, ${doubted} doubtful, ${run.torn} torn papers, ${falseConfirmations(run).length} falsely confirmed, ${unmarkedDoubles(run).length} unmarked doubles`,
		);
		expect(falseConfirmations(run)).toEqual([]);
		expect(unmarkedDoubles(run)).toEqual([]);
		expect(unsettled(run)).toEqual([]);
		expect(run.confirmation.kind).toBe("agrees");
		if (!GARBLING.includes(kind)) expect(run.violations).toEqual([]);
		// The fault did happen, and tickets after it came out intact.
		if (harmless) expect(doubted).toBe(0);
		else if (kind !== "mixed-reply") {
			expect(doubted).toBeGreaterThan(0);
			expect(run.confirmedAfterDoubt).toBeGreaterThan(0);
		}
		expect(run.last).toMatchObject({ state: "confirmed", wholePapers: 1 });
	},
);

const WEAK_PRINTERS: readonly (readonly Behaviour[])[] = [
	["clone-no-id"],
	["clone-no-id", "no-processed"],
	["clone-no-id", "only-eot-1"],
	["clone-no-id", "answers-twice"],
];
/** Odd answers of printers that can confirm: they cost time or nothing, never a proof. */
const ODD_PRINTERS: readonly (readonly Behaviour[])[] = [
	["answers-twice"],
	["asb-between"],
	["no-eot-3"],
	["only-eot-1"],
];

test.each(
	ODD_PRINTERS.flatMap((behaviours) => (["paper-out", "power-loss"] as const).map((kind) => ({ kind, behaviours }))),
)(
	"$behaviours, $kind: no false confirmation, no unmarked double, nothing blocked",
	{ timeout: 20_000 + JOBS * 600 },
	async ({ kind, behaviours }) => {
		const run = await printThroughFaults(kind, "epson", JOBS, seededRandom(SEED), false, behaviours);
		console.log(`${behaviours.join(",")} ${kind}: ${summarize(run)}`);
		expect(falseConfirmations(run)).toEqual([]);
		expect(unmarkedDoubles(run)).toEqual([]);
		expect(unsettled(run)).toEqual([]);
		expect(run.confirmation.kind).toBe("agrees");
		expect(run.last?.wholePapers).toBe(1);
	},
);

const WEAK_FAULTS: readonly FaultKind[] = ["paper-out", "power-loss", "refuses", "replug"];

test.each(WEAK_PRINTERS.flatMap((behaviours) => WEAK_FAULTS.map((kind) => ({ kind, behaviours }))))(
	"$behaviours, $kind: nothing is confirmed, nothing is doubled, nothing is blocked",
	{ timeout: 20_000 + JOBS * 600 },
	async ({ kind, behaviours }) => {
		const run = await printThroughFaults(kind, "epson", Math.ceil(JOBS / 2), seededRandom(SEED), false, behaviours);
		console.log(`${behaviours.join(",")} ${kind}: ${summarize(run)}`);
		expect(run.jobs.filter(({ state }) => state === "confirmed")).toEqual([]);
		expect(unmarkedDoubles(run)).toEqual([]);
		expect(unsettled(run)).toEqual([]);
		expect(run.confirmation.kind).toBe("agrees");
		expect(["doubtful", "reprinted"]).toContain(run.last?.state);
		expect(run.last?.wholePapers).toBe(1);
	},
);
