import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { openLog } from "../../lib/log.ts";
import { markOwnBackup } from "../../server/export/backups.ts";
import { exportServer } from "../../server/export/export-server.ts";
import { importServer } from "../../server/export/import-server.ts";
import { type DatabasePlace, openDatabaseBeside } from "../../server/postgres/open-database.ts";

/** `paihao server export`: prints how many rows of each table are in the file. The server may be running. */
export async function runExport(place: DatabasePlace, out: string, version: string): Promise<void> {
	const { database, close } = await openDatabaseBeside(place, openLog("error"));
	try {
		const { rows, sha256 } = await exportServer(database, { out, version, now: Date.now() });
		process.stdout.write(`${JSON.stringify({ export: out, rows, sha256 })}\n`);
	} finally {
		await close();
	}
}

/** `paihao server import`: into an empty server only. */
export async function runImport(place: DatabasePlace, file: string | undefined): Promise<void> {
	if (file === undefined) throw new UserError("USAGE", "Name the export's FILE.", { exitCode: 2 });
	const { database, close } = await openDatabaseBeside(place, openLog("error"));
	try {
		const { rows } = await importServer(database, file);
		process.stdout.write(`${JSON.stringify({ imported: file, rows })}\n`);
	} finally {
		await close();
	}
}

const instantSchema = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** `paihao server mark-backup`: for whoever backs PostgreSQL up by other means. */
export async function runBackedUp(place: DatabasePlace, at: string): Promise<void> {
	const began = instantSchema.safeParse(at);
	if (!began.success || began.data > Date.now())
		throw new UserError("USAGE", `${at} is not a moment in the past with its offset. Say 2026-11-23T02:00:00+08:00.`, {
			exitCode: 2,
		});
	const { database, close } = await openDatabaseBeside(place, openLog("error"));
	try {
		const streams = await markOwnBackup(database, began.data);
		process.stdout.write(`${JSON.stringify({ backedUpSeq: at, streams })}\n`);
	} finally {
		await close();
	}
}
