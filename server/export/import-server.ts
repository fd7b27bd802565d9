import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { ServerDatabase } from "../../db/server/open.ts";
import { transienceOf } from "../../db/server/retry.ts";
import { UserError } from "../../lib/errors.ts";
import { FIRST_HASH } from "../../protocol/events/event.ts";
import { chainHash } from "../../protocol/events/hash-chain.ts";
import { databaseBusy } from "./database-busy.ts";
import { type ExportEnd, exportRowSchema } from "./export-format.ts";
import { broken, eventRowSchema, readLines, streamRowSchema } from "./read-export.ts";
import { type ExportedTable, exportedTables } from "./tables.ts";

const PAGE_ROWS = 500;

/**
 * Fills an empty server from an export, in one transaction: all of it, checked (its digest, its rows, each stream's
 * chain of hashes up to its head), or nothing. Throws UserError IMPORT_NOT_EMPTY, IMPORT_UNREADABLE, IMPORT_BROKEN,
 * DATABASE_BUSY.
 */
export async function importServer(database: ServerDatabase, file: string): Promise<ExportEnd> {
	return fill(database, file).catch((cause: unknown) => {
		throw transienceOf(cause) === "permanent" ? cause : databaseBusy(cause);
	});
}

function fill(database: ServerDatabase, file: string): Promise<ExportEnd> {
	return database.transaction(async (tx) => {
		const tables = new Map(exportedTables().map((table) => [table.name, table]));
		for (const { name } of tables.values()) {
			const { rows } = await tx.execute(sql`select 1 from ${sql.identifier(name)} limit 1`);
			if (rows.length > 0)
				throw new UserError(
					"IMPORT_NOT_EMPTY",
					`The server's database is not empty (${name}) and was not changed. Name a new folder with --data, or an empty database.`,
				);
		}
		const chains = new Chains(file);
		const written: Record<string, number> = {};
		let page: { table: ExportedTable; rows: Record<string, unknown>[] } | undefined;
		const flush = async () => {
			if (page) await insert(tx, page.table, page.rows, file);
			page = undefined;
		};
		const end = await readLines(file, async (line) => {
			const [name, row] = exportRowSchema.parse(JSON.parse(line));
			const table = tables.get(name);
			if (!table) throw newer(file, `the table ${name}`);
			written[name] = (written[name] ?? 0) + 1;
			if (name === "event") chains.event(eventRowSchema.parse(row));
			if (name === "stream") chains.stream(streamRowSchema.parse(row));
			if (page?.table !== table || page.rows.length === PAGE_ROWS) await flush();
			page ??= { table, rows: [] };
			page.rows.push(row);
		});
		await flush();
		for (const [name, count] of Object.entries(end.rows))
			if (count !== (written[name] ?? 0))
				throw broken(file, `it has another number of rows of ${name} than its end says`);
		chains.finish();
		return end;
	});
}

/** PostgreSQL reads again what it wrote: no value passes through a type of ours. Columns that the row lacks get their default. */
async function insert(
	tx: Pick<ServerDatabase, "execute">,
	{ name, columns }: ExportedTable,
	rows: Record<string, unknown>[],
	file: string,
): Promise<void> {
	const present = Object.keys(rows[0] ?? {});
	const unknown = present.find((column) => !columns.includes(column));
	if (unknown !== undefined) throw newer(file, `the column ${name}.${unknown}`);
	const table = sql.identifier(name);
	const list = sql.join(
		present.map((column) => sql.identifier(column)),
		sql`, `,
	);
	await tx.execute(
		sql`insert into ${table} (${list}) select ${list} from json_populate_recordset(null::${table}, ${JSON.stringify(rows)}::json)`,
	);
}

/** Checks the chains. Events come in the order of their keys, so those of a stream follow each other. */
class Chains {
	readonly #file: string;
	readonly #ends = new Map<string, { seq: number; hash: string }>();
	readonly #heads = new Map<string, { ackedSeq: number; head: string }>();

	constructor(file: string) {
		this.#file = file;
	}

	event({ station, stream, seq, text, hash }: z.infer<typeof eventRowSchema>): void {
		const key = `${station} ${stream}`;
		const before = this.#ends.get(key) ?? { seq: 0, hash: FIRST_HASH };
		if (seq !== before.seq + 1 || chainHash(before.hash, text) !== hash)
			throw broken(this.#file, `event ${seq} of stream ${stream} does not follow the one before it`);
		this.#ends.set(key, { seq, hash });
	}

	stream({ station, id, acked_seq: ackedSeq, head }: z.infer<typeof streamRowSchema>): void {
		this.#heads.set(`${station} ${id}`, { ackedSeq, head });
	}

	finish(): void {
		for (const [key, { ackedSeq, head }] of this.#heads) {
			const { seq, hash } = this.#ends.get(key) ?? { seq: 0, hash: FIRST_HASH };
			if (seq !== ackedSeq || hash !== head)
				throw broken(this.#file, `stream ${key.split(" ")[1]} does not end where it says`);
		}
	}
}

function newer(file: string, what: string): UserError {
	return new UserError(
		"IMPORT_UNREADABLE",
		`${file} has ${what}, which this version of Paihao does not know. Install a newer one.`,
	);
}
