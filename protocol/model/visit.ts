import { z } from "zod";
import { siteIdSchema, ticketIdSchema, topicIdInputSchema, topicIdSchema, visitIdSchema } from "./ids.ts";
import { languageSchema } from "./language-schema.ts";
import { instantSchema, punctualitySchema, ticketNumberSchema, ticketSchema } from "./ticket.ts";

/** What a kiosk asks with for a visitor who is expected. The code is typed; any case, spaces and hyphens are fine. */
export const checkInSchema = z.strictObject({
	code: z.string().min(1).max(64),
	/** The language that the visitor reads the kiosk in. */
	language: z.string().min(2).max(16),
});

/** What a check-in at a desk becomes. */
export const checkedInSchema = z.object({
	ticket: ticketSchema,
	/** False where the visitor had this ticket before. */
	isNew: z.boolean(),
	/** Null where no time was booked. */
	punctuality: punctualitySchema.nullable(),
});
export type CheckedIn = z.infer<typeof checkedInSchema>;

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

/** A list as a file: its bytes, since the station finds out how they are encoded. */
export const appointmentFileSchema = z.strictObject({
	/** Base64. */
	file: z.base64().max(290_000),
	/** How days in figures are to be read where their order cannot be told. */
	dates: z.enum(["dmy", "mdy", "ymd"]).optional(),
	/** True: says what the list holds, and imports nothing. */
	isDryRun: z.boolean(),
});

const remarkSchema = z.object({ place: z.string(), what: z.string() });

/** What a list holds, what of it was left out and why, and what became of it. */
export const listReportSchema = z.object({
	booked: z.int().min(0),
	cancelled: z.int().min(0),
	skipped: z.array(remarkSchema),
	notes: z.array(remarkSchema),
	/** Codes that were made for bookings without one that a person can type. */
	madeCodes: z.array(z.object({ code: z.string(), at: instantSchema, topic: topicIdSchema })),
	/** Null on a dry run. */
	imported: importResultSchema.nullable(),
});
