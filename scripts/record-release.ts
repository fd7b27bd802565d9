/*
 * `node scripts/record-release.ts VERSION`, after a build and before the tag: writes what a station and a server of this
 * version leave behind into test/fixtures/releases/VERSION, with the digests of their migrations. From then on a test
 * upgrades it with each later version, and no migration of it may change.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
	chmodSync,
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Client } from "pg";

const TOP = fileURLToPath(new URL("..", import.meta.url));
const PROGRAM = join(TOP, "bin/paihao.mjs");
const SITE = "permanent-residence-service-centre";
const TOPICS = ["work-permit", "language-learning", "work-permit"];
const env = {
	PATH: process.env.PATH,
	HOME: process.env.HOME,
	PAIHAO_OUTSIDE_HOURS: "issue",
	PAIHAO_LOG_LEVEL: "error",
};

const version = process.argv[2] ?? "";
if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error("Name the version, such as 0.2.0.");
const target = join(TOP, "test/fixtures/releases", version);
const work = mkdtempSync(join(tmpdir(), "paihao-release-"));
// PostgreSQL's user passes through it.
chmodSync(work, 0o755);
const stationData = join(work, "station");
const serverData = join(work, "server");
const running: ChildProcess[] = [];

try {
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	const server = await start<{ server: string }>("server", "--data", serverData, "--port", "0");
	const station = await start<{ kiosk: string }>(
		...["station", "--data", stationData, "--printer", `virtual:${join(work, "paper")}`, "--port", "0", "--headless"],
	);
	const { pin } = run("staff", "add", "Wang", "supervisor", "--data", stationData) as { pin: string };
	const { code } = run("server", "code", "--data", serverData, "--site", SITE) as { code: string };
	run("enrol", "--data", stationData, "--server", server.ready.server, "--code", code);
	const { origin, hash } = new URL(station.ready.kiosk);
	await fill(origin, new URLSearchParams(hash.slice(1)).get("key") ?? "", pin);
	run("server", "export", "--data", serverData, "--out", join(target, "server.export"));
	writeFileSync(join(target, "server-tables.json.gz"), gzipSync(JSON.stringify(await readTables())));
	run("backup", "key", "--out", target);
	const key = join(target, readdirSync(target).find((name) => name.includes("public")) ?? "");
	run("backup", "--data", stationData, "--key", key, "--out", join(target, "station.backup"));
	await end(station.process);
	await end(server.process);
	writeFileSync(join(target, "station.db.gz"), gzipSync(readFileSync(join(stationData, "station.db"))));
	copyFileSync(join(stationData, "secrets.json"), join(target, "secrets.json"));
	const manifest = {
		version,
		site: SITE,
		tickets: TOPICS.length,
		staff: { name: "Wang", pin },
		migrations: { station: digestsOf("station"), server: digestsOf("server") },
	};
	writeFileSync(join(target, "release.json"), `${JSON.stringify(manifest, undefined, "\t")}\n`);
	console.log(`Recorded in ${target}.`);
} finally {
	for (const child of running) child.kill("SIGKILL");
	rmSync(work, { recursive: true, force: true });
}

async function start<Ready>(...args: string[]): Promise<{ process: ChildProcess; ready: Ready }> {
	const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
	running.push(child);
	const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
	return { process: child, ready: JSON.parse(value ?? "") as Ready };
}

async function end(child: ChildProcess): Promise<void> {
	const ended = once(child, "exit");
	child.kill("SIGTERM");
	await ended;
}

function run(...args: string[]): unknown {
	const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { env, encoding: "utf8" });
	if (status !== 0) throw new Error(stderr);
	return stdout.trim() === "" ? undefined : JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

/** Tickets, one of them called, a note and a rating; until the server has all of it. */
async function fill(origin: string, kioskKey: string, pin: string): Promise<void> {
	const post = async (path: string, body: object, token: string) => {
		const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
		const answer = await fetch(`${origin}/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
		if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as { token?: string };
	};
	for (const [index, topic] of TOPICS.entries())
		await post("tickets", { topic, language: "fr", key: `recorded-${index}` }, kioskKey);
	const { token = "" } = await post("session", { staff: "Wang", pin, counter: "1" }, "");
	await post("counters/1/next", {}, token);
	for (;;) {
		const health = (await (await fetch(`${origin}/api/health`)).json()) as { sync: { unsent: number } };
		if (health.sync.unsent === 0) return;
		await pause(200);
	}
}

/** Every row of the server's database, by table. A partition's rows are its table's. */
async function readTables(): Promise<Record<string, unknown[]>> {
	const client = new Client({ connectionString: readFileSync(join(serverData, "database-address"), "utf8").trim() });
	await client.connect();
	const { rows } = await client.query(
		"select relname as tablename from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1",
	);
	const tables: Record<string, unknown[]> = {};
	for (const { tablename } of rows as { tablename: string }[]) {
		const found = await client.query(`select to_jsonb(t) as row from ${client.escapeIdentifier(tablename)} t`);
		tables[tablename] = found.rows.map(({ row }) => row as unknown);
	}
	await client.end();
	return tables;
}

function digestsOf(database: "station" | "server"): Record<string, string> {
	const folder = join(TOP, "db", database, "migrations");
	const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
	return Object.fromEntries(
		names.sort().map((name) => [
			name,
			createHash("sha256")
				.update(readFileSync(join(folder, name)))
				.digest("hex"),
		]),
	);
}
