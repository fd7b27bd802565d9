import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { transienceOf } from "../../db/server/retry.ts";
import { UserError } from "../../lib/errors.ts";
import { type ExportEnd, exportEndSchema, exportHeadSchema } from "./export-format.ts";

/** A SHA-256 as PostgreSQL writes its bytes into JSON; read as hex. */
const digestSchema = z
	.string()
	.regex(/^\\x[0-9a-f]{64}$/)
	.transform((bytes) => bytes.slice(2));

/** What every reader of an export needs of its rows. */
export const eventRowSchema = z.object({
	station: z.string(),
	stream: z.string(),
	seq: z.int(),
	text: z.string(),
	hash: digestSchema,
});
export const streamRowSchema = z.object({
	station: z.string(),
	id: z.string(),
	acked_seq: z.int(),
	head: digestSchema,
	from_stream: z.string().nullable(),
	from_seq: z.int().nullable(),
});

/** Gives each row's line; returns the end. The digest is made on the way. Throws PlainError IMPORT_UNREADABLE, IMPORT_BROKEN. */
export async function readLines(file: string, take: (line: string) => Promise<void>): Promise<ExportEnd> {
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
		// A conflict of the database that somebody writes into is not the file's fault.
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
