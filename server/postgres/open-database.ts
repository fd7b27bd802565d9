import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { type FolderLock, lockFolder } from "../../db/folder-lock.ts";
import { type OpenedServerDatabase, openServerDatabase } from "../../db/server/open.ts";
import { UserError } from "../../lib/errors.ts";
import { makeFolder } from "../../lib/make-folder.ts";

export interface DatabasePlace {
	/** The server's folder: its own PostgreSQL, where no other is named. */
	data: string;
	/** postgres://..., or undefined for the server's own. */
	database: string | undefined;
	migrations: string;
}

/** Where a running server's own PostgreSQL is reached, for commands beside it. */
const ADDRESS_FILE = "database-address";
const LOCK_FILE = "server.lock";
/** A command beside a server that is only starting looks so often, and waits so long, in milliseconds. */
const POLL_INTERVAL_MS = 100;
const SHUTDOWN_TIMEOUT_MS = 15_000;

/** Opens the database that is named, or starts the server's own. Throws PlainError: DATA_IN_USE and others. */
export async function openDatabase(place: DatabasePlace, log: Logger): Promise<OpenedServerDatabase> {
	if (place.database !== undefined) return openServerDatabase(place.database, place.migrations);
	const file = join(place.data, ADDRESS_FILE);
	const lock = lockServer(place.data);
	try {
		// What a server that was killed wrote is nobody's address any more.
		rmSync(file, { force: true });
		const { url, opened } = await openOwn(place, log, lock);
		writeFileSync(file, `${url}\n`, { mode: 0o600 });
		return {
			...opened,
			async close() {
				rmSync(file, { force: true });
				await opened.close();
			},
		};
	} catch (error) {
		lock.close();
		throw error;
	}
}

/**
 * The database of a command beside a server that may be running, or be about to. A PostgreSQL is started here only
 * where nobody else has the folder. Throws PlainError: DATA_IN_USE where the server does not answer, and others.
 */
export async function openDatabaseBeside(
	place: DatabasePlace,
	log: Logger,
	patience = SHUTDOWN_TIMEOUT_MS,
): Promise<OpenedServerDatabase> {
	if (place.database !== undefined) return openServerDatabase(place.database, place.migrations);
	const until = performance.now() + patience;
	for (;;) {
		const lock = lockOrNothing(place.data);
		// Its address is told to nobody: it goes with this command.
		if (lock)
			return openOwn(place, log, lock).then(
				({ opened }) => opened,
				(error) => {
					lock.close();
					throw error;
				},
			);
		const url = readAddress(place.data);
		const found = url === undefined ? undefined : await openServerDatabase(url, place.migrations, 1).catch(() => {});
		if (found) return found;
		if (performance.now() > until)
			throw new UserError(
				"DATA_IN_USE",
				`Another program uses ${place.data}, and its database does not answer. If a server is starting or ending there, try again; else end that program.`,
			);
		await pause(POLL_INTERVAL_MS);
	}
}

/** The server's own PostgreSQL, and its database; the lock goes when both have been closed. */
async function openOwn({ data, migrations }: DatabasePlace, log: Logger, lock: FolderLock) {
	// Loaded where it is needed only: the library looks for its programs at once.
	const { startOwnPostgres } = await import("./embedded-postgres.ts");
	const own = await startOwnPostgres(data, log);
	try {
		const opened = await openServerDatabase(own.url, migrations);
		return {
			url: own.url,
			opened: {
				...opened,
				async close() {
					await opened.close();
					await own.close();
					lock.close();
				},
			},
		};
	} catch (error) {
		await own.close();
		throw error;
	}
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

/** Undefined where another program has the folder. */
function lockOrNothing(folder: string): FolderLock | undefined {
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
