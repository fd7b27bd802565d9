import { join } from "node:path";
import Database from "better-sqlite3";
import { UserError } from "../lib/errors.ts";

export interface FolderLock {
	close(): void;
}

/**
 * Takes a data folder for one program. The lock is SQLite's own: an exclusive transaction on a file of its own, held
 * while the program lives; the operating system lets go of it when the process dies, however it dies. Throws UserError
 * DATA_IN_USE, and whatever keeps the file from being opened.
 */
export function lockFolder(folder: string, { file, owner }: { file: string; owner: string }): FolderLock {
	let lock: Database.Database | undefined;
	try {
		lock = new Database(join(folder, file), { timeout: 0 });
		lock.exec("BEGIN EXCLUSIVE");
		const held = lock;
		return { close: () => held.close() };
	} catch (cause) {
		lock?.close();
		if (cause instanceof Database.SqliteError && cause.code.startsWith("SQLITE_BUSY"))
			throw new UserError(
				"DATA_IN_USE",
				`The data folder ${folder} is used by ${owner}. Stop that one, or name another folder with --data.`,
				{ cause },
			);
		throw cause;
	}
}
