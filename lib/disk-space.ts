import { statfsSync } from "node:fs";

/** The space on the disk of a folder that this user may use, in bytes; undefined where the system does not say. */
export function readDiskSpace(folder: string): { freeBytes: number; totalBytes: number } | undefined {
	try {
		const { bavail, blocks, bsize } = statfsSync(folder);
		return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
	} catch {
		return undefined;
	}
}
