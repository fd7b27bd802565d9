import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

const SLOWEST = 10;

/**
 * Writes how many tests passed, failed and were skipped, and the slowest files, to the file named by
 * TALLY_FILE, for `scripts/test.mjs`.
 */
export default class TallyReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
		const file = process.env.TALLY_FILE;
		if (file === undefined) return;
		const tally = { passed: 0, failed: unhandled.length, skipped: 0 };
		for (const module of modules) {
			// A file that cannot even be loaded, or a failing beforeAll, has no test to count.
			tally.failed += module.errors().length;
			for (const suite of module.children.allSuites()) tally.failed += suite.errors().length;
			for (const test of module.children.allTests()) {
				const { state } = test.result();
				// "pending": its file ended before its turn came.
				tally[state === "pending" ? "failed" : state] += 1;
			}
		}
		writeFileSync(file, JSON.stringify({ ...tally, slowest: slowest(modules) }));
	}
}

function slowest(modules: readonly TestModule[]): { file: string; seconds: number }[] {
	return modules
		.map((module) => {
			const { duration, collectDuration, setupDuration } = module.diagnostic();
			return { file: module.relativeModuleId, seconds: (duration + collectDuration + setupDuration) / 1_000 };
		})
		.sort((one, other) => other.seconds - one.seconds)
		.slice(0, SLOWEST);
}
