import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { type OpenedServerDatabase, openServerDatabase } from "../../db/server/open.ts";
import { PlainError } from "../../protocol/plain-error.ts";

export interface DatabasePlace {
	/** The server's folder: its own PostgreSQL, where no other is named. */
	data: string;
	/** postgres://..., or undefined for the server's own. */
	database: string | undefined;
	migrations: string;
}

/** Where a running server's own PostgreSQL is reached, for commands beside it. */
const ADDRESS_FILE = "database-address";

/** Opens the database that is named, or starts the server's own. Throws PlainError. */
export async function openDatabase(place: DatabasePlace, log: Logger): Promise<OpenedServerDatabase> {
	if (place.database !== undefined) return openServerDatabase(place.database, place.migrations);
	// Loaded where it is needed only: the library looks for its programs at once.
	const { startOwnPostgres } = await import("./embedded.ts");
	const own = await startOwnPostgres(place.data, log);
	try {
		const opened = await openServerDatabase(own.url, place.migrations);
		const file = join(place.data, ADDRESS_FILE);
		writeFileSync(file, `${own.url}\n`, { mode: 0o600 });
		return {
			database: opened.database,
			listen: opened.listen,
			async close() {
				rmSync(file, { force: true });
				await opened.close();
				await own.close();
			},
		};
	} catch (fault) {
		await own.close();
		throw fault;
	}
}

/** The database of a command beside a server that may be running. Throws PlainError. */
export async function openDatabaseBeside(place: DatabasePlace, log: Logger): Promise<OpenedServerDatabase> {
	const file = join(place.data, ADDRESS_FILE);
	if (place.database !== undefined || !existsSync(file)) return openDatabase(place, log);
	const url = readFileSync(file, "utf8").trim();
	try {
		return await openServerDatabase(url, place.migrations, 1);
	} catch (fault) {
		if (!(fault instanceof PlainError)) throw fault;
		// The server that wrote the address was killed: its database is started here.
		return openDatabase(place, log);
	}
}
