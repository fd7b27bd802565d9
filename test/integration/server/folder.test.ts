import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { lockFolder } from "../../../db/folder-lock.ts";
import { openDatabaseBeside } from "../../../server/postgres/open-database.ts";
import { answered, openFleetPageAt } from "../../fixtures/fleet-page.ts";
import { emptyServerFolder } from "../../fixtures/server-database.ts";
import { runCommand, spawnProgram } from "../../fixtures/spawned-process.ts";
import { TOP } from "../../fixtures/station-folder.ts";

interface ReadyServer {
	pid: number;
	server: string;
}

const start = (data: string) => spawnProgram<ReadyServer>(["server", "--data", data, "--port", "0"]);
const code = (data: string, site: string) => runCommand(["server", "code", "--data", data, "--site", site]);
const postgresOf = (data: string) => readFileSync(join(data, "postgres/postmaster.pid"), "utf8").split("\n")[0];
/** Whether it runs: who ended and was asked after by nobody has no command line any more. */
const isRunning = (pid: string | undefined) => {
	const file = `/proc/${pid}/cmdline`;
	return existsSync(file) && readFileSync(file, "utf8") !== "";
};

test("a folder is one server's: a second one is refused, and the first goes on with its database", async () => {
	const data = emptyServerFolder();
	const starting = start(data);
	await expect.poll(() => existsSync(join(data, "postgres/PG_VERSION"))).toBe(true);

	// A command beside a server that is only starting waits for it.
	const [early, second] = await Promise.all([
		code(data, "site-early"),
		runCommand(["server", "--data", data, "--port", "0"]),
	]);
	expect(second).toMatchObject({ code: 1, stdout: "" });
	expect(second.stderr).toMatch(/^paihao server: The data folder .* is used by another server.*\n$/);
	expect(early).toMatchObject({ code: 0, stderr: "" });
	const server = await starting;
	const postgres = postgresOf(data);
	expect(isRunning(postgres)).toBe(true);
	expect(await runCommand(["server", "--data", data, "--port", "0"])).toMatchObject({ code: 1 });

	const added = await runCommand(["server", "admin", "add", "lin", "--data", data]);
	const { password } = JSON.parse(added.stdout) as { password: string };
	const page = openFleetPageAt(server.ready.server);
	expect((await page.session.open({ name: "lin", password })).kind).toBe("ok");
	expect(answered(await page.fleet.read())).toMatchObject({ stations: [{ site: "site-early" }] });
	expect(postgresOf(data)).toBe(postgres);

	// Killed: the next program has the folder at once.
	await server.end("SIGKILL");
	expect(await code(data, "site-late")).toMatchObject({ code: 0 });
	expect(isRunning(postgres)).toBe(false);
	const next = await start(data);
	expect(await next.end("SIGTERM")).toEqual({ code: 0, signal: null });
});

test("a mistyped folder is no server's: nothing is made there", async () => {
	const data = join(emptyServerFolder(), "typo");
	const { code: exitCode, stdout, stderr } = await code(data, "site-a");
	expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
	expect(stderr).toBe(
		`paihao server code: There is no server in the folder ${data}. Name the folder that --data named when the server ran. [NO_SERVER]\n`,
	);
	expect(existsSync(data)).toBe(false);
});

test("commands that have no server beside them take turns", async () => {
	const data = emptyServerFolder();
	await (await start(data)).end();
	const made = await Promise.all(["site-a", "site-b", "site-c"].map((site) => code(data, site)));
	expect(made.map((one) => one.code)).toEqual([0, 0, 0]);
});

test("a folder that somebody has, and whose database does not answer, is told of plainly", async () => {
	const data = emptyServerFolder();
	const lock = lockFolder(data, { file: "server.lock", owner: "this test" });
	const place = { data, database: undefined, migrations: join(TOP, "db/server/migrations") };
	await expect(openDatabaseBeside(place, pino({ level: "silent" }), 300)).rejects.toMatchObject({
		code: "DATA_IN_USE",
	});
	expect(existsSync(join(data, "postgres"))).toBe(false);
	lock.close();
});

// Only root has PostgreSQL run as somebody else, who may be kept out.
test.runIf(process.getuid?.() === 0)(
	"a folder that PostgreSQL's user cannot reach: one plain sentence, and nothing is left running",
	async () => {
		const data = join(mkdtempSync(join(tmpdir(), "paihao-kept-")), "server");
		const { code, stdout, stderr } = await runCommand(["server", "--data", data, "--port", "0"]);
		expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
		expect(stderr).toMatch(
			/^paihao server: .*PostgreSQL .*Name a folder .*that the user postgres can reach.*, or a database of your own with --database\. \[[A-Z_]+\]\n$/,
		);
		rmSync(dirname(data), { recursive: true, force: true });
	},
);
