import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { z } from "zod";
import { readAppend } from "../../protocol/sync/append-body.ts";
import { type AppendRequest, appendRequestSchema, BATCH_BYTES } from "../../protocol/sync/sync.ts";
import { SyncRefusal } from "../refusal.ts";

const inflate = promisify(gunzip);

/**
 * A request's JSON as its schema reads it, inflated where it came as gzip, held to both limits while it is read.
 * Throws SyncRefusal BODY_TOO_LARGE, BODY_BROKEN or BAD_REQUEST.
 */
export async function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.infer<Schema>> {
	return held(parse(await readText(request)), schema);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new SyncRefusal("BODY_INVALID");
	}
}

/** What nobody vouches for is short, and is not inflated: a few bytes would become megabytes to be read. */
const SMALL = 4_096;

/** The body of a request that anybody may send. Throws SyncRefusal BODY_TOO_LARGE, BODY_BROKEN or BAD_REQUEST. */
export async function readSmallBody<Schema extends z.ZodType>(
	request: Request,
	schema: Schema,
): Promise<z.infer<Schema>> {
	if ((request.headers.get("content-encoding") ?? "identity") !== "identity") throw new SyncRefusal("BODY_INVALID");
	return held(parse((await readWhole(request, SMALL)).toString("utf8")), schema);
}

/** An append's body, as readBody reads another's. */
export async function readAppendBody(request: Request): Promise<AppendRequest> {
	const value = readAppend(await readText(request));
	if (value === undefined) throw new SyncRefusal("BODY_INVALID");
	return held(value, appendRequestSchema);
}

function held<Schema extends z.ZodType>(value: unknown, schema: Schema): z.infer<Schema> {
	const parsed = schema.safeParse(value);
	if (!parsed.success) throw new SyncRefusal("BAD_REQUEST", { at: parsed.error.issues[0]?.path.join(".") });
	return parsed.data;
}

async function readText(request: Request): Promise<string> {
	const coding = request.headers.get("content-encoding") ?? "identity";
	if (coding !== "gzip" && coding !== "identity") throw new SyncRefusal("BODY_INVALID", { coding });
	const came = await readWhole(request, BATCH_BYTES.compressed);
	if (coding === "identity") return came.toString("utf8");
	try {
		return (await inflate(came, { maxOutputLength: BATCH_BYTES.inflated })).toString("utf8");
	} catch (fault) {
		if (fault instanceof RangeError) throw new SyncRefusal("BODY_TOO_LARGE", { limit: BATCH_BYTES.inflated });
		throw new SyncRefusal("BODY_INVALID");
	}
}

/** The body as it came. It is left unread from where it is too large. */
async function readWhole({ body }: Request, limit: number): Promise<Buffer> {
	if (body === null) throw new SyncRefusal("BODY_INVALID");
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of body) {
			size += chunk.byteLength;
			if (size > limit) throw new SyncRefusal("BODY_TOO_LARGE", { limit });
			chunks.push(chunk);
		}
	} catch (fault) {
		if (fault instanceof SyncRefusal) throw fault;
		throw new SyncRefusal("BODY_INVALID");
	}
	return Buffer.concat(chunks);
}
