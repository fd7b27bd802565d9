import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Lets only this user into a folder (0700) and its files (0600), also where they were made with wider rights. Leaves
 * them as they are if they belong to somebody else. Windows has no such modes: there the folder's place decides.
 */
export function makePrivate(folder: string, files: readonly string[]): void {
	if (process.platform === "win32") return;
	restrict(folder, 0o700);
	for (const name of files) restrict(join(folder, name), 0o600);
}

function restrict(path: string, mode: number): void {
	if (!existsSync(path)) return;
	try {
		chmodSync(path, mode);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
	}
}
