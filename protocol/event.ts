import { z } from "zod";
import { slugSchema } from "./catalogue.ts";
import { languageSchema } from "./language-schema.ts";
import { counterNumberSchema, instantSchema, serviceDaySchema, ticketIdSchema, ticketNumberSchema } from "./ticket.ts";

/*
 * Every change at a station is one event in its stream, written in the same transaction as the
 * change. `seq` has no gaps; `hash` is SHA-256 over the previous event's hash and this event's
 * exact JSON text, so that nothing can be taken out, put in or altered unseen.
 */

const id = z.uuid();

const ticketChange = {
	ticket: ticketIdSchema,
	/** The ticket's version after this change. */
	version: z.int().min(1),
};

const atCounter = { ...ticketChange, counter: counterNumberSchema };

const printJob = { job: id, ticket: ticketIdSchema };

export const eventPayloads = {
	"ticket.issued": z.strictObject({
		...ticketChange,
		number: ticketNumberSchema,
		series: z.string().length(1),
		ordinal: z.int().min(1),
		serviceDay: serviceDaySchema,
		topic: slugSchema,
		language: languageSchema,
		partySize: z.int().min(1),
		job: id,
	}),
	/** From waiting to a counter. `calls` is 1 at the first call. */
	"ticket.called": z.strictObject({ ...atCounter, calls: z.int().min(1) }),
	/** Called once more at the same counter. */
	"ticket.recalled": z.strictObject({ ...atCounter, calls: z.int().min(2) }),
	"ticket.started": z.strictObject(atCounter),
	"ticket.finished": z.strictObject(atCounter),
	/** Nobody came: back to waiting with the original arrival, left alone until `restsUntil`. */
	"ticket.returned": z.strictObject({ ...atCounter, restsUntil: instantSchema }),
	/** Nobody came, and the calls are used up. */
	"ticket.missed": z.strictObject(atCounter),
	"print.sending": z.strictObject({ ...printJob, attempt: z.int().min(1) }),
	"print.sent": z.strictObject(printJob),
	"print.confirmed": z.strictObject(printJob),
	"print.doubtful": z.strictObject({ ...printJob, reason: z.string().max(64) }),
	/** Back to queued: nothing reached the paper. */
	"print.held": z.strictObject({ ...printJob, reason: z.string().max(64) }),
	"print.failed": z.strictObject({ ...printJob, reason: z.string().max(64) }),
	/** Staff asked for the paper once more: `job` is the new copy, the same number with the mark 补打. */
	"print.reprinted": z.strictObject({ ...printJob, copy: z.int().min(2), replaces: id }),
	/** The printer ran out of paper and has paper again; `tickets` came out of the roll that is gone. */
	"printer.roll-changed": z.strictObject({ tickets: z.int().min(0) }),
} as const;

export type EventType = keyof typeof eventPayloads;
export type EventPayload<T extends EventType> = z.infer<(typeof eventPayloads)[T]>;

/** A change as the rules give it, before the stream numbers and seals it. */
export type Change = { [T in EventType]: { type: T; data: EventPayload<T> } }[EventType];

export const EVENT_FORMAT = 1;

/** The exact JSON text of an event parses to this. */
const envelope = {
	format: z.literal(EVENT_FORMAT),
	stream: id,
	seq: z.int().min(1),
	id,
	at: instantSchema,
};

const variants = Object.entries(eventPayloads).map(([type, data]) =>
	z.strictObject({ ...envelope, type: z.literal(type), data }),
);

export const eventSchema = z.union(variants);

export type StationEvent = {
	format: typeof EVENT_FORMAT;
	stream: string;
	seq: number;
	id: string;
	at: number;
} & Change;

/** The hash that stands before the first event of every stream. */
export const FIRST_HASH = "0".repeat(64);
