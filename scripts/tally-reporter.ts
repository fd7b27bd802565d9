import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** Counts what passed, failed and was skipped into the file named by PAIHAO_TALLY, for `scripts/test.mjs`. */
export default class TallyReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
		const file = process.env.PAIHAO_TALLY;
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
		writeFileSync(file, JSON.stringify(tally));
	}
}
