import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openStationDatabase } from "../db/station/open.ts";
import { openRandom } from "../lib/random.ts";
import { openEnrolmentStore } from "../station/app/secrets.ts";
import { openEventLog } from "../station/events/event-log.ts";
import { enrolDevice } from "../station/sync/enrolment/enrol-station.ts";
import { signToken } from "../station/sync/enrolment/station-token.ts";
import { pushStreams } from "../station/sync/push/push-streams.ts";
import { openHttpCalls } from "../station/sync/server-calls.ts";
import { openStreamRepository, type StreamRepository } from "../station/sync/stream-repository.ts";
import { idleReport } from "../test/fixtures/idle-report.ts";
import { asCounter, asSiteId } from "../test/fixtures/ids.ts";
import { median, writeFigure } from "./figure.ts";
import { openKioskClient } from "./kiosk-client.ts";
import { replicateByPouchDb } from "./pouchdb.ts";
import { type BenchServer, makeCode, startServer } from "./server-process.ts";
import { type StationProcess, startStation, TOP } from "./station-process.ts";

const EVENTS = 10_000;
const STATIONS = 8;
const TURNS = 3;
const BATCH = 500;

/** A backlog of 10,000 events from a station's SQLite to a server of its own process, beside bare inserts into the same PostgreSQL. */
export async function benchSync(): Promise<void> {
	const server = await startServer();
	try {
		// A server runs for months: the first turn of a fresh one is not counted.
		await rateOf([await openStation(server)]);
		const alone: number[] = [];
		for (let turn = 0; turn < TURNS; turn += 1) alone.push(await rateOf([await openStation(server)]));
		const together: number[] = [];
		for (let turn = 0; turn < TURNS; turn += 1)
			together.push(await rateOf(await Promise.all(Array.from({ length: STATIONS }, () => openStation(server)))));
		const bare: number[] = [];
		for (let turn = 0; turn < TURNS; turn += 1) bare.push(await bareInserts(server.database));
		const beside = {
			"bare jsonb_to_recordset inserts of 500 into the same PostgreSQL, one connection, events/s": median(bare),
			turns: TURNS,
		};
		const goal = (atLeast: number) => ({ atLeast });
		writeFigure({
			figure: `sync: ${EVENTS} events, one station to the server`,
			value: median(alone),
			unit: "events/s",
			goal: goal(50_000),
			beside,
		});
		writeFigure({
			figure: `sync: ${STATIONS} stations at once`,
			value: median(together),
			unit: "events/s",
			goal: goal(85_000),
			beside,
		});
		writeFigure({
			figure: "sync: one station by bare inserts",
			value: median(alone) / median(bare),
			unit: "ratio",
			goal: goal(0.6),
			beside,
		});
		const peer = await replicateByPouchDb(Array.from({ length: EVENTS }, (_, place) => documentOf(place)));
		writeFigure({
			figure: `sync: ${EVENTS} events, how many times slower PouchDB gives them to express-pouchdb`,
			value: median(alone) / peer,
			unit: "times",
			goal: goal(8),
			beside: { "PouchDB, events/s": peer, "ours, events/s": median(alone) },
		});
	} finally {
		await server.end();
	}
	await benchCost();
}

const documentOf = (place: number) => ({
	format: 1,
	seq: place + 1,
	id: crypto.randomUUID(),
	at: Date.now(),
	type: "ticket.called",
	data: { ticket: crypto.randomUUID(), version: 2, counter: "1", calls: 1 },
});

/** A round is longer than giving waits for quiet: its cost is in it. */
const TICKETS = 25_000;
const CLIENTS = 10;
const ROUNDS = 5;

/** What taking part in sync costs issuing: two stations that differ in nothing else, in turn. */
async function benchCost(): Promise<void> {
	const server = await startServer({ isBackground: true });
	const [alone, enrolled] = [await startStation("tcp://127.0.0.1:9"), await startStation("tcp://127.0.0.1:9")];
	try {
		const data = join(enrolled.folder, "data");
		const code = await makeCode(server, "permanent-residence-service-centre");
		const enrolment = await enrolDevice({
			server: server.origin,
			code,
			site: asSiteId("permanent-residence-service-centre"),
		});
		openEnrolmentStore(data).keepEnrolment(enrolment);
		const issueAll = async (station: StationProcess) => {
			const took = await issue(station);
			// What waits for quiet is given before the other one's turn, and costs neither.
			while (await unsent(enrolled)) await new Promise((resolve) => setTimeout(resolve, 100));
			return took;
		};
		for (const station of [alone, enrolled]) await issueAll(station);
		const ratios: number[] = [];
		let roundTook = 0;
		for (let round = 0; round < ROUNDS; round += 1) {
			// In turn the other one first: whoever comes second finds the disk as the first left it.
			const pair = round % 2 === 0 ? [alone, enrolled] : [enrolled, alone];
			const [first = 0, second = 0] = [await issueAll(pair[0] ?? alone), await issueAll(pair[1] ?? enrolled)];
			roundTook = first;
			ratios.push(round % 2 === 0 ? second / first : first / second);
		}
		writeFigure({
			figure: "sync: what it costs issuing",
			value: (median(ratios) - 1) * 100,
			unit: "%",
			goal: { atMost: 5 },
			beside: {
				rounds: ROUNDS,
				tickets: TICKETS,
				"a round, s": roundTook / 1_000,
				"least, %": (Math.min(...ratios) - 1) * 100,
				"server and PostgreSQL": "on the same processors at the lowest priority",
			},
		});
	} finally {
		await alone.end();
		await enrolled.end();
		await server.end();
	}
}

