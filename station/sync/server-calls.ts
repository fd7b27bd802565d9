import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { z } from "zod";
import { SECOND_MS } from "../../lib/time/durations.ts";
import { SERVER_REFUSALS, type ServerRefusalCode } from "../../protocol/api/server-refusals.ts";
import { signedDocumentSchema } from "../../protocol/documents/signed-document.ts";
import type { SentTicket } from "../../protocol/model/phone.ts";
import { APPEND_TYPE, writeAppend } from "../../protocol/sync/append-body.ts";
import { networkViewSchema, pollAnswerSchema } from "../../protocol/sync/command.ts";
import type { InheritedSettings } from "../../protocol/sync/inherited-settings.ts";
import {
	cursorSchema,
	type EventsAnswer,
	type EventsRequest,
	eventsAnswerSchema,
	handshakeResponseSchema,
	hashesAnswerSchema,
	knownAnswerSchema,
	type StreamsAnswer,
	streamsAnswerSchema,
} from "../../protocol/sync/sync.ts";
import type { PullCalls } from "./pull/pull-deps.ts";
import { readHints } from "./pull/read-hints.ts";
import type { ServerCalls } from "./push/push-streams.ts";
import { readJsonBody } from "./read-json.ts";

const REQUEST_TIMEOUT_MS = 15 * SECOND_MS;
/** A shorter body is sent as it is: gzip would gain nothing. */
const MIN_GZIP_CHARACTERS = 1_024;
const JSON_TYPE = "application/json";
/**
 * Events repeat what is a few lines above them. With a window of 8 KB, level 1 takes a quarter less time than with one
 * of 32 KB and compresses better (measured on 2,000 events: 101 KB against 107).
 */
const GZIP_OPTIONS = { level: 1, windowBits: 13 };
const gzipBody = promisify(gzip);

/** The server refused a request, with a stable code. */
export class ServerRefusal extends Error {
	override readonly name = "ServerRefusal";
	readonly code: ServerRefusalCode;
	/** The server's clock, where the answer has it. */
	readonly time: number | undefined;
	/** The last sequence that it accepted, where the answer has it. */
	readonly after: number | undefined;

	constructor(code: ServerRefusalCode, { time, after }: RefusalData = {}) {
		super(SERVER_REFUSALS[code].message);
		this.code = code;
		this.time = time;
		this.after = after;
	}
}

const refusalDataSchema = z.object({ time: z.number(), after: z.int().min(0) }).partial();
type RefusalData = z.infer<typeof refusalDataSchema>;

/** For comparing the two copies. */
export interface CompareCalls {
	streams(): Promise<StreamsAnswer>;
	events(request: EventsRequest): Promise<EventsAnswer["events"]>;
}

/** For visitors' phones that ask the server for their tickets. */
export interface PhoneTicketCalls {
	phones(tickets: readonly SentTicket[]): Promise<void>;
}

/** For the device that may one day be enrolled in this one's place. */
export interface InheritedSettingsCalls {
	settings(settings: InheritedSettings): Promise<void>;
}

export type HttpCalls = ServerCalls & CompareCalls & PullCalls & PhoneTicketCalls & InheritedSettingsCalls;

/** Told of the server's clock (UTC milliseconds) with each answer, whatever was asked and however it was answered. */
export type OnServerTime = (serverTime: number) => void;

/** The server over HTTP. Calls throw ServerRefusal, and what fetch throws where the server cannot be reached. */
export function openHttpCalls(origin: string, token: () => Promise<string>, heardTime?: OnServerTime): HttpCalls {
	const send = async (path: string, init: RequestInit): Promise<Response> => {
		const response = await fetch(`${origin}/sync/${path}`, { ...init, redirect: "error" });
		const time = Date.parse(response.headers.get("date") ?? "");
		if (!Number.isNaN(time)) heardTime?.(time);
		return response;
	};
	const get = async <Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> => {
		const response = await send(path, {
			headers: { authorization: `Bearer ${await token()}` },
			signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
		});
		const answer = await readJsonBody(response);
		const parsed = schema.safeParse(answer);
		if (response.ok && parsed.success) return parsed.data;
		throw refusalOf(answer, response.status);
	};
	/** Compresses a body once. Each call of the returned function sends it. */
	const preparePost = async <Schema extends z.ZodType>(
		path: string,
		text: string,
		schema: Schema,
		type = JSON_TYPE,
	) => {
		const isSmall = text.length < MIN_GZIP_CHARACTERS;
		const body = isSmall ? text : new Uint8Array(await gzipBody(text, GZIP_OPTIONS));
		return async () => {
			const response = await send(path, {
				method: "POST",
				headers: {
					"content-type": type,
					authorization: `Bearer ${await token()}`,
					...(!isSmall && { "content-encoding": "gzip" }),
				},
				body,
				signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
			});
			const answer = await readJsonBody(response);
			const parsed = schema.safeParse(answer);
			if (parsed.success && (response.ok || response.status === SERVER_REFUSALS.STREAM_MOVED.status))
				return { status: response.status, body: parsed.data as z.infer<Schema> };
			throw refusalOf(answer, response.status);
		};
	};
	const post = async <Schema extends z.ZodType>(path: string, body: unknown, schema: Schema) =>
		(await preparePost(path, JSON.stringify(body), schema))();

	return {
		handshake: async (handshake) => (await post("handshake", handshake, handshakeResponseSchema)).body,
		async prepare(request) {
			const send = await preparePost("append", writeAppend(request), cursorSchema, APPEND_TYPE);
			return async () => {
				try {
					const { status, body } = await send();
					return { kind: status === 200 ? "appended" : "moved", cursor: body };
				} catch (error) {
					if (error instanceof ServerRefusal && error.code === "EVENTS_CONFLICT")
						return { kind: "conflict", after: error.after ?? request.after };
					throw error;
				}
			};
		},
		poll: (after) => get(`poll?after=${after}`, pollAnswerSchema),
		document: (kind) => get(`documents/${kind}`, signedDocumentSchema),
		network: (since) => get(since === null ? "network" : `network?since=${since}`, networkViewSchema),
		async hints(signal) {
			const response = await send("hints", { headers: { authorization: `Bearer ${await token()}` }, signal });
			if (!response.ok || response.body === null) throw refusalOf(await readJsonBody(response), response.status);
			return readHints(response.body);
		},
		phones: async (tickets) => {
			await post("phone-tickets", { tickets }, z.object({}));
		},
		async settings(settings) {
			try {
				await post("settings", settings, z.object({}));
			} catch (error) {
				// A server of an older version keeps no settings.
				if (!(error instanceof ServerRefusal && error.code === "NOT_FOUND")) throw error;
			}
		},
		streams: () => get("streams", streamsAnswerSchema),
		known: async (ids) => (await post("known", { ids }, knownAnswerSchema)).body.known,
		events: async (request) => (await post("events", request, eventsAnswerSchema)).body.events,
		hashes: async (stream, seqs) => (await post("hashes", { stream, seqs }, hashesAnswerSchema)).body.hashes,
	};
}

function refusalOf(answer: unknown, status: number): Error {
	const refusal = answer as { code?: unknown; data?: unknown } | null;
	const code =
		typeof refusal?.code === "string" && refusal.code in SERVER_REFUSALS
			? (refusal.code as ServerRefusalCode)
			: undefined;
	if (!code) return new Error(`The server answered ${status} with a body that is not of this protocol.`);
	return new ServerRefusal(code, refusalDataSchema.safeParse(refusal?.data).data);
}
