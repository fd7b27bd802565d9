import { z } from "zod";
import { MAX_SITE_TOPICS } from "../catalogue/catalogue.ts";
import { diskReportSchema } from "../model/disk.ts";
import { eventIdSchema, siteIdSchema, streamIdSchema, topicIdSchema } from "../model/ids.ts";
import { instantSchema } from "../model/ticket.ts";

/*
 * The messages between a station and the server. Each station is the only writer of its own streams. The server appends
 * events in the stream's order, each batch by one compare-and-set on the stream's end, so that a request that is lost,
 * doubled, delayed or answered twice changes nothing. Plain routes under /sync, JSON, gzip allowed; every request has
 * the station's own short-lived token (protocol/sync/enrolment.ts).
 */

/** Events in one batch at most: one statement appends them. A larger batch gains nothing (measured: 99k/s at 50, 132k/s at 500). */
export const BATCH_EVENTS = 500;

/** Batches in one request at most: they share one check of the token and one round trip. */
export const REQUEST_BATCHES = 4;

/** The largest body of a request, in bytes: as received, and after inflating. */
export const BATCH_BYTES = { compressed: 1_000_000, inflated: 4_000_000 };

export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const sequenceSchema = z.int().min(0);

/** The end of a stream: sequence and hash of its last event; 0 and FIRST_HASH before the first. */
export const streamEndSchema = z.strictObject({ stream: streamIdSchema, seq: sequenceSchema, head: hashSchema });
export type StreamEnd = z.infer<typeof streamEndSchema>;

/** How far the server has a stream; also the answer to an append, 200 with the new end or 409 with the present end. */
export const cursorSchema = z.object({
	stream: streamIdSchema,
	ackedSeq: sequenceSchema,
	head: hashSchema,
	/** How far it is in a backup of the server: the station keeps later events whole. */
	backedUpSeq: sequenceSchema,
});
export type Cursor = z.infer<typeof cursorSchema>;

/** The event of another stream that a stream continues: the last one that station and server share. */
export const originSchema = z.strictObject({ stream: streamIdSchema, seq: sequenceSchema });
export type Origin = z.infer<typeof originSchema>;

/** The station's state, for the fleet's page; nothing about a person. */
export const stationReportSchema = z.object({
	site: siteIdSchema,
	version: z.string().max(64),
	catalogueVersion: z.string().max(64).nullable(),
	unsent: z.int().min(0),
	/** Events of this station that only the server has, as after a disk was restored: ticket numbers may have been issued twice. */
	serverAhead: z.int().min(0).optional(),
	/** The last document or command that the station refused, with the moment by its own clock. */
	refusal: z
		.object({ code: z.string().max(64), at: instantSchema })
		.nullable()
		.optional(),
	printer: z.string().max(64),
	paperNearEnd: z.boolean(),
	unprinted: z.int().min(0),
	/** Of its data folder; missing where the system does not say, and from older stations. */
	disk: diskReportSchema.optional(),
	waiting: z.int().min(0),
	serving: z.int().min(0),
	openCounters: z.int().min(0),
	/** The IANA zone by which its site's days and hours go. */
	timezone: z.string().max(64).optional(),
	/** Whether its site is open, by its hours or by hand. */
	open: z.boolean().optional(),
	/** When it opens next; null while it is open. */
	opensAt: instantSchema.nullable().optional(),
	/** Until when it is closed by hand; null where it is not. */
	closedUntil: instantSchema.nullable().optional(),
	/** Topics that give tickets now. */
	topics: z.array(topicIdSchema).max(MAX_SITE_TOPICS),
	wait: z.object({ minMinutes: z.int().min(0), maxMinutes: z.int().min(0) }).nullable(),
	/** How many topics are past the date by which their facts were to be confirmed. */
	outdatedTopics: z.int().min(0).optional(),
	/** True while the calendar of bookings cannot be read; missing where none is polled. */
	calendarFails: z.boolean().optional(),
});
export type StationReport = z.infer<typeof stationReportSchema>;

export const handshakeRequestSchema = z.strictObject({
	/** Oldest first; the last one is open. */
	streams: z
		.array(streamEndSchema.extend({ from: originSchema.nullable() }))
		.min(1)
		// One more for each fork in a station's life.
		.max(1_000),
	/** The station's clock, UTC milliseconds: the server measures the offset. */
	clock: instantSchema,
	report: stationReportSchema,
});
export type HandshakeRequest = z.infer<typeof handshakeRequestSchema>;

export const handshakeResponseSchema = z.object({
	/** One for each stream that the server knows. */
	cursors: z.array(cursorSchema),
	/** The server's clock when it answered. */
	time: instantSchema,
});
export type HandshakeResponse = z.infer<typeof handshakeResponseSchema>;

/** Events that follow each other, and the hash of the chain after the last of them. */
export const batchSchema = z.strictObject({
	texts: z.array(z.string().min(2).max(16_384)).min(1).max(BATCH_EVENTS),
	head: hashSchema,
});
export type Batch = z.infer<typeof batchSchema>;

/** `after` and `previousHash` are the stream's end at the server, as the station knows it. append-body.ts has the body's format. */
export const appendRequestSchema = z.strictObject({
	stream: streamIdSchema,
	after: sequenceSchema,
	previousHash: hashSchema,
	batches: z.array(batchSchema).min(1).max(REQUEST_BATCHES),
});
export type AppendRequest = z.infer<typeof appendRequestSchema>;

export const knownRequestSchema = z.strictObject({ ids: z.array(eventIdSchema).min(1).max(BATCH_EVENTS) });
export const knownAnswerSchema = z.object({ known: z.array(eventIdSchema) });

/** The server's hashes of a stream at some sequences, for finding where two copies diverge. */
export const hashesRequestSchema = z.strictObject({
	stream: streamIdSchema,
	seqs: z.array(z.int().min(1)).min(1).max(BATCH_EVENTS),
});
export const hashesAnswerSchema = z.object({
	hashes: z.array(z.object({ seq: z.int().min(1), hash: hashSchema })),
});

/** Every stream that the server has of the station, also those of another disk of it, for the audit. */
export const streamsAnswerSchema = z.object({
	streams: z.array(
		z.object({ stream: streamIdSchema, ackedSeq: sequenceSchema, head: hashSchema, from: originSchema.nullable() }),
	),
});
export type StreamsAnswer = z.infer<typeof streamsAnswerSchema>;

/** Events as the server has them, for comparing copies: a stream's next ones, or some by their ids. */
export const eventsRequestSchema = z.union([
	z.strictObject({ stream: streamIdSchema, after: sequenceSchema }),
	z.strictObject({ ids: z.array(eventIdSchema).min(1).max(BATCH_EVENTS) }),
]);
export type EventsRequest = z.infer<typeof eventsRequestSchema>;
export const eventsAnswerSchema = z.object({
	events: z.array(z.object({ stream: streamIdSchema, seq: z.int().min(1), text: z.string(), hash: hashSchema })),
});
export type EventsAnswer = z.infer<typeof eventsAnswerSchema>;
