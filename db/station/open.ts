import { accessSync, closeSync, constants, existsSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { UserError } from "../../lib/errors.ts";
import { makeFolder } from "../../lib/make-folder.ts";
import { type FolderLock, lockFolder } from "../folder-lock.ts";

export type StationDatabase = BetterSQLite3Database & { $client: Database.Database };

export interface OpenedDatabase {
	database: StationDatabase;
	/** Closes the file and releases the folder for another station. */
	close(): void;
}

const DATABASE_FILE = "station.db";
/** drizzle's. */
const MIGRATIONS_TABLE = "__drizzle_migrations";
const LOCK_FILE = "station.lock";

/**
 * Opens the station's database for its one writer; creates and migrates it where needed.
 * Changes nothing in the folder until every check has passed.
 * Throws UserError: DATA_NOT_WRITABLE, DATA_IN_USE, DATA_NEWER, DATA_DAMAGED, DATA_FOREIGN.
 */
export function openStationDatabase(folder: string, migrationsFolder: string): OpenedDatabase {
	const file = join(folder, DATABASE_FILE);
	requireWritableFolder(folder);
	const migrations = readMigrationFiles({ migrationsFolder }).length;
	if (existsSync(file)) refuseForeignFile(file, migrations);
	const lock = lockStation(folder);
	let client: Database.Database | undefined;
	try {
		if (existsSync(file)) refuseDamagedFile(file);
		client = connect(file);
		const database = drizzle({ client });
		migrate(database, { migrationsFolder });
		client.pragma("wal_checkpoint(RESTART)");
		makeRoomInLog(client);
		// Kept in the file's header, so that an older program can refuse the file without opening it.
		client.pragma(`user_version = ${migrations}`);
		const opened = client;
		return {
			database,
			close() {
				opened.close();
				lock.close();
			},
		};
	} catch (error) {
		client?.close();
		lock.close();
		throw asUserError(error, file);
	}
}

/** Whether the folder has a database that was ever written. A crash at the very first start leaves an empty one. */
export function hasDatabase(folder: string): boolean {
	const found = statSync(join(folder, DATABASE_FILE), { throwIfNoEntry: false });
	return found !== undefined && found.size > 0;
}

/** Opens an existing station's database for reading; a running station is not disturbed. */
export function openForReading(folder: string, migrationsFolder: string): OpenedDatabase {
	const file = join(folder, DATABASE_FILE);
	if (!existsSync(file)) {
		throw new UserError(
			"DATA_MISSING",
			`There is no station in the folder ${folder}. Name the folder that --data named when the station ran.`,
		);
	}
	if (!hasDatabase(folder))
		throw new UserError("DATA_INCOMPLETE", `The database ${file} is empty. Bring it back from a backup.`);
	refuseForeignFile(file, readMigrationFiles({ migrationsFolder }).length);
	try {
		const client = new Database(file, { readonly: true, timeout: 5_000 });
		return { database: drizzle({ client }), close: () => client.close() };
	} catch (error) {
		throw asUserError(error, file);
	}
}

/** The same, where the tables must be as this version knows them. Throws UserError DATA_OLDER too. */
export function openCurrent(folder: string, migrationsFolder: string): OpenedDatabase {
	const opened = openForReading(folder, migrationsFolder);
	const file = join(folder, DATABASE_FILE);
	try {
		const version = Number(opened.database.$client.pragma("user_version", { simple: true }));
		if (version >= readMigrationFiles({ migrationsFolder }).length) return opened;
		throw new UserError(
			"DATA_OLDER",
			`The database ${file} was written by an older version of Paihao. Start the station once: that brings it up to date.`,
		);
	} catch (error) {
		opened.close();
		throw asUserError(error, file);
	}
}

/** Opens a station's database beside its running station, for the tables that have no stream (staff). */
export function openBeside(folder: string, migrationsFolder: string): OpenedDatabase {
	openCurrent(folder, migrationsFolder).close();
	const client = connect(join(folder, DATABASE_FILE));
	return { database: drizzle({ client }), close: () => client.close() };
}

/**
 * better-sqlite3 compiles SQLite so that a WAL database runs at synchronous=NORMAL, where a power
 * cut loses acknowledged commits. FULL is set on every connection, and asserted.
 */
function connect(file: string): Database.Database {
	const client = new Database(file, { timeout: 5_000 });
	client.pragma("journal_mode = WAL");
	client.pragma("synchronous = FULL");
	client.pragma("foreign_keys = ON");
	client.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
	const synchronous = client.pragma("synchronous", { simple: true });
	const journal = client.pragma("journal_mode", { simple: true });
	if (synchronous !== 2 || journal !== "wal") {
		client.close();
		throw new UserError(
			"DATA_NOT_DURABLE",
			`SQLite would not keep ${file} safe through a power cut here (journal ${journal}, synchronous ${synchronous}). Put the data folder on a local disk.`,
		);
	}
	return client;
}

/** Pages of the write-ahead log before it is folded into the file, about 8 MB: a ticket writes a dozen. */
const LOG_PAGES = 2_000;

/**
 * Lets the log grow to its full size before it is needed. A commit that makes a file longer waits
 * for the file system's own journal as well: measured 0.72 ms against 0.44 for one that writes
 * over what is there. Pages that do not fit into the cache go to the log at once; the rollback
 * forgets them, and the file keeps its length.
 */
function makeRoomInLog(client: Database.Database): void {
	const usual = client.pragma("cache_size", { simple: true });
	client.pragma("cache_size = 16");
	client.exec("BEGIN IMMEDIATE; CREATE TABLE log_room (bytes BLOB)");
	client.prepare("INSERT INTO log_room VALUES (zeroblob(?))").run(LOG_PAGES * 4_096);
	client.exec("ROLLBACK");
	client.pragma(`cache_size = ${usual}`);
}

function requireWritableFolder(folder: string): void {
	try {
		makeFolder(folder);
		accessSync(folder, constants.W_OK | constants.X_OK);
	} catch (cause) {
		throw notWritable(folder, cause);
	}
	if (!statSync(folder).isDirectory()) throw notWritable(folder, undefined);
}

function notWritable(folder: string, cause: unknown): UserError {
	return new UserError(
		"DATA_NOT_WRITABLE",
		`The data folder ${folder} cannot be written. Name a folder with --data that this user may write to.`,
		{ cause },
	);
}

function lockStation(folder: string): FolderLock {
	try {
		return lockFolder(folder, { file: LOCK_FILE, owner: "another station" });
	} catch (error) {
		throw error instanceof UserError ? error : notWritable(folder, error);
	}
}

const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\u0000";

/** Reads the header's bytes only, so that SQLite makes no files beside it. SQLite file format, section 1.3. */
function refuseForeignFile(file: string, knownMigrations: number): void {
	if (!statSync(file).isFile()) throw damaged(file, undefined);
	const header = Buffer.alloc(HEADER_BYTES);
	const descriptor = openSync(file, "r");
	const read = readSync(descriptor, header, 0, HEADER_BYTES, 0);
	closeSync(descriptor);
	if (read === 0) return;
	if (read < HEADER_BYTES || header.toString("latin1", 0, MAGIC.length) !== MAGIC) throw damaged(file, undefined);
	const version = header.readUInt32BE(60);
	if (version > knownMigrations) {
		throw new UserError(
			"DATA_NEWER",
			`The database ${file} was written by a newer version of Paihao (format ${version}; this program knows up to ${knownMigrations}). Install that version or a later one.`,
		);
	}
}

/** Checks without writing. Reading a WAL database may make side files: those that are new are deleted again. */
function refuseDamagedFile(file: string): void {
	const sideFiles = [`${file}-wal`, `${file}-shm`].filter((side) => !existsSync(side));
	let client: Database.Database | undefined;
	let healthy = false;
	try {
		client = new Database(file, { readonly: true });
		refuseForeignTables(client, file);
		healthy = client.pragma("quick_check(1)", { simple: true }) === "ok";
	} catch (cause) {
		throw asUserError(cause, file);
	} finally {
		client?.close();
		if (!healthy) for (const side of sideFiles) rmSync(side, { force: true });
	}
	if (!healthy) throw damaged(file, undefined);
}

/** Another program's database is not filled with our tables. */
function refuseForeignTables(client: Database.Database, file: string): void {
	const tables = client.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
	if (tables.length === 0 || tables.includes(MIGRATIONS_TABLE)) return;
	throw new UserError(
		"DATA_FOREIGN",
		`The database ${file} is another program's, and was left as it is. Name another folder with --data.`,
	);
}

function damaged(file: string, cause: unknown): UserError {
	return new UserError(
		"DATA_DAMAGED",
		`The database ${file} is damaged and was left as it is. Keep the folder for IT, and start with a backup or another folder.`,
		{ cause },
	);
}

/** SQLite's error as a UserError; any other error unchanged. */
export function asUserError(error: unknown, file: string): unknown {
	if (!(error instanceof Database.SqliteError)) return error;
	if (error.code.startsWith("SQLITE_CORRUPT") || error.code.startsWith("SQLITE_NOTADB")) return damaged(file, error);
	if (error.code.startsWith("SQLITE_READONLY") || error.code.startsWith("SQLITE_CANTOPEN"))
		return notWritable(file, error);
	return error;
}
