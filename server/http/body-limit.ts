import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { z } from "zod";
import { BodyTooLarge, readLimitedBody } from "../../lib/http/body-limit.ts";
import { parseStorableJson } from "../../lib/http/json-request.ts";
import { readAppend } from "../../protocol/sync/append-body.ts";
import { type AppendRequest, appendRequestSchema, BATCH_BYTES } from "../../protocol/sync/sync.ts";
import { Refusal } from "../refusal.ts";

const inflate = promisify(gunzip);

/**
 * A request's JSON, checked by a schema. A gzip body is inflated; both its sizes are limited.
 * Throws Refusal BODY_TOO_LARGE, BODY_INVALID or BAD_REQUEST.
 */
export async function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.infer<Schema>> {
	return parseWith(schema, parseJson(await readText(request)));
}

/** Requests without a token are short, and never inflated: a few bytes could become megabytes. */
const SMALL_BODY_BYTES = 4_096;

/** The body of a request that bears no token. Throws Refusal BODY_TOO_LARGE, BODY_INVALID or BAD_REQUEST. */
export async function readSmallBody<Schema extends z.ZodType>(
	request: Request,
	schema: Schema,
): Promise<z.infer<Schema>> {
	if (encodingOf(request) !== "identity") throw new Refusal("BODY_INVALID");
	return parseWith(schema, parseJson((await readBytes(request, SMALL_BODY_BYTES)).toString("utf8")));
}

/** The body of an append (protocol/sync/append-body.ts), with the limits of readBody. */
export async function readAppendBody(request: Request): Promise<AppendRequest> {
	const value = readAppend(await readText(request));
	if (value === undefined) throw new Refusal("BODY_INVALID");
	return parseWith(appendRequestSchema, value);
}

function parseJson(text: string): unknown {
	try {
		return parseStorableJson(text);
	} catch {
		throw new Refusal("BODY_INVALID");
	}
}

function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
	const parsed = schema.safeParse(value);
	if (!parsed.success) throw new Refusal("BAD_REQUEST", { at: parsed.error.issues[0]?.path.join(".") });
	return parsed.data;
}

function encodingOf(request: Request): string {
	return request.headers.get("content-encoding") ?? "identity";
}

async function readText(request: Request): Promise<string> {
	const encoding = encodingOf(request);
	if (encoding !== "gzip" && encoding !== "identity") throw new Refusal("BODY_INVALID", { coding: encoding });
	const bytes = await readBytes(request, BATCH_BYTES.compressed);
	if (encoding === "identity") return bytes.toString("utf8");
	try {
		return (await inflate(bytes, { maxOutputLength: BATCH_BYTES.inflated })).toString("utf8");
	} catch (error) {
		if (error instanceof RangeError) throw new Refusal("BODY_TOO_LARGE", { limit: BATCH_BYTES.inflated });
		throw new Refusal("BODY_INVALID");
	}
}

async function readBytes({ body }: Request, maxBytes: number): Promise<Buffer> {
	if (body === null) throw new Refusal("BODY_INVALID");
	try {
		return await readLimitedBody(body, maxBytes);
	} catch (error) {
		if (error instanceof BodyTooLarge) throw new Refusal("BODY_TOO_LARGE", { limit: maxBytes });
		// The sender went away halfway.
		throw new Refusal("BODY_INVALID");
	}
}
