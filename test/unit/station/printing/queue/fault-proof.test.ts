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

const unsettled = ({ jobs }: FaultyRun) =>
	jobs.filter(({ state }) => state !== "confirmed" && state !== "doubtful" && state !== "reprinted");

const cases = FAULT_KINDS.flatMap((kind) => [
	{ kind, dialect: "epson" as DialectName },
	{ kind, dialect: "star" as DialectName },
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
];
const WEAK_FAULTS: readonly FaultKind[] = ["paper-out", "power-loss", "refuses", "replug"];

test.each(WEAK_PRINTERS.flatMap((behaviours) => WEAK_FAULTS.map((kind) => ({ kind, behaviours }))))(
	"$behaviours, $kind: nothing is confirmed, nothing is doubled, nothing is blocked",
	{ timeout: 20_000 + JOBS * 600 },
	async ({ kind, behaviours }) => {
		const run = await printThroughFaults(kind, "epson", Math.ceil(JOBS / 2), seededRandom(SEED), false, behaviours);
		expect(run.jobs.filter(({ state }) => state === "confirmed")).toEqual([]);
		expect(unmarkedDoubles(run)).toEqual([]);
		expect(unsettled(run)).toEqual([]);
		expect(run.confirmation.kind).toBe("agrees");
		expect(["doubtful", "reprinted"]).toContain(run.last?.state);
		expect(run.last?.wholePapers).toBe(1);
	},
);
