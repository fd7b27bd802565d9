import { z } from "zod";
import { documentKindSchema } from "../documents/signed-document.ts";
import { deviceKindSchema, deviceNameSchema } from "../model/device.ts";
import type { EventId, StaffId, StreamId } from "../model/ids.ts";
import {
	counterNumberSchema,
	deviceIdSchema,
	eventIdSchema,
	printJobIdSchema,
	siteIdSchema,
	staffIdSchema,
	streamIdSchema,
	ticketIdSchema,
	topicIdSchema,
	visitIdSchema,
} from "../model/ids.ts";
import { languageSchema } from "../model/language-schema.ts";
import { counterSettingSchema, pauseReasonSchema, staffRoleSchema, topicSettingSchema } from "../model/staff.ts";
import {
	cancelReasonSchema,
	instantSchema,
	nextTopicsSchema,
	noteSchema,
	serviceDaySchema,
	ticketClassSchema,
	ticketNumberSchema,
	ticketOutcomeSchema,
	ticketStateSchema,
} from "../model/ticket.ts";
import { commandOutcomeSchema } from "../sync/command.ts";

/*
 * Every change at a station is one event in its stream, written in the same transaction as the change. `seq` has no
 * gaps. `hash` is SHA-256 over the previous event's hash and the digest of this event's exact JSON text
 * (hash-chain.ts), so that no event can be removed, added or altered unnoticed. It is over the digest and not the text:
 * the personal fields of an old event can be redacted (personal-fields.ts), and the chain still holds.
 */

const ticketChange = {
	ticket: ticketIdSchema,
	/** The ticket's version after this change. */
	version: z.int().min(1),
};

const atCounter = { ...ticketChange, counter: counterNumberSchema };

/** What an undo restores. */
export const restorableSchema = z.strictObject({
	state: ticketStateSchema,
	counter: counterNumberSchema.nullable(),
	topic: topicIdSchema,
	nextTopics: nextTopicsSchema,
	reservedFor: counterNumberSchema.nullable(),
	class: ticketClassSchema,
	queuePosition: z.int(),
	behind: z.number().min(1).nullable(),
	notBefore: instantSchema.nullable(),
	outcome: ticketOutcomeSchema.nullable(),
	/** Calls before the current leg of the visit; absent where there were none. */
	callsBeforeLeg: z.int().min(1).optional(),
});
export type Restorable = z.infer<typeof restorableSchema>;

/** What is known of a visit before its visitor comes; never who the visitor is. */
const expectedVisit = {
	kind: z.enum(["appointment", "referral"]),
	serviceDay: serviceDaySchema,
	/** The booked time; for a referral, when the visitor came to the first site. */
	at: instantSchema,
	topic: topicIdSchema,
	language: languageSchema.nullable(),
	partySize: z.int().min(1).max(20),
	/** The first leg of a referral: the site and the ticket there. */
	from: z.strictObject({ site: siteIdSchema, ticket: ticketIdSchema }).optional(),
};

const printJob = { job: printJobIdSchema, ticket: ticketIdSchema };

