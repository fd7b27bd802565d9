import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import type { ServerDatabase } from "../../db/server/open.ts";
import { claimExport } from "./backups.ts";
import { exportServer } from "./export-server.ts";

export interface ExportSchedule {
	/** Hours from one export to the next. */
	everyHours: number;
	folder: string;
	/** So many of the newest files stay. */
	keep: number;
}

const POLL_INTERVAL_MS = 60_000;
const HOUR = 3_600_000;
const OWN_NAME = /^paihao-server-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.export(\.\d+\.part)?$/;

/** Its names sort as their times do. */
export function nameOfExport(now: number): string {
	return `paihao-server-${stampOf(now)}.export`;
}

const stampOf = (now: number) => `${new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")}Z`;

/**
 * Of a folder's files those to be deleted after `written` was: exports of this server beyond the newest, and what
 * instances left behind that were killed at one, more than a day ago. Nobody else's files.
 */
export function filesToDelete(
	files: readonly string[],
	{ written, keep, now }: { written: string; keep: number; now: number },
): string[] {
	const own = files.flatMap((name) => {
		const [, stamp, part] = OWN_NAME.exec(name) ?? [];
		return stamp === undefined ? [] : [{ name, stamp, isWhole: part === undefined }];
	});
	const older = own
		.filter(({ name, isWhole }) => isWhole && name !== written)
		.toSorted((one, other) => (one.name < other.name ? 1 : -1));
	const left = own.filter(({ stamp, isWhole }) => !isWhole && stamp < stampOf(now - 24 * HOUR));
	return [...older.slice(keep - 1), ...left].map(({ name }) => name);
}

/**
 * Writes an export when one is due, whichever instance comes first. A fault is told, and tried again within the hour.
 * Returns the way to stop; one that is under way is broken off.
 */
export function startExports(
	database: ServerDatabase,
	{ everyHours, folder, keep }: ExportSchedule,
	{ version, clock, log }: { version: string; clock(): number; log: Logger },
): () => Promise<void> {
	const leaving = new AbortController();
	let running: Promise<void> | undefined;
	const exportIfDue = async () => {
		const now = clock();
		if (!(await claimExport(database, now, everyHours * HOUR))) return;
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		const written = nameOfExport(now);
		const { rows } = await exportServer(database, {
			...{ out: join(folder, written), version, now },
			signal: leaving.signal,
		});
		const deleted = filesToDelete(readdirSync(folder), { written, keep, now });
		for (const name of deleted) rmSync(join(folder, name), { force: true });
		log.info({ written, rows, deleted }, "an export was written");
	};
	const snapshot = () => {
		running ??= exportIfDue()
			.catch((err: unknown) => {
				if (!leaving.signal.aborted) log.error({ err, folder }, "no export could be written");
			})
			.finally(() => {
				running = undefined;
			});
	};
	snapshot();
	const timer = setInterval(snapshot, POLL_INTERVAL_MS);
	timer.unref();
	return async () => {
		clearInterval(timer);
		leaving.abort();
		await running;
	};
}
