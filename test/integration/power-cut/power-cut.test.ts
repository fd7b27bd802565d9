import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStationDatabase } from "../../../db/station/open.ts";
import { ticket } from "../../../db/station/schema/tickets.ts";
import { seededRandom } from "../../../lib/seeded-random.ts";
import { verifyFile, verifyStation } from "../../../station/events/verify.ts";
import { emptyFolder, MIGRATIONS, TOP } from "../../fixtures/station-folder.ts";
import { Disk, type DiskRecord, readRecords } from "./disk.ts";

/** `npm run test:long` cuts at every point, several times: PAIHAO_TEST_CUTS is how often at each; here at a few of them, once. */
const EACH = Number(process.env.PAIHAO_TEST_CUTS ?? 0);
const FEW = 10;
const SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);
const TICKETS = EACH > 0 ? 20 : 6;

const hasCompiler = process.platform === "linux" && spawnSync("gcc", ["--version"]).status === 0;
// The long form is a proof: what it could not play it must not leave out.
const when = hasCompiler || EACH > 0 ? test : test.skip;
if (!hasCompiler) console.log("The power cut is not played here: that takes Linux and gcc (apt-get install gcc).");

/** The writes of the real book at work, from its first start. */
function record(synchronous: "FULL" | "NORMAL"): DiskRecord[] {
	const folder = emptyFolder();
	const recorder = join(folder, "record-writes.so");
	const source = join(TOP, "test/integration/power-cut/record-writes.c");
	const compiled = spawnSync("gcc", ["-shared", "-fPIC", "-O1", "-o", recorder, source, "-ldl"], { encoding: "utf8" });
	if (compiled.status !== 0) throw new Error(compiled.stderr);
	const data = join(folder, "data");
	const log = join(folder, "writes");
	const { signal, stderr } = spawnSync(
		process.execPath,
		[join(TOP, "test/integration/power-cut/work.ts"), data, MIGRATIONS, String(TICKETS), synchronous],
		{
			encoding: "utf8",
			env: { PATH: process.env.PATH, LD_PRELOAD: recorder, PAIHAO_RECORD_FOLDER: data, PAIHAO_RECORD_LOG: log },
		},
	);
	if (signal !== "SIGKILL") throw new Error(`The book did not come to its end: ${stderr}`);
	return readRecords(readFileSync(log));
}

/** Cuts the power at points of the record; returns what was told and is gone, or does not agree, with where. */
function cut(records: readonly DiskRecord[]): { cuts: number; told: number; faults: string[] } {
	const random = seededRandom(SEED);
	const begin = records.findIndex((one) => one.kind === "mark" && one.what === "begin");
	const points = records.length - begin;
	const disk = new Disk();
	const told: string[] = [];
	const faults: string[] = [];
	let cuts = 0;
	const folder = join(emptyFolder(), "after");
	// The two ends of what a disk may do, and between them each write for itself: there, not there, or torn.
	const subset = () => [0, 1, random()][Math.floor(random() * 3)] ?? 0;
	for (const [index, one] of records.entries()) {
		disk.apply(one);
		if (index === begin) disk.settle();
		if (one.kind === "mark" && one.what.startsWith("told-")) told.push(one.what.slice("told-".length));
		if (index <= begin) continue;
		const chosen = EACH > 0 ? [() => 0, () => 1, ...Array.from({ length: EACH }, () => subset)] : [];
		if (EACH === 0 && random() < FEW / points) chosen.push([() => 0, subset][cuts % 2] ?? subset);
		for (const keeps of chosen) {
			cuts += 1;
			disk.layOut(folder, keeps);
			const wrong = faultOf(folder, told);
			if (wrong) faults.push(`after record ${index} (${one.kind}): ${wrong}`);
		}
	}
	return { cuts, told: told.length, faults };
}

function faultOf(folder: string, told: readonly string[]): string | undefined {
	try {
		const { database, close } = openStationDatabase(folder, MIGRATIONS);
		try {
			const confirmation = verifyFile(database) ?? verifyStation(database);
			if (confirmation.kind === "differs") return `${confirmation.place}: ${confirmation.what}`;
			const numbers = database.select({ number: ticket.number }).from(ticket).all();
			const there = new Set(numbers.map(({ number }) => number));
			const lost = told.filter((number) => !there.has(number));
			return lost.length > 0 ? `told and gone: ${lost.join(", ")}` : undefined;
		} finally {
			close();
		}
	} catch (error) {
		return String(error);
	}
}

when(
	"the power is cut: the station starts, verify agrees, and every ticket that was told is there",
	{
		timeout: 7_200_000,
	},
	() => {
		const { cuts, told, faults } = cut(record("FULL"));
		console.log(`${cuts} cuts, ${told} tickets told, seed ${SEED}: ${faults.length} faults`);
		expect(told).toBe(TICKETS);
		expect(cuts).toBeGreaterThan(3);
		expect(faults).toEqual([]);
	},
);

when(
	"with synchronous=NORMAL, as better-sqlite3 would have it, the same cuts lose tickets that were told",
	{
		timeout: 7_200_000,
	},
	() => {
		const { cuts, faults } = cut(record("NORMAL"));
		console.log(`synchronous=NORMAL: ${cuts} cuts, ${faults.length} with a loss`);
		expect(faults.filter((one) => one.includes("told and gone"))).not.toEqual([]);
	},
);
