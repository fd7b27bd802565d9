import { afterAll, beforeAll, expect, test } from "vitest";
import { openDocuments } from "../../../server/documents/documents.ts";
import { makeSigningKey, type SigningKeys } from "../../../server/documents/signing-keys.ts";
import { type SeededTaking, simulatePull } from "../../fixtures/pull-simulation.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";

/** PAIHAO_TEST_PULL_RUNS walks longer; PAIHAO_SEED repeats a run. */
const SIMULATIONS = Number(process.env.PAIHAO_TEST_PULL_RUNS ?? 12);
const FIRST_SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);
const START = Date.UTC(2026, 10, 23);
const DAY = 24 * 3_600_000;

const keys: SigningKeys = { current: makeSigningKey(), next: makeSigningKey() };
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let scanned = 0;

beforeAll(async () => {
	opened = await openTestDatabase();
	await openDocuments(opened.database).introduce(keys);
}, 60_000);
afterAll(() => opened?.close(), 60_000);

/** Each walk is later than the one before, as documents are everybody's. */
function walk(seed: number, seeded: SeededTaking) {
	scanned += 1;
	const from = START + scanned * DAY;
	return simulatePull({ database: opened.database, keys }, { seed, seeded, from });
}

test("whatever happens to network, station and server: a command is carried out once, and a version never falls", {
	timeout: 3_600_000,
}, async () => {
	console.log(`walks from seed ${FIRST_SEED} (PAIHAO_SEED repeats them)`);
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SIMULATIONS; seed += 1)
		expect({ seed, wrong: await walk(seed, "none") }).toEqual({ seed, wrong: [] });
});

test.for(["numbers-of-the-database", "versions-of-the-database"] as const)(
	"a fault that is put in is found: %s",
	{ timeout: 600_000 },
	async (seeded) => {
		for (let seed = FIRST_SEED; seed < FIRST_SEED + 200; seed += 1) {
			const wrong = await walk(seed, seeded);
			if (wrong.length === 0) continue;
			console.log(`${seeded}: ${wrong[0]} in walk ${seed - FIRST_SEED + 1}`);
			return;
		}
		throw new Error(`200 walks from seed ${FIRST_SEED} did not find it.`);
	},
);
