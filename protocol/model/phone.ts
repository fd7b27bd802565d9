import { z } from "zod";
import { foldCode } from "../../lib/typed-code.ts";
import { counterNumberSchema } from "./ids.ts";
import { languageSchema } from "./language-schema.ts";
import { openingSchema } from "./opening.ts";
import { instantSchema, ticketNumberSchema, ticketStateSchema, waitSchema } from "./ticket.ts";

/** The code as people type it: folded as every typed code is, then Crockford's base 32. */
export const typedCodeSchema = z
	.string()
	.max(32)
	.transform(foldCode)
	.pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/));

/** A ticket as its own visitor sees it on a phone. No id, nothing of a person. */
export const phoneTicketSchema = z.object({
	number: ticketNumberSchema,
	/** The ticket's own language; the words below are in the language asked for. */
	language: languageSchema,
	site: z.string(),
	/** Where the site is, and its hours. */
	address: z.string(),
	timezone: z.string(),
	...openingSchema.shape,
	topic: z.string(),
	/** What the same ticket goes on to afterwards, in order. */
	nextTopics: z.array(z.string()),
	/** What all its topics ask for, each document once. */
	bring: z.array(z.string()),
	state: ticketStateSchema,
	version: z.int().min(1),
	counter: counterNumberSchema.nullable(),
	/** How often it was called on this leg: a phone rings for each. */
	calls: z.int().min(0).default(0),
	/** The booked time of an appointment. */
	bookedAt: instantSchema.nullable().default(null),
	/** The visitor came too late for it: the ticket has its place by its arrival. */
	isLate: z.boolean().default(false),
	/** Another site goes on with the visit: the ticket is finished here. */
	isReferred: z.boolean().default(false),
	/** People before this one. 0 while waiting: you are next. */
	ahead: z.int().min(0),
	/** How many could still be let go first. */
	behind: z.int().min(0),
	wait: waitSchema.nullable(),
	/** While it waits: others are called first until then, because nobody came to a call, or the visitor is late. */
	heldBack: z.object({ until: instantSchema, reason: z.enum(["missed-call", "late"]) }).nullable(),
	/** Whether the visitor may still say that they are late. */
	mayDelay: z.boolean(),
	rating: z.int().min(1).max(5).nullable(),
	/** How old this is, where the server tells it and not the station itself. */
	ageSeconds: z.int().min(0).optional(),
});
export type PhoneTicket = z.infer<typeof phoneTicketSchema>;

/** Tickets in one message at most. */
export const MAX_SENT_TICKETS = 500;

/** A ticket as its station tells it to the server, for phones that are not on the station's network; in its own language. */
export const sentTicketSchema = z.strictObject({
	/** SHA-256 of the code on the paper, hex: the server never has the code itself. */
	codeDigest: z.string().regex(/^[0-9a-f]{64}$/),
	ticket: phoneTicketSchema,
});
export type SentTicket = z.infer<typeof sentTicketSchema>;
/** POST /sync/phone-tickets: those that are not as they were told before. */
export const sentTicketsSchema = z.strictObject({ tickets: z.array(sentTicketSchema).min(1).max(MAX_SENT_TICKETS) });

/** How late a visitor may say to be, in minutes. */
export const delayMinutesSchema = z.int().min(1).max(30);

const seen = { version: z.int().min(1) };
/** What a visitor may do from the phone. */
export const visitorActionSchema = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("leave"), ...seen }),
	z.strictObject({ kind: z.literal("give-way"), ...seen, people: z.int().min(1).max(20) }),
	z.strictObject({ kind: z.literal("delay"), ...seen, minutes: delayMinutesSchema }),
	z.strictObject({ kind: z.literal("rating"), rating: z.int().min(1).max(5) }),
]);
export type VisitorAction = z.infer<typeof visitorActionSchema>;
