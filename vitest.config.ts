import { defineConfig } from "vitest/config";

/** Whole programs, browsers and clocks: one file at a time, after all the others, so that nothing else is timed. */
const ALONE = ["test/journeys/**/*.test.ts", "test/**/*.alone.test.ts"];

export default defineConfig({
	test: {
		reporters: ["default", "./scripts/tally-reporter.ts"],
		projects: [
			{
				test: {
					name: "rooms",
					include: ["test/**/*.test.ts"],
					exclude: ALONE,
					environment: "node",
					testTimeout: 30_000,
					hookTimeout: 20_000,
					expect: { poll: { timeout: 5_000 } },
					maxWorkers: 2,
					sequence: { groupOrder: 0 },
				},
			},
			{
				test: {
					name: "alone",
					include: ALONE,
					environment: "node",
					testTimeout: 60_000,
					hookTimeout: 60_000,
					expect: { poll: { timeout: 20_000 } },
					fileParallelism: false,
					sequence: { groupOrder: 1 },
				},
			},
		],
	},
});
