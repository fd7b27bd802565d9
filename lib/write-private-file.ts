import {
	closeSync,
	fchownSync,
	fsyncSync,
	lchownSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file that only its user may read: whole and on the disk when it returns, or as it was before. What root
 * writes belongs to the folder's owner: a command that root ran must not lock the service out of its own files.
 */
export function writePrivateFile(file: string, text: string): void {
	const unfinished = `${file}.new`;
	const owner = otherOwnerOf(dirname(file));
	// Root must not write through a link that the folder's owner has laid there.
	if (owner !== undefined) rmSync(unfinished, { force: true });
	const descriptor = openSync(unfinished, owner === undefined ? "w" : "wx", 0o600);
	try {
		writeFileSync(descriptor, text);
		if (owner !== undefined) fchownSync(descriptor, owner.uid, owner.gid);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
	renameSync(unfinished, file);
}

/** The same for a file that was written in another way. */
export function giveToFolderOwner(file: string): void {
	const owner = otherOwnerOf(dirname(file));
	if (owner !== undefined) lchownSync(file, owner.uid, owner.gid);
}

/** Undefined unless root works in another user's folder. */
function otherOwnerOf(folder: string): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const { uid, gid } = statSync(folder);
	return uid === 0 ? undefined : { uid, gid };
}
