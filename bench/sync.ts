import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { openStationDatabase } from "../db/station/open.ts";
import { openRandom } from "../station/random.ts";
import { enrolDevice } from "../station/sync/enrolment.ts";
import { give } from "../station/sync/give.ts";
import { openHttpCalls } from "../station/sync/http-calls.ts";
import { openSyncLog, type SyncLog } from "../station/sync/log.ts";
import { signToken } from "../station/sync/token.ts";
import { openStream } from "../station/tickets/stream.ts";
import { median, writeFigure } from "./figure.ts";
import { TOP } from "./station-process.ts";

const EVENTS = 10_000;
const STATIONS = 8;
const TURNS = 3;
const BATCH = 500;

/** A backlog of 10,000 events from a station's SQLite to a server of its own process, beside bare inserts into the same PostgreSQL. */
export async function benchSync(): Promise<void> {
	const server = await startServer();
	try {
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
	} finally {
		await server.end();
	}
}

interface BenchServer {
	origin: string;
	data: string;
	database: string;
	end(): Promise<void>;
}

async function startServer(): Promise<BenchServer> {
	const data = mkdtempSync(join(tmpdir(), "paihao-bench-server-"));
	chmodSync(data, 0o755);
	const flags = ["--data", data, "--port", "0", "--log-level", "error"];
	const child = spawn(process.execPath, [join(TOP, "bin/paihao.mjs"), "server", ...flags], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [line] = (await once(createInterface(child.stdout), "line")) as [string];
	return {
		origin: (JSON.parse(line) as { server: string }).server,
		data,
		database: readFileSync(join(data, "database-address"), "utf8").trim(),
		async end() {
			child.kill("SIGTERM");
			await once(child, "exit");
			rmSync(data, { recursive: true, force: true });
		},
	};
}

interface BenchStation {
	log: SyncLog;
	calls: ReturnType<typeof openHttpCalls>;
	close(): void;
}

let sites = 0;

/** An enrolled station with a backlog, in a folder of its own. */
async function openStation(server: BenchServer): Promise<BenchStation> {
	sites += 1;
	const site = `site-${sites}`;
	const folder = mkdtempSync(join(tmpdir(), "paihao-bench-"));
	const { database, close } = openStationDatabase(folder, join(TOP, "db/station/migrations"));
	const { id: newId } = openRandom();
	const stream = openStream(database, { newId, streamId: newId(Date.now()), site, now: Date.now() });
	for (let left = EVENTS; left > 0; left -= 1_000) {
		database.transaction(() =>
			stream.write((append) => {
				for (let count = 0; count < 1_000; count += 1)
					append({ type: "ticket.called", data: { ticket: newId(1), version: 2, counter: "1", calls: 1 } }, Date.now());
			}),
		);
	}
	const code = await makeCode(server, site);
	const enrolment = await enrolDevice({ server: server.origin, code, site });
	const token = await signToken(enrolment, Date.now());
	return {
		log: openSyncLog(database, newId),
		calls: openHttpCalls(server.origin, async () => token),
		close() {
			close();
			rmSync(folder, { recursive: true });
		},
	};
}

async function makeCode({ data }: BenchServer, site: string): Promise<string> {
	const child = spawn(process.execPath, [
		join(TOP, "bin/paihao.mjs"),
		"server",
		"code",
		"--data",
		data,
		"--site",
		site,
	]);
	const [line] = (await once(createInterface(child.stdout), "line")) as [string];
	return (JSON.parse(line) as { code: string }).code;
}

/** Events a second, until the server has the last of them. */
async function rateOf(stations: BenchStation[]): Promise<number> {
	const report = () => ({
		site: "bench",
		version: "0",
		catalogueVersion: null,
		unsent: 0,
		printer: "ready",
		paperNearEnd: false,
		unprinted: 0,
		waiting: 0,
		serving: 0,
		openCounters: 0,
		topics: [],
		wait: null,
	});
	const began = performance.now();
	const given = await Promise.all(stations.map(({ log, calls }) => give({ log, calls, clock: Date.now, report })));
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
				hash: "0".repeat(64),
			})),
		),
	);
	const began = performance.now();
	for (const rows of batches) {
		await client.query(
			"insert into bare (station, stream, seq, event_id, type, at, text, hash, received_at) select $1, $2, e.seq, e.id, e.type, e.at, e.text, e.hash, 1 from jsonb_to_recordset($3::jsonb) as e(seq bigint, id uuid, type text, at bigint, text text, hash text)",
			[station, stream, rows],
		);
	}
	const seconds = (performance.now() - began) / 1_000;
	await client.end();
	return EVENTS / seconds;
}
