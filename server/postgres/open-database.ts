import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { type FolderLock, lockFolder } from "../../db/folder-lock.ts";
import { type OpenedServerDatabase, openServerDatabase } from "../../db/server/open.ts";
import { UserError } from "../../lib/errors.ts";
import { refuseFolderOf } from "../../lib/folder-owner.ts";
import { makeFolder } from "../../lib/make-folder.ts";
import { openResources } from "../../lib/resources.ts";
import { SECOND_MS } from "../../lib/time/durations.ts";
import { startOwnPostgres } from "./own-postgres.ts";

export interface DatabasePlace {
	/** The server's folder; its own PostgreSQL is in it if no other is named. */
	data: string;
	/** postgres://..., or undefined for the server's own. */
	database: string | undefined;
	/** The same database past a pooler such as PgBouncer. */
	directDatabase?: string | undefined;
	/** The folder of migrations. */
	migrations: string;
}

/** Holds the URL of a running server's own PostgreSQL, for commands beside it. */
const ADDRESS_FILE = "database-address";
const LOCK_FILE = "server.lock";
/** A server whose database does not answer says so within five seconds. */
const CONNECT_TIMEOUT_MS = 3 * SECOND_MS;
const POLL_INTERVAL_MS = 100;
/** A first start creates the database, which takes a slow disk long. */
const WAIT_TIMEOUT_MS = 30 * SECOND_MS;

/** Opens the database that is named, or starts the server's own. Throws UserError: DATA_IN_USE and others. */
export function openDatabase(place: DatabasePlace, log: Logger): Promise<OpenedServerDatabase> {
	const { data, database, directDatabase, migrations } = place;
	if (database !== undefined)
		return openServerDatabase(database, migrations, {
			directUrl: directDatabase,
			connectTimeoutMs: CONNECT_TIMEOUT_MS,
		});
	refuseFolderOf("station", data);
	return openResources(async (opened) => {
		const lock = lockServer(data);
		opened.defer(() => lock.close());
		const file = join(data, ADDRESS_FILE);
		// A server that was killed left its address behind.
		rmSync(file, { force: true });
		const { url, ...own } = await openOwn(place, log, opened);
		writeFileSync(file, `${url}\n`, { mode: 0o600 });
		opened.defer(() => rmSync(file, { force: true }));
		return own;
	});
}

/**
 * Opens the database for a command beside a server that may be running or starting. Starts PostgreSQL itself only if no
 * other program has the folder. Throws UserError: DATA_IN_USE if another has it and its database does not answer in time.
 */
export async function openDatabaseBeside(
	place: DatabasePlace,
	log: Logger,
	timeoutMs = WAIT_TIMEOUT_MS,
): Promise<OpenedServerDatabase> {
	if (place.database !== undefined) return openDatabase(place, log);
	const until = performance.now() + timeoutMs;
	for (;;) {
		const lock = tryLockServer(place.data);
		if (lock)
			return openResources(async (opened) => {
				opened.defer(() => lock.close());
				// Its address is written nowhere: it ends with this command.
				const { url: _, ...own } = await openOwn(place, log, opened);
				return own;
			});
		const url = readAddress(place.data);
		const found =
			url === undefined
				? undefined
				: await openServerDatabase(url, place.migrations, { maxConnections: 1 }).catch(() => undefined);
		if (found) return found;
		if (performance.now() > until)
			throw new UserError(
				"DATA_IN_USE",
				`Another program uses ${place.data}, and its database does not answer. If a server is starting or ending there, try again; else end that program.`,
			);
		await pause(POLL_INTERVAL_MS);
	}
}

/** The server's own PostgreSQL and its database, both closed by the stack. */
async function openOwn(
	{ data, migrations }: DatabasePlace,
	log: Logger,
	opened: AsyncDisposableStack,
): Promise<Omit<OpenedServerDatabase, "close"> & { url: string }> {
	const postgres = await startOwnPostgres(data, log);
	opened.defer(() => postgres.close());
	const { close, ...database } = await openServerDatabase(postgres.url, migrations);
	opened.defer(close);
	return { ...database, url: postgres.url };
}

function lockServer(folder: string): FolderLock {
	try {
		makeFolder(folder);
		return lockFolder(folder, { file: LOCK_FILE, owner: "another server, or a command of one" });
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		throw new UserError(
			"DATA_NOT_WRITABLE",
			`The data folder ${folder} cannot be written. Name a folder with --data that this user may write to.`,
			{ cause },
		);
	}
}

/** Undefined if another program has the folder. */
function tryLockServer(folder: string): FolderLock | undefined {
	try {
		return lockServer(folder);
	} catch (error) {
		if (error instanceof UserError && error.code === "DATA_IN_USE") return undefined;
		throw error;
	}
}

function readAddress(folder: string): string | undefined {
	try {
		return readFileSync(join(folder, ADDRESS_FILE), "utf8").trim() || undefined;
	} catch {
		return undefined;
	}
}
