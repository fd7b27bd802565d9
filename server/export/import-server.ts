import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { passingOf } from "../../db/server/again.ts";
import type { ServerDatabase } from "../../db/server/open.ts";
import { FIRST_HASH } from "../../protocol/event.ts";
import { PlainError } from "../../protocol/plain-error.ts";
import { nextHash } from "../ingest/check-events.ts";
import { databaseBusy } from "./busy.ts";
import { type ExportEnd, exportEndSchema, exportHeadSchema, exportRowSchema } from "./format.ts";
import { type ExportedTable, exportedTables } from "./tables.ts";

const PAGE = 500;

const eventRowSchema = z.object({
	station: z.string(),
	stream: z.string(),
	seq: z.int(),
	text: z.string(),
	hash: z.string(),
});
const streamRowSchema = z.object({ station: z.string(), id: z.string(), acked: z.int(), head: z.string() });

/**
 * Fills an empty server from an export, in one transaction: all of it, checked (its digest, its rows, each stream's
 * chain of hashes up to its head), or nothing. Throws PlainError IMPORT_NOT_EMPTY, IMPORT_UNREADABLE, IMPORT_BROKEN,
 * DATABASE_BUSY.
 */
export async function importServer(database: ServerDatabase, file: string): Promise<ExportEnd> {
	return fill(database, file).catch((cause: unknown) => {
		throw passingOf(cause) === "stays" ? cause : databaseBusy(cause);
	});
}

function fill(database: ServerDatabase, file: string): Promise<ExportEnd> {
	return database.transaction(async (tx) => {
		const tables = new Map(exportedTables().map((table) => [table.name, table]));
		for (const { name } of tables.values()) {
			const { rows } = await tx.execute(sql`select 1 from ${sql.identifier(name)} limit 1`);
			if (rows.length > 0)
				throw new PlainError(
					"IMPORT_NOT_EMPTY",
					`The server's database is not empty (${name}) and was left as it is. Name a new folder with --data, or an empty database.`,
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
			if (page?.table !== table || page.rows.length === PAGE) await flush();
			page ??= { table, rows: [] };
			page.rows.push(row);
		});
		await flush();
		for (const [name, count] of Object.entries(end.rows))
			if (count !== (written[name] ?? 0)) throw broken(file, `it has not as many rows of ${name} as its end says`);
		chains.finish();
		return end;
	});
}

/** Gives each row's line; returns the end. A file is read twice by nobody: the digest is made on the way. */
async function readLines(file: string, take: (line: string) => Promise<void>): Promise<ExportEnd> {
	const digest = createHash("sha256");
	let before: string | undefined;
	let lines = 0;
	try {
		const source = createReadStream(file).on("error", (fault) => unzipped.destroy(fault));
		const unzipped = createGunzip();
		source.pipe(unzipped);
		unzipped.setEncoding("utf8");
		for await (const line of splitLines(unzipped)) {
			if (before !== undefined) {
				digest.update(`${before}\n`);
				if (lines === 1) requireHead(file, before);
				else await take(before);
			}
			before = line;
			lines += 1;
		}
	} catch (cause) {
		if (cause instanceof PlainError || passingOf(cause) !== "stays") throw cause;
		if (lines < 2) throw unreadable(file, cause);
		throw broken(file, cause instanceof Error ? cause.message.split("\n")[0] : String(cause), cause);
	}
	if (lines < 2) throw unreadable(file, undefined);
	const end = exportEndSchema.safeParse(parseJson(before));
	if (!end.success) throw broken(file, "it has no end: it was cut off");
	if (end.data.sha256 !== digest.digest("hex")) throw broken(file, "its digest does not fit its lines");
	return end.data;
}

/** A fault of the source is thrown here: readline alone would end as if the file were whole. */
async function* splitLines(source: AsyncIterable<string>): AsyncGenerator<string> {
	let rest = "";
	for await (const chunk of source) {
		const parts = (rest + chunk).split("\n");
		rest = parts.pop() ?? "";
		yield* parts;
	}
	if (rest !== "") yield rest;
}

function requireHead(file: string, line: string): void {
	const head = exportHeadSchema.safeParse(parseJson(line));
	if (!head.success) throw unreadable(file, head.error);
}

/** What PostgreSQL wrote it reads again: no value passes through a type of ours. Columns that are not in the row keep their default. */
async function insert(
	tx: Pick<ServerDatabase, "execute">,
	{ name, columns }: ExportedTable,
	rows: Record<string, unknown>[],
	file: string,
): Promise<void> {
	const given = Object.keys(rows[0] ?? {});
	const unknown = given.find((column) => !columns.includes(column));
	if (unknown !== undefined) throw newer(file, `the column ${name}.${unknown}`);
	const table = sql.identifier(name);
	const list = sql.join(
		given.map((column) => sql.identifier(column)),
		sql`, `,
	);
	await tx.execute(
		sql`insert into ${table} (${list}) select ${list} from json_populate_recordset(null::${table}, ${JSON.stringify(rows)}::json)`,
	);
}

/** Events come in the order of their keys: a stream's follow each other. */
class Chains {
	readonly #file: string;
	readonly #ends = new Map<string, { seq: number; hash: string }>();
	readonly #heads = new Map<string, { acked: number; head: string }>();

	constructor(file: string) {
		this.#file = file;
	}

	event({ station, stream, seq, text, hash }: z.infer<typeof eventRowSchema>): void {
		const key = `${station} ${stream}`;
		const before = this.#ends.get(key) ?? { seq: 0, hash: FIRST_HASH };
		if (seq !== before.seq + 1 || nextHash(before.hash, text) !== hash)
			throw broken(this.#file, `event ${seq} of stream ${stream} does not follow the one before it`);
		this.#ends.set(key, { seq, hash });
	}

	stream({ station, id, acked, head }: z.infer<typeof streamRowSchema>): void {
		this.#heads.set(`${station} ${id}`, { acked, head });
	}

	finish(): void {
		for (const [key, { acked, head }] of this.#heads) {
			const { seq, hash } = this.#ends.get(key) ?? { seq: 0, hash: FIRST_HASH };
			if (seq !== acked || hash !== head)
				throw broken(this.#file, `stream ${key.split(" ")[1]} does not end where it says`);
		}
	}
}

function parseJson(text: string | undefined): unknown {
	try {
		return JSON.parse(text ?? "");
	} catch {
		return undefined;
	}
}

function unreadable(file: string, cause: unknown): PlainError {
	return new PlainError("IMPORT_UNREADABLE", `${file} is not an export that this version of Paihao reads.`, { cause });
}

function newer(file: string, what: string): PlainError {
	return new PlainError(
		"IMPORT_UNREADABLE",
		`${file} has ${what}, which this version of Paihao does not know. Install a newer one.`,
	);
}

function broken(file: string, why: string | undefined, cause?: unknown): PlainError {
	return new PlainError(
		"IMPORT_BROKEN",
		`The export ${file} cannot be used: ${why}. Nothing was written; try another one.`,
		{
			cause,
		},
	);
}
