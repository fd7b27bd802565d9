import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Kills processes, has a machine's screen and keys, or replaces a module: after all the others. */
const SERIAL = ["test/**/*.serial.test.ts"];
/** They wait more than they work: two at a time, but one where `npm run test:long` measures or Electron has the screen. */
const isAlone = process.env.PAIHAO_TEST_WINDOW_KILLS !== undefined || process.env.PAIHAO_TEST_ELECTRON !== undefined;

/**
 * Most files wait more than they work, for a browser, a timer or a program to start: two a core keep it busy. At
 * least four, so that the slowest file overlaps with others.
 */
const maxWorkers = Math.max(4, availableParallelism());
const parallel = {
	environment: "node",
	maxWorkers,
	exclude: SERIAL,
	sequence: { groupOrder: 0 },
	// Tests leave no state behind in modules, and much of their time was loading them once more for each file.
	isolate: false,
} as const;

/** No project retries: a test that passes at the second try has found something. */
export default defineConfig({
	test: {
		reporters: ["default", "./scripts/tally-reporter.ts"],
		projects: [
			{
				test: {
					...parallel,
					name: "unit",
					include: ["test/unit/**/*.test.ts"],
					testTimeout: 30_000,
					hookTimeout: 30_000,
					expect: { poll: { timeout: 10_000 } },
				},
			},
			{
				/** Whole programs without a browser; a server's file starts its own PostgreSQL. */
				test: {
					...parallel,
					name: "integration",
					include: ["test/integration/**/*.test.ts"],
					testTimeout: 120_000,
					hookTimeout: 60_000,
					expect: { poll: { timeout: 30_000 } },
				},
			},
			{
				/** Whole programs and a browser. */
				test: {
					...parallel,
					name: "e2e",
					include: ["test/e2e/**/*.test.ts", "test/visual/**/*.test.ts"],
					testTimeout: 120_000,
					hookTimeout: 60_000,
					expect: { poll: { timeout: 30_000 } },
				},
			},
			{
				test: {
					name: "serial",
					include: SERIAL,
					environment: "node",
					testTimeout: 60_000,
					hookTimeout: 60_000,
					expect: { poll: { timeout: 20_000 } },
					maxWorkers: isAlone ? 1 : 2,
					sequence: { groupOrder: 1 },
				},
			},
		],
	},
});
