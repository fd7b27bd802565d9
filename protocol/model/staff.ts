import { z } from "zod";
import { counterNumberSchema, ticketIdSchema, topicIdSchema } from "./ids.ts";
import { languageSchema } from "./language-schema.ts";
import { instantSchema, ticketNumberSchema, ticketStateSchema } from "./ticket.ts";

/** What a member of staff may do: an agent at the own counter; a supervisor at every counter; an administrator accounts too. */
export const STAFF_ROLES = ["agent", "supervisor", "administrator"] as const;
export const staffRoleSchema = z.enum(STAFF_ROLES);
export type StaffRole = z.infer<typeof staffRoleSchema>;

export const sessionSchema = z.object({
	token: z.string(),
	staff: z.string(),
	role: staffRoleSchema,
	counter: counterNumberSchema,
	expiresAt: instantSchema,
});

/** What a counter can do. */
export const counterSettingSchema = z.strictObject({
	/** The topics it serves; null is every one. */
	topics: z.array(topicIdSchema).max(100).nullable(),
	/** The languages spoken at it: a visitor who speaks one is preferred where it costs others little. */
	languages: z.array(languageSchema).max(12),
});
export type CounterSetting = z.infer<typeof counterSettingSchema>;

export const topicSettingSchema = z.strictObject({
	open: z.boolean(),
	/** The most tickets that a service day gives of it; null is no limit. */
	quota: z.int().min(0).max(10_000).nullable(),
});
export type TopicSetting = z.infer<typeof topicSettingSchema>;

/** A counter as a supervisor sees it. */
export const counterSchema = z.object({
	counter: counterNumberSchema,
	/** Who is at it; null where nobody has signed in. */
	staff: z.object({ name: z.string(), role: staffRoleSchema, since: instantSchema }).nullable(),
	/** Since when its member of staff is on a break. */
	pausedAt: instantSchema.nullable(),
	ticket: z
		.object({ id: ticketIdSchema, number: ticketNumberSchema, state: ticketStateSchema, since: instantSchema })
		.nullable(),
	setting: counterSettingSchema,
});
export type Counter = z.infer<typeof counterSchema>;

export const topicLoadSchema = z.object({
	topic: topicIdSchema,
	setting: topicSettingSchema,
	/** Tickets of the service day, the cancelled left out. */
	issued: z.int().min(0),
	waiting: z.int().min(0),
});
export type TopicLoad = z.infer<typeof topicLoadSchema>;

/** One act of a member of staff, from the stream. */
export const auditEntrySchema = z.object({
	seq: z.int().min(1),
	at: instantSchema,
	/** The name, or the id of an account that has been taken away. */
	staff: z.string(),
	/** Of the ticket that it was about; null where it was about none. */
	number: ticketNumberSchema.nullable(),
	type: z.string(),
	data: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
