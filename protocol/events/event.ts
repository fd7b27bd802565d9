import { z } from "zod";
import { slugSchema } from "../catalogue/catalogue.ts";
import { documentKindSchema } from "../documents/signed-document.ts";
import { deviceKindSchema, deviceNameSchema } from "../model/device.ts";
import { languageSchema } from "../model/language-schema.ts";
import { counterSettingSchema, staffRoleSchema, topicSettingSchema } from "../model/staff.ts";
import {
	cancelReasonSchema,
	counterNumberSchema,
	instantSchema,
	nextTopicsSchema,
	noteSchema,
	serviceDaySchema,
	ticketClassSchema,
	ticketIdSchema,
	ticketNumberSchema,
	ticketOutcomeSchema,
	ticketStateSchema,
} from "../model/ticket.ts";
import { commandOutcomeSchema } from "../sync/command.ts";

/*
 * Every change at a station is one event in its stream, written in the same transaction as the
 * change. `seq` has no gaps; `hash` is SHA-256 over the previous event's hash and the digest of this event's
 * exact JSON text (chain.ts), so that nothing can be taken out, put in or altered unseen. Over the text's digest and
 * not the text: what linked an old event to a visitor can be cut off (event-links.ts), and the chain still holds.
 */

const id = z.uuid();

const ticketChange = {
	ticket: ticketIdSchema,
	/** The ticket's version after this change. */
	version: z.int().min(1),
};

const atCounter = { ...ticketChange, counter: counterNumberSchema };

/** What an undo brings back. */
export const restorableSchema = z.strictObject({
	state: ticketStateSchema,
	counter: counterNumberSchema.nullable(),
	topic: slugSchema,
	nextTopics: nextTopicsSchema,
	reservedFor: counterNumberSchema.nullable(),
	class: ticketClassSchema,
	queuePosition: z.int(),
	behind: z.int().min(1).nullable(),
	notBefore: instantSchema.nullable(),
	outcome: ticketOutcomeSchema.nullable(),
});
export type Restorable = z.infer<typeof restorableSchema>;

/** What is known of a visit before its visitor comes: never who. */
const expectedVisit = {
	kind: z.enum(["appointment", "referral"]),
	serviceDay: serviceDaySchema,
	/** The booked time; for a referral, when the visitor came to the first site. */
	at: instantSchema,
	topic: slugSchema,
	language: languageSchema.nullable(),
	partySize: z.int().min(1).max(20),
	/** The first leg of a referral: the site and the ticket there. */
	from: z.strictObject({ site: slugSchema, ticket: ticketIdSchema }).optional(),
};

const printJob = { job: id, ticket: ticketIdSchema };

