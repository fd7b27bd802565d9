import { z } from "zod";
import { slugSchema } from "./catalogue.ts";
import { languageSchema } from "./language-schema.ts";
import { printStateSchema } from "./print.ts";

/** The states of a ticket's life. Each is a timed interval: the end of one is the start of the next. */
export const TICKET_STATES = ["waiting", "called", "serving", "parked", "missed", "finished", "cancelled"] as const;
export const ticketStateSchema = z.enum(TICKET_STATES);
export type TicketState = z.infer<typeof ticketStateSchema>;

/** UTC milliseconds since 1970, the station's clock. */
export const instantSchema = z.int().min(0);

/** A counter's number as people read it: 1 to 99. */
export const counterNumberSchema = z.string().regex(/^[1-9]\d?$/);

/** What a visitor reads and hears: a letter and three digits or more. Never an identity: that is `id`. */
export const ticketNumberSchema = z.string().regex(/^[A-HJ-NPR-Z]\d{3,6}$/);

/** The calendar day that a number belongs to, fixed at issue by the site's clock. */
export const serviceDaySchema = z.iso.date();

/** A wait as a range of whole minutes; one figure would promise what nobody can keep. */
export const waitSchema = z.object({ minMinutes: z.int().min(0), maxMinutes: z.int().min(0) });
export type Wait = z.infer<typeof waitSchema>;

export const ticketIdSchema = z.uuid();

/** The code on the paper for the phone page: ten characters of Crockford's base 32, 50 random bits. */
export const ticketCodeSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/);

export const ticketSchema = z.object({
	id: ticketIdSchema,
	number: ticketNumberSchema,
	topic: slugSchema,
	language: languageSchema,
	partySize: z.int().min(1).max(20),
	state: ticketStateSchema,
	/** Rises by one with every change; an act names the version it saw. */
	version: z.int().min(1),
	counter: counterNumberSchema.nullable(),
	/** How often the number was called. */
	calls: z.int().min(0),
	serviceDay: serviceDaySchema,
	arrivedAt: instantSchema,
	/** Since when the ticket is in its state. */
	since: instantSchema,
	/** People before this one: those waiting on the same counters, this ticket left out. */
	ahead: z.int().min(0),
	wait: waitSchema.nullable(),
	print: z.object({ state: printStateSchema }),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** What a kiosk asks for. `key` is made once per visit: the same key gives the same ticket. */
export const ticketRequestSchema = z.strictObject({
	topic: z.string().min(1).max(64),
	language: z.string().min(2).max(16),
	key: z.string().min(8).max(128),
	partySize: z.int().min(1).max(20).default(1),
});
export type TicketRequest = z.infer<typeof ticketRequestSchema>;
