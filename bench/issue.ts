import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { median, writeFigure } from "./figure.ts";
import { openKioskClient } from "./kiosk-client.ts";
import { type StationProcess, startStation } from "./station-process.ts";

const SEQUENTIAL = 500;
const CLIENTS = 10;
const TOGETHER = 3_000;
const ROUNDS = 5;
/** A station that has been open since the morning: compiled, and its log at full length. */
const WARM_UP = 2_000;

/**
 * Issues tickets over HTTP, each durable on disk before its answer. The printer is switched off and the
 * jobs are queued: paper takes a second a ticket, so no printer could follow.
 */
export async function benchIssue(): Promise<void> {
	const station = await startStation("tcp://127.0.0.1:9");
	try {
		await issueInTurn(station, WARM_UP);
		const inTurn: number[] = [];
		const together: number[] = [];
		const bare: number[] = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			inTurn.push(await issueInTurn(station, SEQUENTIAL));
			together.push(await issueTogether(station, TOGETHER));
			bare.push(bareInserts(station.folder, SEQUENTIAL));
		}
		const seconds = median(inTurn);
		const bareSeconds = median(bare);
		writeFigure({
			figure: `issue: ${SEQUENTIAL} tickets over HTTP, one after another`,
			value: seconds,
			unit: "s",
			goal: { atMost: 0.7 },
			beside: {
				"bare durable SQLite inserts, s": bareSeconds,
				ratio: seconds / bareSeconds,
				"MADO-queue as measured before, not durable, s": 1.1,
			},
		});
		writeFigure({
			figure: `issue: ${CLIENTS} clients at once over HTTP`,
			value: TOGETHER / median(together),
			unit: "tickets/s",
			goal: { atLeast: 1_500 },
			beside: {
				"bare durable SQLite inserts/s": SEQUENTIAL / bareSeconds,
				ratio: TOGETHER / median(together) / (SEQUENTIAL / bareSeconds),
			},
		});
	} finally {
		await station.end();
	}
}

async function issueInTurn(station: StationProcess, count: number): Promise<number> {
	const client = await openKioskClient(station);
	const began = performance.now();
	for (let issued = 0; issued < count; issued += 1) await client.issue("language-learning", "en");
	client.close();
	return (performance.now() - began) / 1_000;
}

async function issueTogether(station: StationProcess, count: number): Promise<number> {
	const clients = await Promise.all(Array.from({ length: CLIENTS }, () => openKioskClient(station)));
	const began = performance.now();
	await Promise.all(
		clients.map(async (client) => {
			for (let issued = 0; issued < count / CLIENTS; issued += 1) await client.issue("work-permit", "en");
			client.close();
		}),
	);
	return (performance.now() - began) / 1_000;
}

/** The floor: one row, one durable commit, no HTTP, same disk. */
function bareInserts(folder: string, count: number): number {
	const place = mkdtempSync(join(folder, "bare-"));
	const database = new Database(join(place, "bare.db"));
	database.pragma("journal_mode = WAL");
	database.pragma("synchronous = FULL");
	database.exec("create table ticket (number text)");
	const insert = database.prepare("insert into ticket values (?)");
	const began = performance.now();
	for (let row = 0; row < count; row += 1) insert.run(`A${row}`);
	const seconds = (performance.now() - began) / 1_000;
	database.close();
	rmSync(place, { recursive: true });
	return seconds;
}
