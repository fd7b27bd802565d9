import { accessSync, chmodSync, constants, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import type { ServerDatabase } from "../../db/server/open.ts";
import { UserError } from "../../lib/errors.ts";
import { makeFolder } from "../../lib/make-folder.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../lib/time/durations.ts";
import { claimExport } from "./backups.ts";
import { exportServer } from "./export-server.ts";

export interface ExportSchedule {
	/** Hours from one export to the next. */
	everyHours: number;
	folder: string;
	/** How many of the newest files to keep. */
	keep: number;
}

const CHECK_INTERVAL_MS = MINUTE_MS;
const OWN_NAME = /^paihao-server-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.export(\.\d+\.part)?$/;

/** The name of an export made at `now`. Names sort by time. */
export function nameOfExport(now: number): string {
	return `paihao-server-${stampOf(now)}.export`;
}

const stampOf = (now: number) => `${new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")}Z`;

/**
 * The files to delete from a folder once `written` is there: exports of this server beyond the newest `keep`, and parts
 * that killed instances left more than a day ago. Never other files.
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
	const abandoned = own.filter(({ stamp, isWhole }) => !isWhole && stamp < stampOf(now - DAY_MS));
	return [...older.slice(keep - 1), ...abandoned].map(({ name }) => name);
}

/** Makes the folder if it is missing. Throws UserError EXPORT_NOT_WRITABLE. */
export function requireExportFolder(folder: string): void {
	try {
		if (!existsSync(folder)) {
			makeFolder(folder);
			chmodSync(folder, 0o700);
		}
		accessSync(folder, constants.W_OK | constants.X_OK);
		readdirSync(folder);
	} catch (cause) {
		throw new UserError(
			"EXPORT_NOT_WRITABLE",
			`Exports cannot be written into ${folder}. Name a folder with --export-to that this user may write to.`,
			{ cause },
		);
	}
}

/**
 * Writes an export when one is due, on the instance that claims it first. Logs an error and tries again within the hour.
 * Returns a function that stops it and aborts an export in progress.
 */
export function startExports(
	database: ServerDatabase,
	{ everyHours, folder, keep }: ExportSchedule,
	{ version, clock, log }: { version: string; clock(): number; log: Logger },
): () => Promise<void> {
	const stopping = new AbortController();
	let running: Promise<void> | undefined;
	const exportIfDue = async () => {
		const now = clock();
		if (!(await claimExport(database, now, everyHours * HOUR_MS))) return;
		requireExportFolder(folder);
		const written = nameOfExport(now);
		const { rows } = await exportServer(database, {
			...{ out: join(folder, written), version, now },
			signal: stopping.signal,
		});
		const deleted = filesToDelete(readdirSync(folder), { written, keep, now });
		for (const name of deleted) rmSync(join(folder, name), { force: true });
		log.info({ written, rows, deleted }, "export.written");
	};
	const check = () => {
		running ??= exportIfDue()
			.catch((err: unknown) => {
				if (!stopping.signal.aborted) log.error({ err, folder }, "export.failed");
			})
			.finally(() => {
				running = undefined;
			});
	};
	check();
	const timer = setInterval(check, CHECK_INTERVAL_MS);
	timer.unref();
	return async () => {
		clearInterval(timer);
		stopping.abort();
		await running;
	};
}
