import { z } from "zod";
import { siteIdSchema, ticketIdSchema, topicIdInputSchema, topicIdSchema, visitIdSchema } from "./ids.ts";
import { languageSchema } from "./language-schema.ts";
import { LIST_COLUMNS } from "./list-columns.ts";
import { instantSchema, punctualitySchema, serviceDaySchema, ticketNumberSchema, ticketSchema } from "./ticket.ts";

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
	/** Bookings and cancellations of which the station knows a later version: they change nothing. */
	older: z.int().min(0),
});

/** A list as a file: its bytes, since the station finds out how they are encoded. */
export const appointmentFileSchema = z.strictObject({
	/** Base64. */
	file: z.base64().max(290_000),
	/** How days in figures are to be read where their order cannot be told. */
	dates: z.enum(["dmy", "mdy", "ymd"]).optional(),
	/** Which of a table's columns is which, by their names, where ours are not used; all others are not read. */
	columns: z.partialRecord(z.enum(LIST_COLUMNS), z.string().min(1).max(200)).optional(),
	/** The topic, by its id or a name, of a calendar's events that name none, and of a table without a column for it. */
	topic: z.string().min(1).max(200).optional(),
	/** The day of a list that has only times of day. */
	day: serviceDaySchema.optional(),
	/** True: says what the list holds, and imports nothing. */
	isDryRun: z.boolean(),
});

/** What is said of a place of a list: in English, and for other languages as a code with the values of its sentence. */
export const listRemarkSchema = z.object({
	/** Empty where it is said of the whole file. */
	place: z.string(),
	what: z.string(),
	/** The place in figures; null where it is the whole file. `column` is a table's column or an event's property. */
	where: z
		.object({
			line: z.int().min(1),
			event: z.int().min(1).optional(),
			uid: z.string().optional(),
			column: z.union([z.string(), z.int()]).optional(),
		})
		.nullable(),
	code: z.string(),
	data: z.record(z.string(), z.union([z.string(), z.number()])).readonly(),
});
export type ListRemark = z.infer<typeof listRemarkSchema>;

/** A table's columns by their headings, and the places (from 1) of those that are known. */
export const listColumnsSchema = z.object({
	names: z.array(z.string()),
	found: z.partialRecord(z.enum(LIST_COLUMNS), z.int().min(1)),
});
export type ListColumns = z.infer<typeof listColumnsSchema>;

/** What a list holds, what of it was left out and why, and what became of it. */
export const listReportSchema = z.object({
	booked: z.int().min(0),
	cancelled: z.int().min(0),
	skipped: z.array(listRemarkSchema),
	notes: z.array(listRemarkSchema),
	/** Codes that were made for bookings without one that a person can type. */
	madeCodes: z.array(z.object({ code: z.string(), at: instantSchema, topic: topicIdSchema })),
	/** On a dry run the first bookings as they were read, to be held against the file. */
	first: z.array(z.object({ code: z.string(), at: instantSchema, topic: topicIdSchema })),
	/** Null on a dry run. */
	imported: importResultSchema.nullable(),
});
