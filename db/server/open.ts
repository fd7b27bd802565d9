import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client, Pool } from "pg";
import { UserError } from "../../lib/errors.ts";
import { again, transienceOf } from "./retry.ts";

/**
 * Each statement and each transaction meets passing faults of the database here, and nowhere else: it is done again a few
 * times, where that cannot do it twice. So what is given to `transaction` may run more than once.
 */
export type ServerDatabase = NodePgDatabase;

export interface OpenedServerDatabase {
	database: ServerDatabase;
	/** Hears what any instance notifies, on a connection of its own. Only a hint: what is missed is missed. Gives the end. */
	listen(channel: string, heard: (payload: string) => void): () => Promise<void>;
	close(): Promise<void>;
}

/** A connection that broke is opened again after so many milliseconds. */
const LISTEN_AGAIN = 5_000;

function listenOn(url: string, channel: string, heard: (payload: string) => void): () => Promise<void> {
	let closed = false;
	let client: Client | undefined;
	let timer: NodeJS.Timeout | undefined;
	const open = async () => {
		const opened = new Client({ connectionString: url, application_name: "paihao hints" });
		client = opened;
		const again = () => {
			if (client !== opened || closed) return;
			client = undefined;
			timer = setTimeout(open, LISTEN_AGAIN);
		};
		opened.on("error", again);
		opened.on("end", again);
		opened.on("notification", ({ payload }) => heard(payload ?? ""));
		await opened
			.connect()
			.then(() => opened.query(`listen ${opened.escapeIdentifier(channel)}`))
			.catch(again);
	};
	void open();
	return async () => {
		closed = true;
		clearTimeout(timer);
		await client?.end().catch(() => {});
	};
}

/** A statement alone: one that only reads may be asked again whatever happened, any other if nothing was done. */
function askAgain(pool: Pool): void {
	const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
	const isRead = (asked: unknown) => /^\s*select\b/i.test((asked as { text?: string }).text ?? String(asked));
	const ask = (...args: unknown[]) =>
		again(
			() => query(...args),
			(error) => {
				const passing = transienceOf(error);
				return passing === "undone" || (passing === "broken" && isRead(args[0]));
			},
		);
	pool.query = ask as typeof pool.query;
}

function openOn(pool: Pool): ServerDatabase {
	const database = drizzle({ client: pool });
	/**
	 * On a connection of its own: drizzle keeps one for ever whose "begin" failed. Until the commit is sent nothing is
	 * done, whatever breaks; from then on only what PostgreSQL says it undid is done again.
	 */
	database.transaction = (work, config) => {
		let committing = false;
		return again(
			async () => {
				const client = await pool.connect();
				let met: unknown;
				committing = false;
				try {
					return await drizzle({ client }).transaction(async (tx) => {
						try {
							const result = await work(tx);
							committing = true;
							return result;
						} catch (error) {
							// Where the connection broke, the rollback fails as well, and would stand in its place.
							met = error;
							throw error;
						}
					}, config);
				} catch (error) {
					throw met ?? error;
				} finally {
					client.release();
				}
			},
			(error) => {
				const passing = transienceOf(error);
				return passing === "undone" || (passing === "broken" && !committing);
			},
		);
	};
	return database;
}

/** Any number: PostgreSQL's advisory lock that lets one instance migrate while the others wait. */
const MIGRATION_LOCK = 8_470_001;

/**
 * Opens the server's database and brings its tables up to date; several instances may do so at once. Throws
 * PlainError DATABASE_UNREACHABLE.
 */
export async function openServerDatabase(
	url: string,
	migrationsFolder: string,
	connections = 10,
): Promise<OpenedServerDatabase> {
	const pool = new Pool({ connectionString: url, max: connections, application_name: "paihao" });
	// An idle connection that breaks is replaced at its next use; without a listener it would end the process.
	pool.on("error", () => {});
	askAgain(pool);
	try {
		const client = await pool.connect();
		try {
			await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
			await migrate(drizzle({ client }), { migrationsFolder });
		} finally {
			await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => {});
			client.release();
		}
	} catch (cause) {
		await pool.end();
		throw new UserError(
			"DATABASE_UNREACHABLE",
			`The database cannot be used: ${cause instanceof Error ? cause.message : String(cause)}. Check --database, and that PostgreSQL runs.`,
			{ cause },
		);
	}
	return {
		database: openOn(pool),
		listen: (channel, heard) => listenOn(url, channel, heard),
		close: () => pool.end(),
	};
}
