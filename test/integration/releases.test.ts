import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { openServerDatabase } from "../../db/server/open.ts";
import { emptyServerFolder, openTestDatabase } from "../fixtures/server-database.ts";
import { runCommand, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

/* What released versions left behind (scripts/record-release.ts), brought up to date by this one. */

interface Release {
	version: string;
	site: string;
	tickets: number;
	staff: { name: string; pin: string };
	migrations: Record<"station" | "server", Record<string, string>>;
}

const RELEASES = join(TOP, "test/fixtures/releases");
const releases = existsSync(RELEASES)
	? readdirSync(RELEASES).map(
			(name) => JSON.parse(readFileSync(join(RELEASES, name, "release.json"), "utf8")) as Release,
		)
	: [];
const migrationsOf = (database: "station" | "server") => join(TOP, "db", database, "migrations");

test.each(releases)("no migration of $version was changed, removed or put behind another", ({ migrations }) => {
	for (const database of ["station", "server"] as const) {
		const folder = migrationsOf(database);
		const names = readdirSync(folder)
			.filter((name) => name.endsWith(".sql"))
			.sort();
		const released = Object.entries(migrations[database]);
		const now = names.slice(0, released.length).map((name) => [
			name,
			createHash("sha256")
				.update(readFileSync(join(folder, name)))
				.digest("hex"),
		]);
		expect(now).toEqual(released);
	}
});

describe.each(releases)("data of $version", ({ version, tickets, staff, migrations }) => {
	const from = join(RELEASES, version);
	const flagsFor = (folder: string) => [
		...["--data", join(folder, "data"), "--printer", `virtual:${join(folder, "paper")}`],
		...["--port", "0", "--headless"],
	];
	/** Starts there, signs in with the PIN of then where the called ticket is, and holds the log against the tables. */
	async function expectWhole(folder: string): Promise<void> {
		const station = await spawnReady(["station", ...flagsFor(folder)]);
		const answer = await fetch(`${station.origin}/api/session`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ staff: staff.name, pin: staff.pin, counter: "1" }),
		});
		expect([answer.ok, await answer.text()]).toEqual([true, expect.stringContaining("token")]);
		await station.end();
		const verified = await runCommand(["verify", "--data", join(folder, "data")]);
		expect(verified).toMatchObject({ code: 0, stderr: "" });
		expect(JSON.parse(verified.stdout)).toMatchObject({ kind: "agrees", tickets });
	}

	test("a station's folder: it starts, staff sign in, and no ticket is missing", async () => {
		const folder = emptyFolder();
		mkdirSync(join(folder, "data"));
		writeFileSync(join(folder, "data/station.db"), gunzipSync(readFileSync(join(from, "station.db.gz"))));
		cpSync(join(from, "secrets.json"), join(folder, "data/secrets.json"));
		await expectWhole(folder);
	});

	test.skipIf(process.platform === "win32")(
		"a disk that is full at any step of the upgrade: one sentence, and the next start has everything",
		async () => {
			const folder = emptyFolder();
			const file = join(folder, "data/station.db");
			mkdirSync(join(folder, "data"));
			writeFileSync(file, gunzipSync(readFileSync(join(from, "station.db.gz"))));
			cpSync(join(from, "secrets.json"), join(folder, "data/secrets.json"));
			// A limit on the size of files, in kilobytes, stands for the disk.
			for (const limit of [16, 64, 512, 4_096]) {
				const script = `trap "" XFSZ; ulimit -f ${limit}; exec "$@"`;
				const start = [process.execPath, join(TOP, "bin/paihao.mjs"), "station", ...flagsFor(folder)];
				const { status, stderr } = spawnSync("bash", ["-c", script, "bash", ...start], { encoding: "utf8" });
				expect([limit, status, stderr.trim()]).toEqual([
					limit,
					1,
					expect.stringMatching(/^paihao .*space.*\[DISK_(FULL|FAILED)\]$/),
				]);
			}
			await expectWhole(folder);
		},
	);

	test("a station's backup is restored", async () => {
		const folder = emptyFolder();
		const key = join(from, readdirSync(from).find((name) => name.includes("private")) ?? "");
		const file = join(from, "station.backup");
		const restored = await runCommand(["restore", file, "--key", key, "--data", join(folder, "data")]);
		expect(restored).toMatchObject({ code: 0, stderr: "" });
		await expectWhole(folder);
	});

	test("a server's export fills a new server", async () => {
		const data = emptyServerFolder();
		const imported = await runCommand(["server", "import", join(from, "server.export"), "--data", data]);
		expect(imported).toMatchObject({ code: 0, stderr: "" });
		rmSync(data, { recursive: true, force: true });
	});

	test("a server's database is migrated with every row, and a newer one is refused", async () => {
		const { url, close } = await openTestDatabase();
		const client = new Client({ connectionString: url });
		await client.connect();
		await client.query("create database released");
		await client.end();
		const address = url.replace(/\/paihao$/, "/released");
		const tables = await fillReleased(address, Object.keys(migrations.server), from);

		const opened = await openServerDatabase(address, migrationsOf("server"), { maxConnections: 1 });
		for (const [table, rows] of Object.entries(tables)) {
			const { rows: found } = await opened.database.execute(`select count(*)::int as count from "${table}"`);
			expect([table, found[0]?.count]).toEqual([table, rows.length]);
		}
		await opened.database.execute(
			"insert into drizzle.__drizzle_migrations (hash, created_at) values ('of-the-future', 9999999999999)",
		);
		await opened.close();
		await expect(openServerDatabase(address, migrationsOf("server"))).rejects.toMatchObject({
			code: "DATA_NEWER",
			message: expect.stringContaining("Install that version or a later one."),
		});
		await close();
	});
});

/** A database as that version had it: its migrations alone, and its rows. */
async function fillReleased(url: string, names: readonly string[], from: string): Promise<Record<string, unknown[]>> {
	const folder = emptyFolder();
	cpSync(migrationsOf("server"), folder, { recursive: true });
	const journal = join(folder, "meta/_journal.json");
	const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8")) as { entries: { tag: string }[] };
	writeFileSync(
		journal,
		JSON.stringify({ ...rest, entries: entries.filter(({ tag }) => names.includes(`${tag}.sql`)) }),
	);
	const tables = JSON.parse(String(gunzipSync(readFileSync(join(from, "server-tables.json.gz"))))) as Record<
		string,
		unknown[]
	>;
	const client = new Client({ connectionString: url });
	await client.connect();
	await migrate(drizzle({ client }), { migrationsFolder: folder });
	// Rows in any order: no check of keys meanwhile.
	await client.query("set session_replication_role = replica");
	for (const [table, rows] of Object.entries(tables))
		await client.query(`insert into "${table}" select * from json_populate_recordset(null::"${table}", $1)`, [
			JSON.stringify(rows),
		]);
	await client.end();
	return tables;
}
