import { rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { UserError } from "../lib/errors.ts";

export interface FolderLock {
	close(): void;
}

/**
 * Locks a data folder for one program. The lock is an exclusive SQLite transaction on a file of its own, held while the
 * program runs. The operating system releases it when the process ends, however it ends. Throws UserError DATA_IN_USE,
 * and what opening the file throws.
 */
export function lockFolder(folder: string, { file, owner }: { file: string; owner: string }): FolderLock {
	try {
		return lockFile(folder, file, owner);
	} catch (error) {
		// It holds nothing: where a failing disk or a power cut left garbage in it, a new one does as well.
		if (!(error instanceof Database.SqliteError) || error.code !== "SQLITE_NOTADB") throw error;
		rmSync(join(folder, file), { force: true });
		return lockFile(folder, file, owner);
	}
}

function lockFile(folder: string, file: string, owner: string): FolderLock {
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
