import { expect, test } from "vitest";
import { FAULT_KINDS, type FaultKind } from "../../../../../printer-simulator/fault-injection.ts";
import { type DialectName, type FaultyRun, printThroughFaults } from "../../../../fixtures/fault-harness.ts";
import { seededRandom } from "../../../../fixtures/seeded-random.ts";

/** `npm run test:long` runs more: PAIHAO_TEST_JOBS for each fault and language. */
const JOBS = Number(process.env.PAIHAO_TEST_JOBS ?? 12);
const SEED = Number(process.env.PAIHAO_SEED ?? Date.now() % 2 ** 31);
console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);

/**
 * What only changes how answers arrive must not make a single ticket doubtful. Star's answer about its
 * counter is not told from a state within its last two bytes, which may look like anything: then doubtful.
 */
const isHarmless = (kind: FaultKind, dialect: DialectName) =>
	kind === "split-reply" || (kind === "mixed-reply" && dialect === "epson");
/** A printer that forgot the beginning of a picture meets its rest as commands: it must say so. */
const GARBLING: readonly FaultKind[] = ["reset"];

/** Paper lies where the ledger says "confirmed" and no whole ticket came out. */
const claimedInVain = ({ jobs }: FaultyRun) =>
	jobs.filter(({ state, wholePapers }) => state === "confirmed" && wholePapers === 0);

/**
 * An unmarked double: two whole papers of the same copy of a ticket, so without the reprint's mark
 * on the second, where the ledger shows fewer sendings than papers. Stricter here: more than one.
 */
const unmarkedDoubles = ({ jobs }: FaultyRun) => jobs.filter(({ wholePapers }) => wholePapers > 1);

const unsettled = ({ jobs }: FaultyRun) =>
	jobs.filter(({ state }) => state !== "confirmed" && state !== "doubtful" && state !== "reprinted");

const cases = FAULT_KINDS.flatMap((kind) => [
	{ kind, dialect: "epson" as DialectName },
	{ kind, dialect: "star" as DialectName },
]);

test.each(cases)(
	`$kind at every second of ${JOBS} tickets, $dialect: no paper lies, none is doubled`,
	{ timeout: 20_000 + JOBS * 300 },
	async ({ kind, dialect }) => {
		const harmless = isHarmless(kind, dialect);
		const run = await printThroughFaults(kind, dialect, JOBS, seededRandom(SEED), harmless);
		const confirmed = run.jobs.filter(({ state }) => state === "confirmed").length;
		const doubted = run.jobs.length - confirmed;
		console.log(
			`${kind} ${dialect}: ${run.jobs.length} jobs, ${confirmed} confirmed, ${doubted} doubtful, ${run.torn} torn papers, ${claimedInVain(run).length} claimed in vain, ${unmarkedDoubles(run).length} unmarked doubles`,
		);
		expect(claimedInVain(run)).toEqual([]);
		expect(unmarkedDoubles(run)).toEqual([]);
		expect(unsettled(run)).toEqual([]);
		expect(run.confirmation.kind).toBe("agrees");
		if (!GARBLING.includes(kind)) expect(run.violations).toEqual([]);
		// The fault did happen, and what came after it came out intact.
		if (harmless) expect(doubted).toBe(0);
		else if (kind !== "mixed-reply") {
			expect(doubted).toBeGreaterThan(0);
			expect(run.confirmedAfterDoubt).toBeGreaterThan(0);
		}
		expect(run.last).toMatchObject({ state: "confirmed", wholePapers: 1 });
	},
);
