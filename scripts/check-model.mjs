// Checks models/sync.pml with spin (https://spinroot.com): every state within its bounds, and that each fault which is
// put in is found. Needs spin and gcc (Debian: apt-get install spin gcc); says so where they are not there.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../bin/node24.mjs";

/** What a naive design would do, and what goes wrong with it. */
const FAULTS = {
	ERROR_NO_HASH: "the server compares how many events there are, not which",
	ERROR_NO_UNIQUE: "the server does not hold an event's id to be unique",
	ERROR_TRUST_KNOWN: "the server believes that what is called known is there",
	ERROR_TRUST_BEYOND: "the station believes that a stream which goes on at the server is its own",
	ERROR_PRUNE: "the station forgets what was acknowledged",
};

/** Megabytes, steps. */
const BOUNDS = { memory: 12_000, depth: 2_000_000 };

/** Events by all machines, and how often the server is turned back. */
const SIZES = [
	{ events: 3, rollbacks: 1 },
	{ events: 2, rollbacks: 2 },
];

/** @returns {boolean | undefined} whether the model holds and bites; undefined where spin or gcc is not there */
export function checkModel(log = console.log) {
	const absent = ["spin", "gcc"].filter((program) => spawnSync(program, ["-V"]).error);
	if (absent.length > 0) {
		log(
			`models/sync.pml was not checked: ${absent.join(" and ")} is not installed (Debian: apt-get install spin gcc).`,
		);
		return undefined;
	}
	const sound = SIZES.map((size) =>
		report(check([], size), `as it is built, ${size.events} events, turned back ${size.rollbacks} times`, 0),
	);
	const bites = Object.entries(FAULTS).map(([fault, words]) => {
		// The smallest in which it can be found: to be wrong about what is known takes being turned back twice.
		const size = fault === "FAULT_TRUST_KNOWN" ? SIZES[1] : SIZES[0];
		return report(check([fault], size), `${fault}: ${words}`, 1);
	});
	return [...sound, ...bites].every(Boolean);

	function report(found, what, expected) {
		const holds = found.errors === expected;
		log(
			`${holds ? "ok" : "NOT OK"}  ${what}: ${found.errors} errors, ${found.states} states, depth ${found.depth}, ${found.seconds} s${found.why}`,
		);
		return holds;
	}
}

function check(faults, { events, rollbacks }) {
	const folder = mkdtempSync(join(tmpdir(), "paihao-model-"));
	try {
		copyFileSync(join(root, "models", "sync.pml"), join(folder, "sync.pml"));
		const defines = [`-DEVENTS=${events}`, `-DROLLBACKS=${rollbacks}`, ...faults.map((fault) => `-D${fault}`)];
		run(folder, "spin", [...defines, "-a", "sync.pml"]);
		const options = ["-w", "-O1", "-DSAFETY", "-DCOLLAPSE", "-DVECTORSZ=2048", `-DMEMLIM=${BOUNDS.memory}`];
		run(folder, "gcc", [...options, "-o", "pan", "pan.c"]);
		const begun = Date.now();
		const said = run(folder, "./pan", [`-m${BOUNDS.depth}`, "-w26"]);
		const number = (pattern) => Number(pattern.exec(said)?.[1] ?? Number.NaN);
		const incomplete = /max search depth too small|out of memory|Search not completed/.test(said);
		const why = / {0,2}pan:1: (.*)/.exec(said)?.[1];
		return {
			// A search that was broken off without a finding proves nothing.
			errors: incomplete && !why ? Number.NaN : number(/errors: (\d+)/),
			states: number(/(\d+(?:\.\d+e\+\d+)?) states, stored/),
			depth: number(/depth reached (\d+)/),
			seconds: Math.round((Date.now() - begun) / 100) / 10,
			why: why === undefined ? "" : ` (${why})`,
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function run(folder, program, args) {
	const { status, stdout, stderr, error } = spawnSync(program, args, {
		cwd: folder,
		encoding: "utf8",
		maxBuffer: 64 * 1024 * 1024,
	});
	if (error || (status !== 0 && program !== "./pan")) throw new Error(`${program}: ${error ?? stdout + stderr}`);
	return stdout + stderr;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = checkModel() === false ? 1 : 0;
