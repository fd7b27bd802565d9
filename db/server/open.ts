import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Pool } from "pg";
import { PlainError } from "../../protocol/plain-error.ts";
import * as schema from "./schema.ts";

export type ServerDatabase = NodePgDatabase<typeof schema>;

export interface OpenedServerDatabase {
	database: ServerDatabase;
	close(): Promise<void>;
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
		throw new PlainError(
			"DATABASE_UNREACHABLE",
			`The database cannot be used: ${cause instanceof Error ? cause.message : String(cause)}. Check --database, and that PostgreSQL runs.`,
			{ cause },
		);
	}
	return { database: drizzle({ client: pool, schema }), close: () => pool.end() };
}
