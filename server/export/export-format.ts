import { z } from "zod";

/*
 * An export is one file: gzip, JSON lines, UTF-8. The first line is the head; then one line for each row,
 * ["table",{"column":value}], as PostgreSQL's own row_to_json writes it, each table in the order of its primary key;
 * the last line is the end: rows by table, and SHA-256 over every line before with its line feed. Any program that reads
 * JSON can read it, without Paihao and without PostgreSQL.
 */

export const EXPORT_FORMAT = "paihao-server-export 1";

export const exportHeadSchema = z.object({
	format: z.literal(EXPORT_FORMAT),
	/** UTC milliseconds. */
	createdAt: z.int(),
	version: z.string(),
	tables: z.array(z.string()),
});

export const exportRowSchema = z.tuple([z.string(), z.record(z.string(), z.unknown())]);

export const exportEndSchema = z.object({
	rows: z.record(z.string(), z.int().min(0)),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ExportEnd = z.infer<typeof exportEndSchema>;
