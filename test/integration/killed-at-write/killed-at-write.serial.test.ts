import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { seededRandom } from "../../../lib/seeded-random.ts";
import { emptyFolder, TOP } from "../../fixtures/station-folder.ts";
import { type Attempt, openSteps } from "./steps.ts";
import { canStopAtWrites, openWriteStop, type WriteStop } from "./write-stop.ts";

/* Real programs, killed at any change that they make to their files, or on a disk that is full from there on. */

/** Of each step; `npm run test:long` kills and fills more often. */
const EACH = Number(process.env.PAIHAO_TEST_STEP_KILLS ?? 1);
const LONG = process.env.PAIHAO_TEST_STEP_KILLS !== undefined;
/** The short form goes the same way each time, the long one a new way. */
const SEED = Number(process.env.PAIHAO_SEED ?? (LONG ? Date.now() % 2 ** 31 : 20_261_201));
const FILLS = Math.ceil(EACH / 4);
/** Of the short form; all of them in the long one. */
const SHORT_STEPS = ["backup", "restore"];

interface Ended {
	code: number | null;
	signal: NodeJS.Signals | null;
	stderr: string;
}

/** Runs a command until it ends; a station until it says that it is ready, which is then killed as well. */
async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended & { isReady: boolean }> {
	const child = spawn(process.execPath, [join(TOP, "bin/paihao.mjs"), ...args], {
		env: { PATH: process.env.PATH, HOME: process.env.HOME, PAIHAO_FIRST_START: "skip", ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
	let stderr = "";
	let isReady = false;
	child.stderr.setEncoding("utf8").on("data", (text: string) => {
		stderr += text;
	});
	child.stdout.setEncoding("utf8").on("data", (text: string) => {
		if (!text.includes('"ready":')) return;
		isReady = true;
		child.kill("SIGKILL");
	});
	const [code, signal] = await closed;
	return { code, signal, stderr, isReady };
}

/** Gives the command again, as IT does after a crash, and looks at what is there. */
async function requireAgain({ args, doneCode, check }: Attempt, isDone: boolean): Promise<void> {
	const { code, stderr, isReady } = await run(args);
	const mayBeDone = isDone && doneCode !== undefined && stderr.includes(`[${doneCode}]`);
	expect(isReady || code === 0 || mayBeDone, stderr).toBe(true);
	await check();
}

async function inEach(
	root: string,
	{ stop, times, how }: { stop: WriteStop; times: number; how: "killed" | "full" },
	requireEnd: (ended: Ended & { isReady: boolean }) => boolean,
): Promise<Record<string, string>> {
	const random = seededRandom(SEED);
	const outcomes: Record<string, string> = {};
	const faults: string[] = [];
	const steps = Object.entries(await openSteps(root, onTestFinished));
	for (const [name, { changes, prepare }] of steps.filter(([name]) => LONG || SHORT_STEPS.includes(name))) {
		let hits = 0;
		for (let count = 0; count < times; count += 1) {
			const to = join(root, `${how}-${name.replaceAll(" ", "-")}-${count}`);
			mkdirSync(to);
			const attempt = await prepare(to);
			const change = 1 + Math.floor(((count + random()) / times) * changes);
			stop.rest();
			if (how === "killed") stop.killAt(change);
			else stop.fillAt(change);
			try {
				const ended = await run(attempt.args, stop.env(to));
				if (requireEnd(ended)) hits += 1;
				stop.rest();
				await requireAgain(attempt, true);
			} catch (error) {
				faults.push(`${name}, ${how} at change ${change}: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
		outcomes[name] = `${hits} of ${times}`;
	}
	expect(faults).toEqual([]);
	return outcomes;
}

test.runIf(canStopAtWrites || LONG)(
	"killed at any change to its files, a command is given again: nothing is lost, doubled or left half",
	{ timeout: 60_000 + EACH * 200_000 },
	async () => {
		console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);
		const root = emptyFolder();
		const outcomes = await inEach(
			root,
			{ stop: openWriteStop(), times: EACH, how: "killed" },
			({ signal, isReady }) => {
				return signal === "SIGKILL" && !isReady;
			},
		);
		console.log(JSON.stringify({ killed: outcomes }));
	},
);

test.runIf(canStopAtWrites && LONG)(
	"on a disk that is full from any change on, a command says so in one sentence and works once there is room",
	{ timeout: 60_000 + EACH * 200_000 },
	async () => {
		console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);
		const root = emptyFolder();
		const outcomes = await inEach(
			root,
			{ stop: openWriteStop(), times: FILLS, how: "full" },
			({ code, stderr, isReady }) => {
				if (isReady || code === 0) return false;
				expect(stderr.trim().split("\n"), stderr).toHaveLength(1);
				expect(stderr).toMatch(/^paihao[ a-z-]*: .+ \[[A-Z_]+\]\n$/);
				expect(stderr).not.toContain("[BUG]");
				return true;
			},
		);
		console.log(JSON.stringify({ full: outcomes }));
	},
);
