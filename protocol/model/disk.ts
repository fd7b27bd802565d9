import { z } from "zod";

/** The space on the disk of a data folder, in bytes. */
export const diskSpaceSchema = z.object({ freeBytes: z.number().min(0), totalBytes: z.number().min(0) });
export type DiskSpace = z.infer<typeof diskSpaceSchema>;

export const DISK_STATES = ["enough", "low", "full"] as const;
export type DiskState = (typeof DISK_STATES)[number];

const LOW_SHARE = 0.1;
/** SQLite's write-ahead log and a batch of tickets. Below it a write may fail at any moment. */
const FULL_BYTES = 16 * 1024 * 1024;

/** Low from a tenth on: early enough for somebody to come and free some. */
export function classifyDisk({ freeBytes, totalBytes }: DiskSpace): DiskState {
	if (freeBytes < FULL_BYTES) return "full";
	return freeBytes < totalBytes * LOW_SHARE ? "low" : "enough";
}

/** For the fleet's page. Coarse, so that a report is the same as the last one while nothing has changed. */
export const diskReportSchema = z.object({ state: z.enum(DISK_STATES), freePercent: z.int().min(0).max(100) });
export type DiskReport = z.infer<typeof diskReportSchema>;

export function reportDisk(disk: DiskSpace): DiskReport {
	const { freeBytes, totalBytes } = disk;
	return {
		state: classifyDisk(disk),
		freePercent: totalBytes === 0 ? 0 : Math.min(100, Math.floor((100 * freeBytes) / totalBytes)),
	};
}