export const eventPayloads = {
	"ticket.issued": z.strictObject({
		...ticketChange,
		number: ticketNumberSchema,
		series: z.string().length(1),
		ordinal: z.int().min(1),
		serviceDay: serviceDaySchema,
		topic: slugSchema,
		/** Absent where there is no other topic on it. */
		nextTopics: nextTopicsSchema.optional(),
		/** Null once it was cut (event-links.ts). */
		language: languageSchema.nullable(),
		partySize: z.int().min(1),
		class: ticketClassSchema,
		/** From when its place in the line counts. */
		queuePosition: z.int(),
		/** The booking or the referral from another site that it was checked in for. */
		visit: id.optional(),
		job: id,
	}),
	/** To a counter, from waiting, parked or missed. `calls` is 1 at the first call. */
	"ticket.called": z.strictObject({ ...atCounter, calls: z.int().min(1) }),
	/** Called once more at the same counter. */
	"ticket.recalled": z.strictObject({ ...atCounter, calls: z.int().min(2) }),
	"ticket.started": z.strictObject(atCounter),
	"ticket.finished": z.strictObject({ ...atCounter, outcome: ticketOutcomeSchema }),
	/** One of its topics is done, and `next` follows: at the same counter (`state` is serving) or in the line again. */
	"ticket.continued": z.strictObject({
		...atCounter,
		outcome: ticketOutcomeSchema,
		next: slugSchema,
		state: z.enum(["serving", "waiting"]),
	}),
	/** Finished here; another site goes on with the visit: this is the first leg. */
	"ticket.referred": z.strictObject({
		...ticketChange,
		site: slugSchema,
		topic: slugSchema,
		/** SHA-256 of the code on the paper, hex: the other site knows the visitor by it. */
		codeDigest: z
			.string()
			.regex(/^[0-9a-f]{64}$/)
			.nullable(),
		/** What the other site goes on from; null once it was cut. */
		visitor: z
			.strictObject({ arrivedAt: instantSchema, language: languageSchema.nullable(), partySize: z.int().min(1) })
			.nullable()
			.optional(),
	}),
	/** Somebody is expected: a booking, or a visitor whom another site sends on. Written again where it changes. */
	"visit.expected": z.strictObject({ visit: id, ...expectedVisit }),
	"visit.withdrawn": z.strictObject({ visit: id }),
	/** What became of a command of the server (protocol/sync/command.ts): in the same transaction as its effect. */
	"command.settled": z.strictObject({
		number: z.int().min(1),
		/** As the server named it, also where this program does not know it. */
		kind: z.string().min(1).max(64),
		outcome: commandOutcomeSchema,
		/** The code of what refused it. */
		reason: z.string().max(64).optional(),
	}),
	/** A document that the server signed is in force. */
	"document.applied": z.strictObject({ kind: documentKindSchema, version: z.int().min(1) }),
	/** After a fork: the server has this event already, in a stream that is gone. It stands here in its place. */
	"event.duplicate": z.strictObject({ event: id }),
	/** Back to waiting with the original arrival; where nobody came, left alone until `restsUntil`. */
	"ticket.returned": z.strictObject({ ...ticketChange, notBefore: instantSchema.nullable() }),
	/** Put aside until it is called by its number: a form to fill in, a copy to fetch. */
	"ticket.parked": z.strictObject(ticketChange),
	/** Back to waiting under another topic or for one counter, with number and arrival kept: the second leg of the visit. */
	"ticket.transferred": z.strictObject({
		...ticketChange,
		topic: slugSchema,
		reservedFor: counterNumberSchema.nullable(),
	}),
	"ticket.priority-set": z.strictObject({ ...ticketChange, class: ticketClassSchema, queuePosition: z.int() }),
	/** The visitor lets others go first: its place is now behind the ticket of the event `behind`. */
	"ticket.yielded": z.strictObject({ ...ticketChange, behind: z.int().min(1), queuePosition: z.int() }),
	/** What the visitor said of the visit, 1 to 5; the ticket does not change. */
	"ticket.rated": z.strictObject({ ticket: ticketIdSchema, rating: z.int().min(1).max(5) }),
	/** What staff wrote about the visit, for each other; null takes it away. Never who the visitor is: docs/internals/tickets.md. */
	"ticket.noted": z.strictObject({ ...ticketChange, note: noteSchema.nullable() }),
	"ticket.cancelled": z.strictObject({ ...ticketChange, reason: cancelReasonSchema }),
	/** The last act is taken back: the ticket is as it was before, but for its version and the calls that were heard. */
	"ticket.undone": z.strictObject({ ...ticketChange, restored: restorableSchema }),
	/** Nobody came, and the calls are used up. */
	"ticket.missed": z.strictObject(atCounter),
	/** Somebody signed in at a counter; whoever was there before has left it. */
	"counter.staffed": z.strictObject({ counter: counterNumberSchema }),
	"counter.left": z.strictObject({ counter: counterNumberSchema }),
	"counter.paused": z.strictObject({ counter: counterNumberSchema }),
	"counter.resumed": z.strictObject({ counter: counterNumberSchema }),
	/** A visitor at the kiosk asks for a member of staff; the language is null before one was chosen. */
	"help.requested": z.strictObject({ language: languageSchema.nullable() }),
	"help.answered": z.strictObject({}),
	/** An account was made, or has a new PIN or role; never the name, never the PIN. */
	"staff.saved": z.strictObject({ staff: id, role: staffRoleSchema }),
	"staff.removed": z.strictObject({ staff: id }),
	/** Too many wrong PINs: nobody signs in with it until then. */
	"staff.locked": z.strictObject({ staff: id, until: instantSchema }),
	/** A supervisor said what a counter can do. */
	"counter.configured": z.strictObject({ counter: counterNumberSchema, setting: counterSettingSchema }),
	"topic.configured": z.strictObject({ topic: slugSchema, setting: topicSettingSchema }),
	/** A code that lets one device in was told: by a supervisor, or by IT's command. */
	"device.code-created": z.strictObject({ kind: deviceKindSchema, name: deviceNameSchema }),
	"device.paired": z.strictObject({ device: id, kind: deviceKindSchema, name: deviceNameSchema }),
	"device.removed": z.strictObject({ device: id }),
	"print.sending": z.strictObject({ ...printJob, attempt: z.int().min(1) }),
	"print.sent": z.strictObject(printJob),
	"print.confirmed": z.strictObject(printJob),
	"print.doubtful": z.strictObject({ ...printJob, reason: z.string().max(64) }),
	/** Back to queued: nothing reached the paper. */
	"print.requeued": z.strictObject({ ...printJob, reason: z.string().max(64) }),
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

/** What the exact JSON text of an event says, its links in their places (event-links.ts). */
const envelope = {
	format: z.literal(EVENT_FORMAT),
	stream: id,
	seq: z.int().min(1),
	id,
	at: instantSchema,
	/** The member of staff who did it, by id; absent where nobody but the visitor or the station did. */
	by: id.optional(),
};

const variants = Object.entries(eventPayloads).map(([type, data]) =>
	z.strictObject({ ...envelope, type: z.literal(type), data }),
);

type Variant = (typeof variants)[number];

/** Told apart by type: a union that tries each variant in turn takes forty times as long. */
export const eventSchema = z.discriminatedUnion("type", variants as [Variant, ...Variant[]]);

export type StationEvent = {
	format: typeof EVENT_FORMAT;
	stream: string;
	seq: number;
	id: string;
	at: number;
	by?: string;
} & Change;

/** The hash that stands before the first event of every stream. */
export const FIRST_HASH = "0".repeat(64);
