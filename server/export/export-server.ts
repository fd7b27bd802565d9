import { createHash } from "node:crypto";
import { createWriteStream, existsSync, linkSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { transienceOf } from "../../db/server/retry.ts";
import { stream } from "../../db/server/schema/events.ts";
import { UserError } from "../../lib/errors.ts";
import { removeUnfinishedOf } from "../../lib/remove-unfinished.ts";
import { whyNotWritten } from "../../lib/system-error.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import { recordBackup } from "./backups.ts";
import { databaseBusy } from "./database-busy.ts";
import { EXPORT_FORMAT, type ExportEnd } from "./export-format.ts";
import { exportedTables } from "./tables.ts";

const PAGE_ROWS = 1_000;

/** How far the file has a stream. */
type Reached = { station: StationId; id: string; ackedSeq: number };

/**
 * Writes the server's data as of one moment into one file (export-format.ts), while the server works, in constant memory.
 * Then marks how far each stream is backed up, which stations learn at their next handshake. The file `out` is whole and
 * on the disk, or not there. Throws UserError EXPORT_EXISTS, EXPORT_NOT_WRITABLE, DATABASE_BUSY.
 */
export async function exportServer(
	database: ServerDatabase,
	{ out, version, now, signal }: { out: string; version: string; now: number; signal?: AbortSignal },
): Promise<ExportEnd> {
	if (existsSync(out)) throw exists(out);
	const part = `${out}.${process.pid}.part`;
	let reached: Reached[] = [];
	let end: ExportEnd | undefined;
	try {
		removeUnfinishedOf(dirname(out), basename(out));
		await database.transaction(
			async (tx) => {
				reached = await tx.select({ station: stream.station, id: stream.id, ackedSeq: stream.ackedSeq }).from(stream);
				const target = createWriteStream(part, { mode: 0o600, flush: true });
				await pipeline(Readable.from(lines(tx)), createGzip(), target, { signal });
			},
			{ isolationLevel: "repeatable read", accessMode: "read only" },
		);
		linkSync(part, out);
	} catch (cause) {
		if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") throw exists(out);
		if (transienceOf(cause) !== "permanent") throw databaseBusy(cause);
		throw new UserError(
			"EXPORT_NOT_WRITABLE",
			`The export ${out} could not be written: ${whyNotWritten(cause)}. Name another place with --out.`,
			{ cause },
		);
	} finally {
		rmSync(part, { force: true });
	}
	for (let index = 0; index < reached.length; index += PAGE_ROWS)
		await markBackedUp(database, reached.slice(index, index + PAGE_ROWS));
	await recordBackup(database, "export", now);
	if (!end) throw new Error("The export has no end.");
	return end;

	async function* lines(tx: Pick<ServerDatabase, "execute">): AsyncGenerator<string> {
		const digest = createHash("sha256");
		const write = (text: string) => {
			digest.update(text);
			return text;
		};
		const tables = exportedTables();
		const head = { format: EXPORT_FORMAT, createdAt: now, version, tables: tables.map(({ name }) => name) };
		yield write(`${JSON.stringify(head)}\n`);
		const rows: Record<string, number> = {};
		for (const { name, key } of tables) {
			rows[name] = 0;
			const order = sql.join(
				key.map((column) => sql.identifier(column)),
				sql`, `,
			);
			await tx.execute(
				sql`declare rows cursor for select row_to_json(t)::text as row from ${sql.identifier(name)} t order by ${order}`,
			);
			for (;;) {
				const page = await tx.execute<{ row: string }>(sql`fetch ${sql.raw(String(PAGE_ROWS))} from rows`);
				rows[name] += page.rows.length;
				yield write(page.rows.map(({ row }) => `[${JSON.stringify(name)},${row}]\n`).join(""));
				if (page.rows.length < PAGE_ROWS) break;
			}
			await tx.execute(sql`close rows`);
		}
		end = { rows, sha256: digest.digest("hex") };
		yield `${JSON.stringify(end)}\n`;
	}
}

/** Never lowers a mark, and never marks more than there is: the server may have been restored meanwhile. */
async function markBackedUp(database: ServerDatabase, reached: Reached[]): Promise<void> {
	await database.execute(sql`
		update stream set backed_up_seq = e."ackedSeq"
		from jsonb_to_recordset(${JSON.stringify(reached)}::jsonb) as e(station uuid, id uuid, "ackedSeq" bigint)
		where stream.station = e.station and stream.id = e.id
			and stream.backed_up_seq < e."ackedSeq" and stream.acked_seq >= e."ackedSeq"`);
}

function exists(out: string): UserError {
	return new UserError("EXPORT_EXISTS", `${out} exists already and was not changed. Name another file with --out.`);
}