export const eventPayloads = {
	"ticket.issued": z.strictObject({
		...ticketChange,
		number: ticketNumberSchema,
		series: z.string().length(1),
		ordinal: z.int().min(1),
		serviceDay: serviceDaySchema,
		topic: topicIdSchema,
		/** Absent where the ticket has one topic. */
		nextTopics: nextTopicsSchema.optional(),
		/** Null after redaction (personal-fields.ts). */
		language: languageSchema.nullable(),
		partySize: z.int().min(1),
		class: ticketClassSchema,
		/** From when its place in the queue counts. */
		queuePosition: z.int(),
		/** The booking or the referral from another site that it was checked in for. */
		visit: visitIdSchema.optional(),
		job: printJobIdSchema,
	}),
	/** To a counter, from waiting, parked or missed. `calls` is 1 at the first call. */
	"ticket.called": z.strictObject({ ...atCounter, calls: z.int().min(1) }),
	/** Called once more at the same counter. */
	"ticket.recalled": z.strictObject({ ...atCounter, calls: z.int().min(2) }),
	"ticket.started": z.strictObject(atCounter),
	"ticket.finished": z.strictObject({ ...atCounter, outcome: ticketOutcomeSchema }),
	/** One of its topics is done, and `next` follows: at the same counter (`state` is serving) or in the queue again. */
	"ticket.continued": z.strictObject({
		...atCounter,
		outcome: ticketOutcomeSchema,
		next: topicIdSchema,
		state: z.enum(["serving", "waiting"]),
	}),
	/** Finished here; the visit continues at another site. This is its first leg. */
	"ticket.referred": z.strictObject({
		...ticketChange,
		site: siteIdSchema,
		topic: topicIdSchema,
		/** SHA-256 of the code on the paper, hex: the other site recognises the visitor by it. */
		codeDigest: z
			.string()
			.regex(/^[0-9a-f]{64}$/)
			.nullable(),
		/** What the other site needs to continue; null after redaction. */
		visitor: z
			.strictObject({ arrivedAt: instantSchema, language: languageSchema.nullable(), partySize: z.int().min(1) })
			.nullable()
			.optional(),
	}),
	/** A visitor is expected: a booking, or a referral from another site. Written again where it changes. */
	"visit.expected": z.strictObject({ visit: visitIdSchema, ...expectedVisit }),
	"visit.withdrawn": z.strictObject({ visit: visitIdSchema }),
	/** The outcome of a command of the server (protocol/sync/command.ts), in the same transaction as its effect. */
	"command.settled": z.strictObject({
		number: z.int().min(1),
		/** As the server named it, even where this program does not know it. */
		kind: z.string().min(1).max(64),
		outcome: commandOutcomeSchema,
		/** Why it was refused: a code. */
		reason: z.string().max(64).optional(),
	}),
	/** A signed document of the server is in force. */
	"document.applied": z.strictObject({ kind: documentKindSchema, version: z.int().min(1) }),
	/** After a fork: the server has the event `event` already, in a deleted stream. This one takes its place. */
	"event.duplicate": z.strictObject({ event: eventIdSchema }),
	/** Back to waiting with the original arrival. Where the visitor did not come, not called again before `notBefore`. */
	"ticket.returned": z.strictObject({ ...ticketChange, notBefore: instantSchema.nullable() }),
	/** Put aside until it is called by its number: a form to fill in, a copy to fetch. */
	"ticket.parked": z.strictObject(ticketChange),
	/** Back to waiting under another topic or for one counter, with number and arrival kept: the second leg of the visit. */
	"ticket.transferred": z.strictObject({
		...ticketChange,
		topic: topicIdSchema,
		reservedFor: counterNumberSchema.nullable(),
	}),
	"ticket.priority-set": z.strictObject({ ...ticketChange, class: ticketClassSchema, queuePosition: z.int() }),
	/** The visitor lets others go first: its place is now `behind`, after the ticket of the event that it begins with (3.5: after 3). */
	/** The visitor is late: until `notBefore` others are called first. */
	"ticket.delayed": z.strictObject({ ...ticketChange, notBefore: instantSchema }),
	"ticket.yielded": z.strictObject({ ...ticketChange, behind: z.number().min(1), queuePosition: z.int() }),
	/** The visitor's rating of the visit, 1 to 5; the ticket does not change. */
	"ticket.rated": z.strictObject({ ticket: ticketIdSchema, rating: z.int().min(1).max(5) }),
	/** What staff wrote about the visit for each other; null removes it. Never who the visitor is: docs/internals/tickets.md. */
	"ticket.noted": z.strictObject({ ...ticketChange, note: noteSchema.nullable() }),
	"ticket.cancelled": z.strictObject({ ...ticketChange, reason: cancelReasonSchema }),
	/** A supervisor closed the day: the `tickets` events before this one cancelled those who waited at no counter. */
	"queue.cleared": z.strictObject({ reason: cancelReasonSchema, tickets: z.int().min(1) }),
	/** The last action is undone: the ticket is as it was before, except for its version and the number of calls. */
	"ticket.undone": z.strictObject({ ...ticketChange, restored: restorableSchema }),
	/** The visitor did not come, and there are no more calls. */
	"ticket.missed": z.strictObject(atCounter),
	/** A member of staff signed in at a counter; the one before has left it. */
	"counter.staffed": z.strictObject({ counter: counterNumberSchema }),
	"counter.left": z.strictObject({ counter: counterNumberSchema }),
	/** The reason is absent where nobody gave one. */
	"counter.paused": z.strictObject({ counter: counterNumberSchema, reason: pauseReasonSchema.optional() }),
	"counter.resumed": z.strictObject({ counter: counterNumberSchema }),
	/** A visitor at the kiosk asks for a member of staff; the language is null before one is chosen. */
	"help.requested": z.strictObject({
		language: languageSchema.nullable(),
		/** The paired kiosk; absent for the station's own. */
		kiosk: deviceIdSchema.optional(),
	}),
	/** `call` is the place of the request in the station's log. */
	"help.answered": z.strictObject({ call: z.int().min(1).optional() }),
	/** An account was made, or has a new PIN or role; never the name, never the PIN. */
	"staff.saved": z.strictObject({ staff: staffIdSchema, role: staffRoleSchema }),
	"staff.removed": z.strictObject({ staff: staffIdSchema }),
	/** Too many wrong PINs: the account is locked until then. */
	"staff.locked": z.strictObject({ staff: staffIdSchema, until: instantSchema }),
	/** A supervisor let an account that was locked try again. */
	"staff.unlocked": z.strictObject({ staff: staffIdSchema }),
	/** A supervisor configured a counter. */
	"counter.configured": z.strictObject({ counter: counterNumberSchema, setting: counterSettingSchema }),
	/** A supervisor or IT closed the whole site until an instant, at which it opens by itself as its hours say. */
	"site.closed": z.strictObject({ until: instantSchema }),
	/** Opened again before that. */
	"site.reopened": z.strictObject({}),
	"topic.configured": z.strictObject({ topic: topicIdSchema, setting: topicSettingSchema }),
	/** A supervisor, or IT's command, made a code that pairs one device. */
	"device.code-created": z.strictObject({ kind: deviceKindSchema, name: deviceNameSchema }),
	"device.paired": z.strictObject({ device: deviceIdSchema, kind: deviceKindSchema, name: deviceNameSchema }),
	"device.removed": z.strictObject({ device: deviceIdSchema }),
	"print.sending": z.strictObject({ ...printJob, attempt: z.int().min(1) }),
	"print.sent": z.strictObject(printJob),
	"print.confirmed": z.strictObject(printJob),
	"print.doubtful": z.strictObject({ ...printJob, reason: z.string().max(64) }),
	/** Back to queued: nothing reached the paper. */
	"print.requeued": z.strictObject({ ...printJob, reason: z.string().max(64) }),
	"print.failed": z.strictObject({ ...printJob, reason: z.string().max(64) }),
	/** Staff reprinted the paper: `job` is the new copy, with the same number and the mark 补打. */
	"print.reprinted": z.strictObject({ ...printJob, copy: z.int().min(2), replaces: printJobIdSchema }),
	/** The printer ran out of paper and has paper again; `tickets` were printed on the old roll. */
	"printer.roll-changed": z.strictObject({ tickets: z.int().min(0) }),
} as const;