async function unsent({ origin }: StationProcess): Promise<number> {
	const health = (await (await fetch(new URL("/api/health", origin))).json()) as { sync: { unsent: number } };
	return health.sync.unsent;
}

/** Milliseconds for all tickets, by clients that ask at once. */
async function issue(station: StationProcess): Promise<number> {
	const clients = await Promise.all(Array.from({ length: CLIENTS }, () => openKioskClient(station)));
	const began = performance.now();
	await Promise.all(
		clients.map(async (client) => {
			for (let issued = 0; issued < TICKETS / CLIENTS; issued += 1) await client.issue("work-permit", "en");
			client.close();
		}),
	);
	return performance.now() - began;
}

interface BenchStation {
	log: StreamRepository;
	calls: ReturnType<typeof openHttpCalls>;
	close(): void;
}

let sites = 0;

/** An enrolled station with a backlog, in a folder of its own. */
async function openStation(server: BenchServer): Promise<BenchStation> {
	sites += 1;
	const site = asSiteId(`site-${sites}`);
	const folder = mkdtempSync(join(tmpdir(), "paihao-bench-"));
	const { database, close } = openStationDatabase(folder, join(TOP, "db/station/migrations"));
	const { id: newId } = openRandom();
	const eventLog = openEventLog(database, { newId, streamId: newId(Date.now()), site, now: Date.now() });
	for (let left = EVENTS; left > 0; left -= 1_000) {
		database.transaction(() =>
			eventLog.write((append) => {
				for (let count = 0; count < 1_000; count += 1)
					append(
						{ type: "ticket.called", data: { ticket: newId(1), version: 2, counter: asCounter("1"), calls: 1 } },
						Date.now(),
					);
			}),
		);
	}
	const code = await makeCode(server, site);
	const enrolment = await enrolDevice({ server: server.origin, code, site });
	const token = await signToken(enrolment, Date.now());
	return {
		log: openStreamRepository(database, newId),
		calls: openHttpCalls(server.origin, async () => token),
		close() {
			close();
			rmSync(folder, { recursive: true });
		},
	};
}

/** Events a second, until the server has the last of them. */
async function rateOf(stations: BenchStation[]): Promise<number> {
	const report = () => idleReport(asSiteId("bench"));
	const began = performance.now();
	const given = await Promise.all(
		stations.map(({ log, calls }) => pushStreams({ log, calls, clock: Date.now, report })),
	);
	const seconds = (performance.now() - began) / 1_000;
	for (const station of stations) station.close();
	return given.reduce((sum, { events }) => sum + events, 0) / seconds;
}

/** The same rows into a table of the same shape, with nothing checked: what this PostgreSQL can do. */
async function bareInserts(url: string): Promise<number> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query("create table if not exists bare (like event including all)");
	const station = crypto.randomUUID();
	const stream = crypto.randomUUID();
	const batches = Array.from({ length: EVENTS / BATCH }, (_, batch) =>
		JSON.stringify(
			Array.from({ length: BATCH }, (_, row) => ({
				seq: batch * BATCH + row + 1,
				id: crypto.randomUUID(),
				type: "ticket.called",
				at: 1,
				text: "x".repeat(330),
				hash: `\\x${"0".repeat(64)}`,
			})),
		),
	);
	const began = performance.now();
	for (const rows of batches) {
		await client.query(
			"insert into bare (station, stream, seq, event_id, type, at, text, hash, received_at) select $1, $2, e.seq, e.id, e.type, e.at, e.text, e.hash, 1 from jsonb_to_recordset($3::jsonb) as e(seq bigint, id uuid, type text, at bigint, text text, hash bytea)",
			[station, stream, rows],
		);
	}
	const seconds = (performance.now() - began) / 1_000;
	await client.end();
	return EVENTS / seconds;
}
