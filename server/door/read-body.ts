import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import { BATCH_BYTES } from "../../protocol/sync.ts";
import { SyncRefusal } from "../refusal.ts";

/**
 * A request's JSON as its schema reads it, inflated where it came as gzip, held to both limits while it is read.
 * Throws SyncRefusal BODY_TOO_LARGE, BODY_BROKEN or BAD_REQUEST.
 */
export async function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.infer<Schema>> {
	const text = await readText(request);
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new SyncRefusal("BODY_BROKEN");
	}
	const parsed = schema.safeParse(value);
	if (!parsed.success) throw new SyncRefusal("BAD_REQUEST", { at: parsed.error.issues[0]?.path.join(".") });
	return parsed.data;
}

async function readText(request: Request): Promise<string> {
	if (request.body === null) throw new SyncRefusal("BODY_BROKEN");
	const came = Readable.from(bounded(request.body, BATCH_BYTES.compressed));
	const coding = request.headers.get("content-encoding") ?? "identity";
	if (coding !== "gzip" && coding !== "identity") throw new SyncRefusal("BODY_BROKEN", { coding });
	const source = coding === "gzip" ? came.on("error", (fault) => inflated.destroy(fault)).pipe(createGunzip()) : came;
	const inflated = source;
	const chunks: Uint8Array[] = [];
	try {
		for await (const chunk of bounded(source, BATCH_BYTES.inflated)) chunks.push(chunk);
	} catch (fault) {
		if (fault instanceof SyncRefusal) throw fault;
		throw new SyncRefusal("BODY_BROKEN");
	}
	return Buffer.concat(chunks).toString("utf8");
}

async function* bounded(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
	let size = 0;
	for await (const chunk of source) {
		size += chunk.byteLength;
		if (size > most) throw new SyncRefusal("BODY_TOO_LARGE", { limit: most });
		yield chunk;
	}
}
