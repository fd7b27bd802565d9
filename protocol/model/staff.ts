import { z } from "zod";
import { counterNumberSchema, staffIdSchema, ticketIdSchema, topicIdSchema } from "./ids.ts";
import { languageSchema } from "./language-schema.ts";
import { instantSchema, serviceDaySchema, ticketNumberSchema, ticketStateSchema } from "./ticket.ts";

/** What a member of staff may do: an agent at the own counter; a supervisor at every counter; an administrator accounts too. */
export const STAFF_ROLES = ["agent", "supervisor", "administrator"] as const;
export const staffRoleSchema = z.enum(STAFF_ROLES);
export type StaffRole = z.infer<typeof staffRoleSchema>;

/** Why a member of staff is on a break. */
const PAUSE_REASONS = ["rest", "lunch", "meeting", "back-office", "away"] as const;
export const pauseReasonSchema = z.enum(PAUSE_REASONS);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

/** Why a session is over without its member of staff having signed out at that desk. */
export const sessionEndReasonSchema = z.enum([
	"taken-over",
	"signed-in-elsewhere",
	"ended-by-supervisor",
	"pin-changed",
	"account-removed",
	"expired",
]);
export type SessionEndReason = z.infer<typeof sessionEndReasonSchema>;

export const sessionEndSchema = z.object({
	reason: sessionEndReasonSchema,
	/** The name of who did it; null where nobody did, or it was done on the command line. */
	by: z.string().nullable(),
	/** Where the same person signed in instead. */
	counter: counterNumberSchema.nullable(),
	at: instantSchema,
});
export type SessionEnd = z.infer<typeof sessionEndSchema>;

/** What a member of staff did on the service day. */
export const ownFiguresSchema = z.object({
	/** Topics that were served to their end. */
	served: z.int().min(0),
	/** Tickets that were missed after the last call. */
	missed: z.int().min(0),
	/** Of those that were served, from start to finish; null where there is none. */
	meanServiceMs: z.number().min(0).nullable(),
});
export type OwnFigures = z.infer<typeof ownFiguresSchema>;

/** What becomes of the ticket at hand where its member of staff leaves the counter. */
export const TICKET_AT_HAND = ["return", "finish", "keep"] as const;
export const ticketAtHandSchema = z.enum(TICKET_AT_HAND);
export type TicketAtHand = z.infer<typeof ticketAtHandSchema>;

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

/** An account as those who manage it see it. */
export const staffAccountSchema = z.object({
	id: staffIdSchema,
	name: z.string(),
	role: staffRoleSchema,
	/** False where it came from a device before this one: it needs a PIN. */
	hasPin: z.boolean(),
	/** Where it is signed in; null where it is not. */
	counter: counterNumberSchema.nullable(),
	/** Until when wrong PINs hold a device back from it. */
	lockedUntil: instantSchema.nullable(),
	/** True where the caller may change it. */
	isManageable: z.boolean(),
});
export type StaffAccountView = z.infer<typeof staffAccountSchema>;

/** A PIN, told once. */
export const newPinSchema = z.object({ id: staffIdSchema, name: z.string(), pin: z.string() });
export type NewPin = z.infer<typeof newPinSchema>;

export const topicSettingSchema = z.strictObject({
	open: z.boolean(),
	/** The most tickets that a service day gives of it; null is no limit. */
	quota: z.int().min(0).max(10_000).nullable(),
	/** The most that a quarter of an hour gives of it. Absent, as in old events, and null are no limit. */
	perQuarterHour: z.int().min(1).max(1_000).nullable().optional(),
});
export type TopicSetting = z.infer<typeof topicSettingSchema>;

/** When a closure by hand ends. One in another century is a mistake, and at the end of the calendar no next day is found. */
export const closureEndSchema = instantSchema.max(Date.UTC(2100, 0));

/** The whole site closed by hand. */
export const siteClosureStateSchema = z.object({ since: instantSchema, until: instantSchema });
export type SiteClosureState = z.infer<typeof siteClosureStateSchema>;

/** A counter as a supervisor sees it. */
export const counterSchema = z.object({
	counter: counterNumberSchema,
	/** Who is at it; null where nobody has signed in. */
	staff: z.object({ name: z.string(), role: staffRoleSchema, since: instantSchema }).nullable(),
	/** Since when its member of staff is on a break. */
	pausedAt: instantSchema.nullable(),
	pauseReason: pauseReasonSchema.nullable(),
	ticket: z
		.object({
			id: ticketIdSchema,
			number: ticketNumberSchema,
			state: ticketStateSchema,
			version: z.int().min(1),
			since: instantSchema,
		})
		.nullable(),
	setting: counterSettingSchema,
});
export type Counter = z.infer<typeof counterSchema>;

export const topicLoadSchema = z.object({
	topic: topicIdSchema,
	setting: topicSettingSchema,
	/** Tickets of the service day with the topic on them, first or later, given or still promised; the cancelled left out. */
	issued: z.int().min(0),
	/** Bookings of the day whose visitors have not come yet. */
	booked: z.int().min(0),
	/** What the quota still gives; null where there is none. */
	left: z.int().min(0).nullable(),
	/** What the limit of the present quarter of an hour still gives; null where there is none. */
	leftInQuarterHour: z.int().min(0).nullable(),
	waiting: z.int().min(0),
});
export type TopicLoad = z.infer<typeof topicLoadSchema>;

/** What the turn of a day ended because nobody had: how many of each state, and which were at a counter. */
export const leftOpenSchema = z.object({
	serviceDay: serviceDaySchema,
	waiting: z.int().min(0),
	parked: z.int().min(0),
	missed: z.int().min(0),
	/** An undo brings such a ticket back to its counter, where it can be finished with what came of it. */
	atCounters: z.array(
		z.object({
			id: ticketIdSchema,
			number: ticketNumberSchema,
			version: z.int().min(1),
			counter: counterNumberSchema,
			state: ticketStateSchema,
		}),
	),
});
export type LeftOpen = z.infer<typeof leftOpenSchema>;

/** What closing the day would do now, and what it leaves to do. */
export const dayClosingSchema = z.object({
	at: instantSchema,
	/** Null where the site is not closed by hand. */
	closedByHand: siteClosureStateSchema.nullable(),
	/** Those whom it cancels: they wait, are on hold, or were missed. */
	open: z.array(
		z.object({
			id: ticketIdSchema,
			number: ticketNumberSchema,
			state: ticketStateSchema,
			topic: topicIdSchema,
			arrivedAt: instantSchema,
		}),
	),
	/** They stay, for their member of staff to finish; `staff` is null where nobody is signed in at the counter. */
	atCounters: z.array(
		z.object({
			id: ticketIdSchema,
			number: ticketNumberSchema,
			state: ticketStateSchema,
			counter: counterNumberSchema,
			staff: z.string().nullable(),
		}),
	),
	/** Expected today, and not here yet. */
	expected: z.array(z.object({ at: instantSchema, topic: topicIdSchema })),
	/** Numbers that it cancelled today and that can be put back. */
	restorable: z.int().min(0),
});
export type DayClosing = z.infer<typeof dayClosingSchema>;

/** One act, from the stream. */
export const auditEntrySchema = z.object({
	seq: z.int().min(1),
	at: instantSchema,
	/** The name, or the id of an account that has been removed; null where a visitor or the station itself did it. */
	staff: z.string().nullable(),
	/** The name of the account that it was about; null where it was about none, or it has been removed. */
	account: z.string().nullable(),
	/** Of the ticket that it was about; null where it was about none. */
	number: ticketNumberSchema.nullable(),
	type: z.string(),
	data: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
