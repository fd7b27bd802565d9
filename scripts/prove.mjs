// What `npm run prove` runs: the tests that have a long form, in it. The short, seeded forms are part
// of `npm test`. Results belong into docs/evidence.md.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./node24.mjs";

const LONG = {
	PAIHAO_PROVE_KILLS: "200",
	PAIHAO_PROVE_JOBS: "500",
	PAIHAO_PROVE_WALKS: "100000",
	PAIHAO_PROVE_SYNC_KILLS: "40",
};

const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const files =
	process.argv.length > 2
		? process.argv.slice(2)
		: [
				"test/journeys/crash.test.ts",
				"test/printing/faults-proof.test.ts",
				"test/sync/walks.test.ts",
				"test/journeys/sync.test.ts",
			];
const { status } = spawnSync(process.execPath, [vitest, "run", ...files], {
	cwd: root,
	stdio: "inherit",
	env: { ...LONG, ...process.env },
});
process.exitCode = status ?? 1;
