import { z } from "zod";
import { siteIdSchema, ticketIdSchema, topicIdInputSchema, topicIdSchema, visitIdSchema } from "./ids.ts";
import { languageSchema } from "./language-schema.ts";
import { instantSchema, ticketNumberSchema } from "./ticket.ts";

/** What a kiosk asks with for a visitor who is expected. The code is typed; any case, spaces and hyphens are fine. */
export const checkInSchema = z.strictObject({
	code: z.string().min(1).max(64),
	/** The language that the visitor reads the kiosk in. */
	language: z.string().min(2).max(16),
});

/** A visit of the day as staff see it. */
export const expectedVisitSchema = z.object({
	id: visitIdSchema,
	kind: z.enum(["appointment", "referral"]),
	/** The booked time; for a referral, when the visitor came to the first site. */
	at: instantSchema,
	topic: topicIdSchema,
	language: languageSchema.nullable(),
	partySize: z.int().min(1).max(20),
	/** The site that sent the visitor on. */
	fromSite: siteIdSchema.nullable(),
	/** The ticket that it became; null until its visitor comes. */
	ticket: z.object({ id: ticketIdSchema, number: ticketNumberSchema }).nullable(),
});
export type ExpectedVisit = z.infer<typeof expectedVisitSchema>;

/** A booking as another system gives it. Nothing else is taken: no name, no mail. */
export const bookingSchema = z.strictObject({
	/** What stays the same when the booking is moved. */
	source: z.string().min(1).max(256),
	code: z.string().min(4).max(40),
	at: instantSchema,
	topic: topicIdInputSchema.min(1),
	language: languageSchema.nullable().default(null),
	partySize: z.int().min(1).max(20).default(1),
});

export const importResultSchema = z.object({
	/** Visits that are new, or are not as they were. */
	kept: z.int().min(0),
	withdrawn: z.int().min(0),
	unchanged: z.int().min(0),
	/** Cancellations of bookings that the station does not have. */
	unmatched: z.int().min(0),
});
