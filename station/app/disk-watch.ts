import type { Logger } from "pino";
import { MINUTE_MS } from "../../lib/time/durations.ts";
import type { DiskHealth } from "../../protocol/api/health.ts";
import { type DiskSpace, type DiskState, reportDisk } from "../../protocol/model/disk.ts";

const CHECK_INTERVAL_MS = MINUTE_MS;

const ADVICE: Readonly<Record<DiskState, (disk: DiskSpace) => string | null>> = {
	enough: () => null,
	low: (disk) => `The disk of the data folder has ${reportDisk(disk).freePercent}% left. Free some space soon.`,
	full: () => "The disk of the data folder is full: tickets cannot be issued. Free some space now.",
};

/** The disk as health shows it. */
export function describeDisk(disk: DiskSpace | undefined): DiskHealth | null {
	if (disk === undefined) return null;
	const { state } = reportDisk(disk);
	return { ...disk, state, advice: ADVICE[state](disk) };
}

/** Logs when the disk begins to fill, is full, or has space again. Returns the way to stop. */
export function startDiskWatch(readDisk: () => DiskSpace | undefined, log: Logger): () => void {
	let last: DiskState = "enough";
	const check = () => {
		const disk = describeDisk(readDisk());
		if (disk === null || disk.state === last) return;
		last = disk.state;
		const { advice, ...line } = disk;
		if (advice === null) log.info({ event: "disk.state.changed", ...line }, "There is enough space on the disk.");
		else log.warn({ event: "disk.state.changed", ...line }, advice);
	};
	check();
	const timer = setInterval(check, CHECK_INTERVAL_MS);
	timer.unref();
	return () => clearInterval(timer);
}
