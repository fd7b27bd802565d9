import { expect, test } from "vitest";
import { type Seeded, walk } from "../../fixtures/sync-simulation.ts";

/** `npm run test:long` walks 100,000 times, 2,000 in a process; PAIHAO_SEED repeats a run. */
const SIMULATIONS = Number(process.env.PAIHAO_TEST_SYNC_RUNS ?? 150);
const FIRST_SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);

test("whatever happens to network, disks, clocks and server: nothing is lost, nothing is doubled", {
	timeout: 7_200_000,
}, async () => {
	console.log(`walks from seed ${FIRST_SEED} (PAIHAO_SEED repeats them)`);
	let lost = 0;
	let doubled = 0;
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SIMULATIONS; seed += 1) {
		const confirmation = await walk(seed, "none");
		if (confirmation.lost + confirmation.doubled > 0)
			throw new Error(
				`seed ${seed}: ${confirmation.lost} lost, ${confirmation.doubled} doubled: ${confirmation.story.join("; ")}`,
			);
		lost += confirmation.lost;
		doubled += confirmation.doubled;
	}
	console.log(`${SIMULATIONS} walks: ${lost} lost, ${doubled} doubled`);
	expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
});

const SEEDED: readonly Exclude<Seeded, "none">[] = [
	"by-sequence",
	"clock-as-cursor",
	"no-unique-id",
	"pruned-on-acknowledgement",
	"synchronous-normal",
];

test.for(SEEDED)("a fault that is put in is found: %s", { timeout: 600_000 }, async (seeded) => {
	// As many walks as it takes: the model is known to bite when one of them finds it.
	for (let seed = FIRST_SEED; seed < FIRST_SEED + 3_000; seed += 1) {
		const { lost, doubled } = await walk(seed, seeded);
		if (lost + doubled === 0) continue;
		console.log(`${seeded}: ${lost} lost, ${doubled} doubled in walk ${seed - FIRST_SEED + 1}`);
		return;
	}
	throw new Error(`3,000 walks from seed ${FIRST_SEED} did not find it.`);
});
