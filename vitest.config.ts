import { defineConfig } from "vitest/config";

/** What kills processes, or counts on what the machine does meanwhile: one file at a time, after all the others. */
const SERIAL = [
	"test/integration/crash.test.ts",
	"test/integration/print-crash.test.ts",
	"test/integration/sync.test.ts",
	"test/**/*.serial.test.ts",
];
/** A PostgreSQL for each file, two at a time: nothing in them counts on what the machine does meanwhile. */
const SERVERS = ["test/integration/server/**/*.serial.test.ts", "test/integration/sync/**/*.serial.test.ts"];
/** Whole programs and browsers: two files at a time, since each waits more than it works. */
const E2E = ["test/e2e/**/*.test.ts", "test/visual/**/*.test.ts", "test/integration/*.test.ts"];

export default defineConfig({
	test: {
		reporters: ["default", "./scripts/tally-reporter.ts"],
		projects: [
			{
				test: {
					name: "unit",
					include: ["test/**/*.test.ts"],
					exclude: [...SERIAL, ...E2E],
					environment: "node",
					testTimeout: 30_000,
					hookTimeout: 30_000,
					expect: { poll: { timeout: 10_000 } },
					maxWorkers: 2,
					sequence: { groupOrder: 0 },
				},
			},
			{
				test: {
					name: "e2e",
					include: E2E,
					exclude: SERIAL,
					environment: "node",
					testTimeout: 120_000,
					hookTimeout: 60_000,
					expect: { poll: { timeout: 30_000 } },
					// Browsers on a busy machine: once more, and the report says which.
					retry: 1,
					maxWorkers: 2,
					sequence: { groupOrder: 1 },
				},
			},
			{
				test: {
					name: "servers",
					include: SERVERS,
					environment: "node",
					testTimeout: 60_000,
					hookTimeout: 60_000,
					expect: { poll: { timeout: 20_000 } },
					maxWorkers: 2,
					sequence: { groupOrder: 2 },
				},
			},
			{
				test: {
					name: "serial",
					include: SERIAL,
					exclude: SERVERS,
					environment: "node",
					testTimeout: 60_000,
					hookTimeout: 60_000,
					expect: { poll: { timeout: 20_000 } },
					fileParallelism: false,
					sequence: { groupOrder: 3 },
				},
			},
		],
	},
});
