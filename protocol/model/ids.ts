import { z } from "zod";

/*
 * Every id has a type of its own, so that the compiler refuses a station's id where a ticket's is meant. A value gets
 * its type where it enters the program: from a schema below, a column of the database, or the generator of new ids.
 */

/** A readable id, as people choose it for the catalogue. */
export const slugSchema = z
	.string()
	.max(64)
	.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "small letters, digits and single hyphens");

/** The catalogue calls a site a location. */
export const siteIdSchema = slugSchema.brand<"SiteId">();
export type SiteId = z.infer<typeof siteIdSchema>;

/** The catalogue calls a topic a service. */
export const topicIdSchema = slugSchema.brand<"TopicId">();
export type TopicId = z.infer<typeof topicIdSchema>;

/** A counter's number as people read it: 1 to 99. */
export const counterNumberSchema = z
	.string()
	.regex(/^[1-9]\d?$/, "a counter's number, 1 to 99")
	.brand<"CounterNumber">();
export type CounterNumber = z.infer<typeof counterNumberSchema>;

export const ticketIdSchema = z.uuid().brand<"TicketId">();
export type TicketId = z.infer<typeof ticketIdSchema>;

export const visitIdSchema = z.uuid().brand<"VisitId">();
export type VisitId = z.infer<typeof visitIdSchema>;

export const printJobIdSchema = z.uuid().brand<"PrintJobId">();
export type PrintJobId = z.infer<typeof printJobIdSchema>;

export const staffIdSchema = z.uuid().brand<"StaffId">();
export type StaffId = z.infer<typeof staffIdSchema>;

export const deviceIdSchema = z.uuid().brand<"DeviceId">();
export type DeviceId = z.infer<typeof deviceIdSchema>;

export const stationIdSchema = z.uuid().brand<"StationId">();
export type StationId = z.infer<typeof stationIdSchema>;

export const streamIdSchema = z.uuid().brand<"StreamId">();
export type StreamId = z.infer<typeof streamIdSchema>;

export const eventIdSchema = z.uuid().brand<"EventId">();
export type EventId = z.infer<typeof eventIdSchema>;

/** Makes an id of the type that the caller wants, for an instant (UTC ms). */
export type NewId = <Id extends string>(at: number) => Id;

/*
 * The same ids as a caller writes them in a path or a body: of any form, so that one which nothing has is answered as
 * unknown and not as a malformed request.
 */
export const siteIdInputSchema = z.string().max(64).brand<"SiteId">();
export const topicIdInputSchema = z.string().max(64).brand<"TopicId">();
export const counterInputSchema = z.string().max(16).brand<"CounterNumber">();
export const ticketIdInputSchema = z.string().max(64).brand<"TicketId">();
export const visitIdInputSchema = z.string().max(64).brand<"VisitId">();
export const staffIdInputSchema = z.string().max(64).brand<"StaffId">();
export const deviceIdInputSchema = z.string().max(64).brand<"DeviceId">();
