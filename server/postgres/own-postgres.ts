import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { Logger } from "pino";
import { UserError } from "../../lib/errors.ts";
import { MINUTE_MS } from "../../lib/time/durations.ts";
import { type PostgresProcess, spawnInitdb, spawnPostgres } from "./postgres-process.ts";
import { findPrograms } from "./postgres-programs.ts";
import { type ProcessUser, prepareUser } from "./process-user.ts";
import { superviseProcess } from "./supervise.ts";

export interface OwnPostgres {
	url: string;
	/** Shuts PostgreSQL down, after what it was asked for is on the disk. */
	close(): Promise<void>;
}

const DATABASE = "paihao";
const USER = "paihao";
const PASSWORD_FILE = "database-password";
/** Followed by a process id. */
const UNFINISHED = "postgres-unfinished-";
const INITDB_PASSWORD = "initdb-password-";
/** A clean end writes what is in memory to the disk. */
const LEFT_OVER_TIMEOUT_MS = MINUTE_MS;
/** Recovery after a crash reads up to a gigabyte of log. */
const START_TIMEOUT_MS = 5 * MINUTE_MS;
/** PostgreSQL's code for it. */
const WRONG_PASSWORD = "28P01";
const DISK_FULL = /No space left on device|File too large|quota exceeded/i;
const CONNECT_INTERVAL_MS = 50;
const RM = { recursive: true, force: true, maxRetries: 20, retryDelay: CONNECT_INTERVAL_MS };

/**
 * Starts the server's own PostgreSQL: in its data folder, on loopback, with a port and a password that only this server
 * knows. If the process dies it is started again on the same port. Call it only with the folder's lock held: a
 * PostgreSQL that still runs in the folder then belongs to a server that is dead, and is shut down first. Throws UserError
 * DATABASE_NOT_STARTED with PostgreSQL's own message.
 */
export async function startOwnPostgres(data: string, log: Logger): Promise<OwnPostgres> {
	const folder = join(data, "postgres");
	await shutDownLeftOver(folder);
	const isNew = !existsSync(join(folder, "PG_VERSION"));
	const unfinished = join(data, `${UNFINISHED}${process.pid}`);
	if (isNew) await deleteUnfinished(data, folder);
	const user = prepareUser(data, isNew ? unfinished : folder);
	const programs = await findPrograms(data, user);
	const password = passwordIn(data, isNew);
	const port = await findFreePort();
	const start = async (signal?: AbortSignal): Promise<PostgresProcess> => {
		const started = spawnPostgres(programs, { folder, port, user, log });
		try {
			await waitUntilReady(started, { port, password }, signal);
			return started;
		} catch (error) {
			await started.stop();
			throw error;
		}
	};
	try {
		if (isNew) {
			await createCluster(programs, { folder: unfinished, user, password, log });
			renameSync(unfinished, folder);
		}
		const first = await start();
		try {
			await createDatabase({ port, password });
		} catch (error) {
			await first.stop();
			throw error;
		}
		const supervised = superviseProcess(first, { start, log });
		return { url: urlOf(DATABASE, { port, password }), close: () => supervised.close() };
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		if (DISK_FULL.test(reasonOf(cause)))
			throw new UserError("DISK_FULL", `The disk of ${folder} is full. Free some space, then try again.`, { cause });
		throw new UserError(
			"DATABASE_NOT_STARTED",
			`PostgreSQL could not be started in ${folder}: ${reasonOf(cause)} Name a folder${
				user ? ` that the user ${user.name} can reach` : ""
			} with --data, or a database of your own with --database.`,
			{ cause },
		);
	}
}

/** Files that are being made: a server that dies meanwhile leaves no half database, which PostgreSQL could not start with. */
async function deleteUnfinished(data: string, folder: string): Promise<void> {
	if (existsSync(folder) && readdirSync(folder).length > 0)
		throw new UserError(
			"DATA_INCOMPLETE",
			`The folder ${folder} has a part of a database. Bring the server's folder back from a backup, or name an empty folder with --data.`,
		);
	rmSync(folder, RM);
	for (const name of readdirSync(data).filter((one) => one.startsWith(UNFINISHED) || one.startsWith(INITDB_PASSWORD)))
		await deleteWhole(join(data, name));
}

