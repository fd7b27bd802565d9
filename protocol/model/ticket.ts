import { z } from "zod";
import { counterNumberSchema, ticketIdSchema, topicIdInputSchema, topicIdSchema } from "./ids.ts";
import { languageSchema } from "./language-schema.ts";
import { plainTextSchema } from "./plain-text.ts";
import { ticketPrintSchema } from "./print.ts";
import { qrCodeSchema } from "./qr-code.ts";

/** The states of a ticket's life. Each is a timed interval: the end of one is the start of the next. */
export const TICKET_STATES = ["waiting", "called", "serving", "parked", "missed", "finished", "cancelled"] as const;
export const ticketStateSchema = z.enum(TICKET_STATES);
export type TicketState = z.infer<typeof ticketStateSchema>;

/**
 * Why nobody could act for a ticket now: `no-counter`, no staffed counter may call it; `on-break`, those that may are on
 * a break; `counter-left`, it is called or served at a counter that nobody is signed in at.
 */
export const strandedReasonSchema = z.enum(["no-counter", "on-break", "counter-left"]);
export type StrandedReason = z.infer<typeof strandedReasonSchema>;

/** How a visit ended, for the statistics: none of them says anything of the person. */
export const TICKET_OUTCOMES = ["answered", "papers-missing", "referred", "unresolved"] as const;
export const ticketOutcomeSchema = z.enum(TICKET_OUTCOMES);
export type TicketOutcome = z.infer<typeof ticketOutcomeSchema>;

/**
 * Whether the other site learns of a visitor who is sent on: `sent` by the server; `undeliverable`, since it has no station there
 * that it could tell, so the visitor takes a new ticket there; `unknown`, where the server was not heard for long.
 */
export const deliveryStatusSchema = z.enum(["sent", "undeliverable", "unknown"]);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

/** Why a ticket was cancelled. */
const CANCEL_REASONS = ["left", "duplicate", "mistake", "closed", "other"] as const;
export const cancelReasonSchema = z.enum(CANCEL_REASONS);
/** One line for the next desk: what is missing, what was said. */
export const noteSchema = plainTextSchema(200);
export type CancelReason = z.infer<typeof cancelReasonSchema>;

/**
 * How a ticket stands in the line. Priority is given by staff (age, illness, pregnancy, small children); why is
 * not kept. An appointment has its place by its booked time (station/tickets/queue-order.ts).
 */
export const TICKET_CLASSES = ["ordinary", "priority", "appointment"] as const;
export const ticketClassSchema = z.enum(TICKET_CLASSES);
export type TicketClass = z.infer<typeof ticketClassSchema>;

/** The classes that staff give; an appointment comes from a booking alone. */
export const givenClassSchema = z.enum(["ordinary", "priority"]);
export type GivenClass = z.infer<typeof givenClassSchema>;

/** How a visitor comes for a booked time. */
export const punctualitySchema = z.enum(["early", "on-time", "late"]);
export type Punctuality = z.infer<typeof punctualitySchema>;

/** The most topics on one ticket. */
export const MAX_TOPICS = 3;

/** Topics that the same ticket goes on to, in turn, after its own: one number to the end. */
export const nextTopicsSchema = z.array(topicIdSchema).max(MAX_TOPICS - 1);

/** A day before the year 10000 begins in UTC: no site's calendar writes a later year than 9999. */
const LAST_INSTANT = Date.UTC(9_999, 11, 31) - 1;

/** UTC milliseconds since 1970, the station's clock. */
export const instantSchema = z.int().min(0).max(LAST_INSTANT);

/** What a visitor reads and hears: a letter and three digits or more. Never an identity: that is `id`. */
export const ticketNumberSchema = z.string().regex(/^[A-HJ-NPR-Z]\d{3,6}$/);

/** The calendar day that a number belongs to, fixed at issue by the site's clock. */
export const serviceDaySchema = z.iso.date();

/** A wait as a range of whole minutes; one figure would promise what nobody can keep. */
export const waitSchema = z.object({ minMinutes: z.int().min(0), maxMinutes: z.int().min(0) });
export type Wait = z.infer<typeof waitSchema>;

/** Why there is a wait or none: no staffed counter serves the topic, or those that do show no life. */
export const waitStatusSchema = z.enum(["known", "unserved", "unknown"]);
export type WaitStatus = z.infer<typeof waitStatusSchema>;

/** The code on the paper for the phone page: ten characters of Crockford's base 32, 50 random bits. */
const ticketCodeSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/);

export const ticketSchema = z.object({
	id: ticketIdSchema,
	number: ticketNumberSchema,
	/** The topic that it waits for or is served for now. */
	topic: topicIdSchema,
	nextTopics: nextTopicsSchema,
	language: languageSchema,
	partySize: z.int().min(1).max(20),
	class: ticketClassSchema,
	/** The time that its visitor booked, also where the visitor came late for it. */
	bookedAt: instantSchema.nullable(),
	state: ticketStateSchema,
	/** Rises by one with every change; an act names the version it saw. */
	version: z.int().min(1),
	counter: counterNumberSchema.nullable(),
	/** The only counter that may call it, where it was sent to one. */
	reservedFor: counterNumberSchema.nullable(),
	/** How often the number was called. */
	calls: z.int().min(0),
	serviceDay: serviceDaySchema,
	arrivedAt: instantSchema,
	/** Since when the ticket is in its state. */
	since: instantSchema,
	/** People before this one: those waiting on the same counters, this ticket left out. */
	ahead: z.int().min(0),
	wait: waitSchema.nullable(),
	/** True where the last act on it can be taken back. */
	undoable: z.boolean(),
	/** How the visit ended; null until it has. */
	outcome: ticketOutcomeSchema.nullable(),
	print: ticketPrintSchema,
});
export type Ticket = z.infer<typeof ticketSchema>;

/** A ticket of today that is over, as staff find it by its number. */
export const endedTicketSchema = z.object({
	number: ticketNumberSchema,
	state: z.enum(["finished", "cancelled"]),
	/** When it ended. */
	since: instantSchema,
});
export type EndedTicket = z.infer<typeof endedTicketSchema>;

/**
 * The answer to an issue. The kiosk alone is told the code, for the visitor whose paper does not come, and the ticket's
 * page for the phone where phones can open it now.
 */
export const issuedTicketSchema = ticketSchema.extend({
	code: ticketCodeSchema.optional(),
	phonePage: qrCodeSchema.optional(),
});
export type IssuedTicket = z.infer<typeof issuedTicketSchema>;

/** What a kiosk makes once for what it asks for, so that asking again is harmless. */
export const requestKeySchema = z.string().min(8).max(128);

/** What a kiosk asks for. `key` is made once per visit: the same key gives the same ticket. */
export const ticketRequestSchema = z.strictObject({
	topic: topicIdInputSchema.min(1),
	/** More topics for the same ticket, in turn: two at most. */
	nextTopics: z
		.array(topicIdInputSchema.min(1))
		.max(MAX_TOPICS - 1)
		.default([]),
	language: z.string().min(2).max(16),
	key: requestKeySchema,
	partySize: z.int().min(1).max(20).default(1),
	/** Given by staff only; a kiosk's tickets are ordinary. */
	class: givenClassSchema.default("ordinary"),
});
