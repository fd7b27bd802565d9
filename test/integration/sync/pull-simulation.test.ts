import { afterAll, beforeAll, expect, test } from "vitest";
import { openDocuments } from "../../../server/documents/documents.ts";
import { makeSigningKey, type SigningKeys } from "../../../server/documents/signing-keys.ts";
import { type SeededPullError, simulatePull } from "../../fixtures/pull-simulation.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";

/** PAIHAO_TEST_PULL_RUNS sets how many simulations run; PAIHAO_SEED repeats a run. */
const SIMULATIONS = Number(process.env.PAIHAO_TEST_PULL_RUNS ?? 12);
const FIRST_SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);
const START = Date.UTC(2026, 10, 23);
const DAY = 24 * 3_600_000;

const keys: SigningKeys = { current: makeSigningKey(), next: makeSigningKey() };
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let started = 0;

beforeAll(async () => {
	opened = await openTestDatabase();
	await openDocuments(opened.database).introduce(keys);
}, 60_000);
afterAll(() => opened?.close(), 60_000);

/** Each simulation begins a day after the one before: all share the documents, and a version is a moment. */
function simulate(seed: number, seeded: SeededPullError) {
	started += 1;
	const from = START + started * DAY;
	return simulatePull({ database: opened.database, keys }, { seed, seeded, from });
}

test("whatever happens to network, station and server: a command is executed once, and a version never falls", {
	timeout: 3_600_000,
}, async () => {
	console.log(`simulations from seed ${FIRST_SEED} (PAIHAO_SEED repeats them)`);
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SIMULATIONS; seed += 1)
		expect({ seed, violations: await simulate(seed, "none") }).toEqual({ seed, violations: [] });
});

test.for(["numbers-of-the-database", "versions-of-the-database"] as const)(
	"a seeded error is found: %s",
	{ timeout: 600_000 },
	async (seeded) => {
		for (let seed = FIRST_SEED; seed < FIRST_SEED + 200; seed += 1) {
			const violations = await simulate(seed, seeded);
			if (violations.length === 0) continue;
			console.log(`${seeded}: ${violations[0]} in simulation ${seed - FIRST_SEED + 1}`);
			return;
		}
		throw new Error(`200 simulations from seed ${FIRST_SEED} did not find it.`);
	},
);
