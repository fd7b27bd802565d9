// What `npm run test:long` runs: the tests that have a long form, in it. The short, seeded forms are part
// of `npm test`. What each file came to is written into docs/benchmarks/evidence.md.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findNode24, root } from "../bin/node24.mjs";
import { checkModel } from "./check-model.mjs";

const LONG = {
	PAIHAO_TEST_KILLS: "200",
	PAIHAO_TEST_JOBS: "500",
	PAIHAO_TEST_SYNC_RUNS: "2000",
	PAIHAO_TEST_PULL_RUNS: "500",
	PAIHAO_TEST_SYNC_KILLS: "40",
	PAIHAO_TEST_CUTS: "2",
	PAIHAO_TEST_WINDOW_KILLS: "200",
	PAIHAO_TEST_PACKAGES: "1",
	PAIHAO_TEST_LANGUAGES: "all",
	PAIHAO_TEST_SCREENS: "all",
	PAIHAO_TEST_WAIT_DAYS: "120",
	PAIHAO_TEST_STRANDED_DAYS: "30",
	PAIHAO_TEST_LISTS: "20000",
	PAIHAO_TEST_DAYS: "1000",
	PAIHAO_TEST_REQUESTS: "100000",
	PAIHAO_TEST_ACTS: "100000",
	PAIHAO_TEST_STEP_KILLS: "115",
};

const node = findNode24() ?? process.execPath;
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const files =
	process.argv.length > 2
		? process.argv.slice(2)
		: [
				"test/integration/crash.serial.test.ts",
				"test/integration/killed-at-write/killed-at-write.serial.test.ts",
				"test/e2e/kiosk-window/kiosk-window.serial.test.ts",
				"test/integration/packages/debian.serial.test.ts",
				"test/e2e/ticket.test.ts",
				"test/e2e/kiosk-screens.test.ts",
				"test/e2e/board-layout.test.ts",
				"test/unit/station/printing/queue/fault-proof.test.ts",
				"test/unit/station/printing/queue/behaviour-proof.test.ts",
				"test/unit/station/printing/render/widths.test.ts",
				"test/unit/station/waits/evaluate.test.ts",
				"test/integration/sync/sync-simulation.test.ts",
				"test/integration/sync/pull-simulation.test.ts",
				"test/unit/station/appointments/random-lists.test.ts",
				"test/unit/station/clock/random-days.test.ts",
				"test/unit/station/http/ticket-life.test.ts",
				"test/unit/station/http/contract-fuzz.test.ts",
				"test/integration/server/contract-fuzz.test.ts",
				"test/integration/sync.serial.test.ts",
				"test/integration/server-restored.test.ts",
				"test/e2e/kiosk-unavailable.test.ts",
				"test/integration/power-cut/power-cut.test.ts",
			];
const reporters = ["--reporter", "default", "--reporter", join(root, "scripts", "evidence-reporter.ts")];
const { status } = spawnSync(node, [vitest, "run", ...reporters, ...files], {
	cwd: root,
	stdio: "inherit",
	env: { ...LONG, ...process.env },
});
process.exitCode = status ?? 1;

// The walks of the sync, a process for every 2,000: a disk in memory is not given back to the system before its process ends.
const SIMULATIONS = { inAll: 100_000, each: 2_000, firstSeed: 1 };
for (
	let scanned = 0;
	process.exitCode === 0 && process.argv.length === 2 && scanned < SIMULATIONS.inAll;
	scanned += SIMULATIONS.each
) {
	const seed = String(SIMULATIONS.firstSeed + scanned);
	const walks = { PAIHAO_TEST_SYNC_RUNS: String(SIMULATIONS.each), PAIHAO_SEED: seed };
	const part = spawnSync(
		node,
		[vitest, "run", "test/integration/sync/sync-simulation.test.ts", "-t", "whatever happens"],
		{
			cwd: root,
			stdio: "inherit",
			env: { ...process.env, ...walks },
		},
	);
	process.exitCode = part.status ?? 1;
}

// The protocol of the sync, every state of it.
if (process.exitCode === 0 && process.argv.length === 2 && checkModel() !== true) process.exitCode = 1;
