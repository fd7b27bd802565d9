import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { z } from "zod";
import { readAppend } from "../../protocol/append-body.ts";
import { type AppendRequest, appendRequestSchema, BATCH_BYTES } from "../../protocol/sync.ts";
import { SyncRefusal } from "../refusal.ts";

const inflate = promisify(gunzip);

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
	return held(value, schema);
}

/** An append's body, as readBody reads another's. */
export async function readAppendBody(request: Request): Promise<AppendRequest> {
	const value = readAppend(await readText(request));
	if (value === undefined) throw new SyncRefusal("BODY_BROKEN");
	return held(value, appendRequestSchema);
}

function held<Schema extends z.ZodType>(value: unknown, schema: Schema): z.infer<Schema> {
	const parsed = schema.safeParse(value);
	if (!parsed.success) throw new SyncRefusal("BAD_REQUEST", { at: parsed.error.issues[0]?.path.join(".") });
	return parsed.data;
}

async function readText(request: Request): Promise<string> {
	const coding = request.headers.get("content-encoding") ?? "identity";
	if (coding !== "gzip" && coding !== "identity") throw new SyncRefusal("BODY_BROKEN", { coding });
	const came = await readWhole(request);
	if (coding === "identity") return came.toString("utf8");
	try {
		return (await inflate(came, { maxOutputLength: BATCH_BYTES.inflated })).toString("utf8");
	} catch (fault) {
		if (fault instanceof RangeError) throw new SyncRefusal("BODY_TOO_LARGE", { limit: BATCH_BYTES.inflated });
		throw new SyncRefusal("BODY_BROKEN");
	}
}

/** The body as it came. It is left unread from where it is too large. */
async function readWhole({ body }: Request): Promise<Buffer> {
	if (body === null) throw new SyncRefusal("BODY_BROKEN");
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of body) {
			size += chunk.byteLength;
			if (size > BATCH_BYTES.compressed) throw new SyncRefusal("BODY_TOO_LARGE", { limit: BATCH_BYTES.compressed });
			chunks.push(chunk);
		}
	} catch (fault) {
		if (fault instanceof SyncRefusal) throw fault;
		throw new SyncRefusal("BODY_BROKEN");
	}
	return Buffer.concat(chunks);
}
