import { DrizzleQueryError } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client, type ClientBase, Pool } from "pg";
import { UserError } from "../../lib/errors.ts";
import { listenTo } from "./listen.ts";
import { retryTransient, transienceOf } from "./retry.ts";

/**
 * The only place that meets transient errors of the database: each statement and each transaction is repeated a few
 * times where that cannot do it twice. A callback of `transaction` may therefore run more than once.
 */
export type ServerDatabase = NodePgDatabase;

export type Transaction = Parameters<Parameters<ServerDatabase["transaction"]>[0]>[0];

export interface OpenedServerDatabase {
	database: ServerDatabase;
	/**
	 * Calls back for each notification of any instance. Only a hint: notifications are lost while the connection is down.
	 * Returns the function that stops it.
	 */
	listen(channel: string, onNotification: (payload: string) => void): () => Promise<void>;
	close(): Promise<void>;
}

export interface ServerDatabaseOptions {
	/** Connections of the pool at most. */
	maxConnections?: number;
	/** Past a pooler such as PgBouncer, which serves neither migrations nor notifications; `url` unless given. */
	directUrl?: string | undefined;
	/** Gives up a first connection that is not answered; without it, one to a database that hangs waits for ever. */
	connectTimeoutMs?: number;
}

/**
 * The name for a query that is prepared once, its SQL that is: PostgreSQL parses it each time. A pooler in transaction
 * mode (PgBouncer) runs each transaction on another connection, which does not know a statement's name.
 */
export const UNNAMED = "";

/** Any number: PostgreSQL's advisory lock by which one instance migrates while the others wait. */
const MIGRATION_LOCK = 8_470_001;

/** PostgreSQL's own message, and not the statement that drizzle puts in front of it. */
function reasonOf(cause: unknown): string {
	const inner = cause instanceof DrizzleQueryError ? cause.cause : cause;
	const text = inner instanceof Error ? (inner.message.split("\n")[0] ?? "") : String(inner);
	return text === "timeout expired" ? "it does not answer" : text;
}

/** Throws UserError DATA_NEWER: an older program would write rows that the newer one cannot read. */
async function refuseNewer(client: ClientBase, knownMigrations: number): Promise<void> {
	const found = await client.query("select to_regclass('drizzle.__drizzle_migrations') is not null as exists");
	if (found.rows[0]?.exists !== true) return;
	const { rows } = await client.query("select count(*)::int as count from drizzle.__drizzle_migrations");
	const count = Number(rows[0]?.count);
	if (count > knownMigrations)
		throw new UserError(
			"DATA_NEWER",
			`The database was written by a newer version of Paihao (format ${count}; this program knows up to ${knownMigrations}). Install that version or a later one.`,
		);
}

/**
 * Opens the server's database and brings its tables up to date; several instances may do so at once. Throws
 * UserError DATABASE_UNREACHABLE.
 */
export async function openServerDatabase(
	url: string,
	migrationsFolder: string,
	{ maxConnections = 10, directUrl = url, connectTimeoutMs = 0 }: ServerDatabaseOptions = {},
): Promise<OpenedServerDatabase> {
	try {
		await migrateDatabase(directUrl, migrationsFolder, connectTimeoutMs);
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		throw new UserError(
			"DATABASE_UNREACHABLE",
			`The database cannot be used: ${reasonOf(cause)}. Check --database, and that PostgreSQL runs.`,
			{ cause },
		);
	}
	const pool = new Pool({ connectionString: url, max: maxConnections, application_name: "paihao" });
	// An idle connection that breaks is replaced at its next use; without a listener it would end the process.
	pool.on("error", () => {});
	retryStatements(pool);
	return {
		database: openWithRetries(pool),
		listen: (channel, onNotification) => listenTo(directUrl, channel, onNotification),
		close: () => pool.end(),
	};
}

/** On one connection, which holds the lock until it is closed. */
async function migrateDatabase(url: string, migrationsFolder: string, connectTimeoutMs: number): Promise<void> {
	await retryTransient(
		async () => {
			const client = new Client({
				connectionString: url,
				application_name: "paihao migration",
				connectionTimeoutMillis: connectTimeoutMs,
			});
			client.on("error", () => {});
			try {
				await client.connect();
				await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
				await refuseNewer(client, readMigrationFiles({ migrationsFolder }).length);
				await migrate(drizzle({ client }), { migrationsFolder });
			} finally {
				await client.end().catch(() => {});
			}
		},
		(error) => transienceOf(error) === "undone",
	);
}

/** A single statement: a read may be repeated whatever happened, anything else only if nothing was done. */
function retryStatements(pool: Pool): void {
	const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
	const isRead = (statement: unknown) =>
		/^\s*select\b/i.test((statement as { text?: string }).text ?? String(statement));
	const queryWithRetries = (...args: unknown[]) =>
		retryTransient(
			() => query(...args),
			(error) => {
				const transience = transienceOf(error);
				return transience === "undone" || (transience === "broken" && isRead(args[0]));
			},
		);
	pool.query = queryWithRetries as typeof pool.query;
}

/**
 * A database whose transactions are repeated after transient errors. Each runs on a connection that it takes itself:
 * drizzle never gives one back whose "begin" failed. Until the commit is sent nothing is done, whatever breaks; from then
 * on only what PostgreSQL says it undid is repeated.
 */
function openWithRetries(pool: Pool): ServerDatabase {
	const database = drizzle({ client: pool });
	database.transaction = (work, config) => {
		let isCommitting = false;
		const runOnce = async () => {
			const client = await pool.connect();
			let firstError: unknown;
			isCommitting = false;
			try {
				return await drizzle({ client }).transaction(async (tx) => {
					try {
						const result = await work(tx);
						isCommitting = true;
						return result;
					} catch (error) {
						// If the connection broke, the rollback fails as well, and its error would hide this one.
						firstError = error;
						throw error;
					}
				}, config);
			} catch (error) {
				throw firstError ?? error;
			} finally {
				client.release();
			}
		};
		return retryTransient(runOnce, (error) => {
			const transience = transienceOf(error);
			return transience === "undone" || (transience === "broken" && !isCommitting);
		});
	};
	return database;
}
