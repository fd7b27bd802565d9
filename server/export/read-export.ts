import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { transienceOf } from "../../db/server/retry.ts";
import { UserError } from "../../lib/errors.ts";
import { stationIdSchema, streamIdSchema } from "../../protocol/model/ids.ts";
import { type ExportEnd, exportEndSchema, exportHeadSchema } from "./export-format.ts";

/** A SHA-256 as PostgreSQL writes its bytes into JSON; read as hex. */
const digestSchema = z
	.string()
	.regex(/^\\x[0-9a-f]{64}$/)
	.transform((bytes) => bytes.slice(2));

/** The columns that every reader of an export needs. */
export const eventRowSchema = z.object({
	station: stationIdSchema,
	stream: streamIdSchema,
	seq: z.int(),
	text: z.string(),
	hash: digestSchema,
});
export const streamRowSchema = z.object({
	station: stationIdSchema,
	id: streamIdSchema,
	acked_seq: z.int(),
	head: digestSchema,
	from_stream: streamIdSchema.nullable(),
	from_seq: z.int().nullable(),
});

/** Calls `onRow` with each row's line, checks the digest and returns the end. Throws UserError IMPORT_UNREADABLE, IMPORT_BROKEN. */
export async function readLines(file: string, onRow: (line: string) => Promise<void>): Promise<ExportEnd> {
	const digest = createHash("sha256");
	let before: string | undefined;
	let lines = 0;
	try {
		const source = createReadStream(file).on("error", (error) => unzipped.destroy(error));
		const unzipped = createGunzip();
		source.pipe(unzipped);
		unzipped.setEncoding("utf8");
		for await (const line of splitLines(unzipped)) {
			if (before !== undefined) {
				digest.update(`${before}\n`);
				if (lines === 1) requireHead(file, before);
				else await onRow(before);
			}
			before = line;
			lines += 1;
		}
	} catch (cause) {
		// Not an error of the file: the database that the rows go to had a conflict.
		if (cause instanceof UserError || transienceOf(cause) !== "permanent") throw cause;
		if (lines < 2) throw unreadable(file, cause);
		throw broken(file, cause instanceof Error ? cause.message.split("\n")[0] : String(cause), cause);
	}
	if (lines < 2) throw unreadable(file, undefined);
	const end = exportEndSchema.safeParse(parseJson(before));
	if (!end.success) throw broken(file, "it has no end: it was cut off");
	if (end.data.sha256 !== digest.digest("hex")) throw broken(file, "its digest does not fit its lines");
	return end.data;
}

/** Throws the errors of its source; readline would end as if the file were whole. */
async function* splitLines(source: AsyncIterable<string>): AsyncGenerator<string> {
	let unread = "";
	for await (const chunk of source) {
		const lines = (unread + chunk).split("\n");
		unread = lines.pop() ?? "";
		yield* lines;
	}
	if (unread !== "") yield unread;
}

function requireHead(file: string, line: string): void {
	const head = exportHeadSchema.safeParse(parseJson(line));
	if (!head.success) throw unreadable(file, head.error);
}

function parseJson(text: string | undefined): unknown {
	try {
		return JSON.parse(text ?? "");
	} catch {
		return undefined;
	}
}

function unreadable(file: string, cause: unknown): UserError {
	return new UserError("IMPORT_UNREADABLE", `${file} is not an export that this version of Paihao reads.`, { cause });
}

export function broken(file: string, why: string | undefined, cause?: unknown): UserError {
	return new UserError(
		"IMPORT_BROKEN",
		`The export ${file} cannot be used: ${why}. Nothing was written; try another one.`,
		{
			cause,
		},
	);
}