/** An initdb whose server died may still delete or write its files: then a deletion ends before all of them are gone. */
async function deleteWhole(path: string): Promise<void> {
	const until = performance.now() + LEFT_OVER_TIMEOUT_MS;
	rmSync(path, RM);
	while (existsSync(path) && performance.now() < until) {
		await pause(CONNECT_INTERVAL_MS);
		rmSync(path, RM);
	}
}

interface Access {
	port: number;
	password: string;
}

const urlOf = (database: string, { port, password }: Access) =>
	`postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;

async function createCluster(
	programs: Parameters<typeof spawnInitdb>[0],
	{ password, ...place }: { folder: string; user: ProcessUser | undefined; password: string; log: Logger },
): Promise<void> {
	// Written where only PostgreSQL's user reads, and deleted at once: initdb takes no password on its input.
	const passwordFile = join(place.folder, "..", `${INITDB_PASSWORD}${process.pid}`);
	try {
		await spawnInitdb(programs, { ...place, username: USER, password, passwordFile });
	} finally {
		rmSync(passwordFile, { force: true });
	}
}

/** Returns when PostgreSQL answers. Throws what it said if it ends before that. */
async function waitUntilReady(started: PostgresProcess, access: Access, signal?: AbortSignal): Promise<void> {
	const until = performance.now() + START_TIMEOUT_MS;
	while (performance.now() < until) {
		if (!started.isRunning()) throw new Error(started.lastMessage());
		if (await answers(access)) return;
		signal?.throwIfAborted();
		await pause(CONNECT_INTERVAL_MS);
	}
	throw new Error(`It did not answer within ${START_TIMEOUT_MS / MINUTE_MS} minutes.`);
}

async function answers(access: Access): Promise<boolean> {
	try {
		await withClient(urlOf("postgres", access), (client) => client.query("select 1"));
		return true;
	} catch (error) {
		// It will not answer otherwise later.
		if ((error as { code?: string }).code === WRONG_PASSWORD) throw wrongPassword();
		return false;
	}
}

function wrongPassword(): UserError {
	return new UserError(
		"DATABASE_NOT_STARTED",
		`The file ${PASSWORD_FILE} in the data folder does not have the password of the server's database. Bring that file back from a backup.`,
	);
}

async function createDatabase(access: Access): Promise<void> {
	await withClient(urlOf("postgres", access), async (client) => {
		const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
		if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(DATABASE)}`);
	});
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
	const client = new Client({ connectionString: url });
	client.on("error", () => {});
	try {
		await client.connect();
		await work(client);
	} finally {
		await client.end().catch(() => {});
	}
}

/** A server that was killed may leave its PostgreSQL running, or still ending. */
async function shutDownLeftOver(folder: string): Promise<void> {
	const file = join(folder, "postmaster.pid");
	if (!existsSync(file)) return;
	const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
	if (!Number.isInteger(pid) || !isPostgresOf(pid, folder)) return;
	process.kill(pid, "SIGINT");
	const until = performance.now() + LEFT_OVER_TIMEOUT_MS;
	while (isPostgresOf(pid, folder)) {
		// It recovers from its log at the next start.
		if (performance.now() > until) process.kill(pid, "SIGQUIT");
		await pause(20);
	}
}

/** Checks the command line, because another process may have the number by now. */
function isPostgresOf(pid: number, folder: string): boolean {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
	} catch {
		return false;
	}
}

function passwordIn(data: string, isNew: boolean): string {
	const file = join(data, PASSWORD_FILE);
	const found = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
	if (found !== "") return found;
	if (!isNew) throw wrongPassword();
	const password = randomBytes(24).toString("hex");
	writeFileSync(file, `${password}\n`, { mode: 0o600, flush: true });
	return password;
}

async function findFreePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

function reasonOf(cause: unknown): string {
	const line = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
	// Without the time and the process id of PostgreSQL's own log.
	const text = line.replace(/^.* (?=(FATAL|PANIC|ERROR): )/, "");
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
