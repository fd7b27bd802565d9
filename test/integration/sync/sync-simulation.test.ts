import { expect, test } from "vitest";
import { type Seeded, simulateSync } from "../../fixtures/sync-simulation.ts";

/** `npm run test:long` runs 100,000 simulations, 2,000 in a process; PAIHAO_SEED repeats a run. */
const SIMULATIONS = Number(process.env.PAIHAO_TEST_SYNC_RUNS ?? 150);
const FIRST_SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);

test("whatever happens to network, disks, clocks and server: nothing is lost, nothing is doubled", {
	timeout: 7_200_000,
}, async () => {
	console.log(`simulations from seed ${FIRST_SEED} (PAIHAO_SEED repeats them)`);
	let lost = 0;
	let doubled = 0;
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SIMULATIONS; seed += 1) {
		const confirmation = await simulateSync(seed, "none");
		if (confirmation.lost + confirmation.doubled > 0)
			throw new Error(
				`seed ${seed}: ${confirmation.lost} lost, ${confirmation.doubled} doubled: ${confirmation.story.join("; ")}`,
			);
		lost += confirmation.lost;
		doubled += confirmation.doubled;
	}
	console.log(`${SIMULATIONS} simulations: ${lost} lost, ${doubled} doubled`);
	expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
});

const SEEDED: readonly Exclude<Seeded, "none">[] = [
	"by-sequence",
	"clock-as-cursor",
	"no-unique-id",
	"pruned-on-acknowledgement",
	"synchronous-normal",
];

test.for(SEEDED)("a seeded error is found: %s", { timeout: 600_000 }, async (seeded) => {
	// As many simulations as it takes: one that finds the error proves that the check works.
	for (let seed = FIRST_SEED; seed < FIRST_SEED + 3_000; seed += 1) {
		const { lost, doubled } = await simulateSync(seed, seeded);
		if (lost + doubled === 0) continue;
		console.log(`${seeded}: ${lost} lost, ${doubled} doubled in simulation ${seed - FIRST_SEED + 1}`);
		return;
	}
	throw new Error(`3,000 simulations from seed ${FIRST_SEED} did not find it.`);
});