export type EventType = keyof typeof eventPayloads;
export type EventPayload<T extends EventType> = z.infer<(typeof eventPayloads)[T]>;

/** A change as the rules return it, before the event log numbers and chains it. */
export type Change = { [T in EventType]: { type: T; data: EventPayload<T> } }[EventType];

export const EVENT_FORMAT = 1;

/** The content of an event's exact JSON text, with the personal fields in their places (personal-fields.ts). */
const envelope = {
	format: z.literal(EVENT_FORMAT),
	stream: streamIdSchema,
	seq: z.int().min(1),
	id: eventIdSchema,
	at: instantSchema,
	/** The id of the member of staff who did it; absent where the visitor or the station did. */
	by: staffIdSchema.optional(),
};

const variants = Object.entries(eventPayloads).map(([type, data]) =>
	z.strictObject({ ...envelope, type: z.literal(type), data }),
);

type Variant = (typeof variants)[number];

/** Discriminated by type: a union that tries each variant in turn takes forty times as long. */
export const eventSchema = z.discriminatedUnion("type", variants as [Variant, ...Variant[]]);

export type StationEvent = {
	format: typeof EVENT_FORMAT;
	stream: StreamId;
	seq: number;
	id: EventId;
	at: number;
	by?: StaffId;
} & Change;

/** The previous hash of the first event of every stream. */
export const FIRST_HASH = "0".repeat(64);
