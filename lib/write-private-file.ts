import { chownSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file that only its user may read: whole and on the disk when it returns, or as it was before. What root
 * writes belongs to the folder's owner: a command that root ran must not lock the service out of its own files.
 */
export function writePrivateFile(file: string, text: string): void {
	const unfinished = `${file}.new`;
	writeFileSync(unfinished, text, { mode: 0o600, flush: true });
	giveToFolderOwner(unfinished);
	renameSync(unfinished, file);
}

/** Where root made the file, and the folder is another user's. */
export function giveToFolderOwner(file: string): void {
	if (process.getuid?.() !== 0) return;
	const { uid, gid } = statSync(dirname(file));
	if (uid !== 0) chownSync(file, uid, gid);
}
