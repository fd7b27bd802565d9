import { z } from "zod";
import { counterNumberSchema, siteIdSchema, slugSchema, ticketIdSchema, topicIdSchema } from "../model/ids.ts";
import { languageSchema } from "../model/language-schema.ts";
import { openingSchema } from "../model/opening.ts";
import { printerStatusSchema, ticketPrintSchema } from "../model/print.ts";
import { pauseReasonSchema } from "../model/staff.ts";
import {
	instantSchema,
	nextTopicsSchema,
	noteSchema,
	strandedReasonSchema,
	ticketClassSchema,
	ticketNumberSchema,
	ticketStateSchema,
	waitSchema,
	waitStatusSchema,
} from "../model/ticket.ts";

/** One call as the board shows and speaks it: text and voice are made from this one record. */
export const boardCallSchema = z.object({
	/** Changes with every call and recall of a ticket: a new value is a new announcement. */
	call: z.string(),
	number: ticketNumberSchema,
	counter: counterNumberSchema,
	topic: topicIdSchema,
	language: languageSchema,
	calledAt: instantSchema,
	state: z.enum(["called", "serving"]),
});
export type BoardCall = z.infer<typeof boardCallSchema>;

/** The whole board in one record, so that one message catches up any board. Public: no ids, no codes. */
export const boardSchema = z.object({
	/** The stream's last event when this picture was taken; a later picture never has a lower one. */
	seq: z.int().min(0),
	at: instantSchema,
	site: siteIdSchema,
	/** Every open call: first those whose visitor has yet to come, the latest first, then those at their counter. */
	calls: z.array(boardCallSchema),
	/** How many wait in all. */
	waitingCount: z.int().min(0),
	/** What somebody who takes a ticket now will wait, as a range; null where nobody can tell. */
	wait: waitSchema.nullable(),
	/** The first of those who wait, in the order they came, 40 at most. */
	waiting: z.array(z.object({ number: ticketNumberSchema, topic: topicIdSchema })),
	/** Numbers of today that were called and whose visitor did not come, the latest first, 12 at most. */
	missed: z.array(ticketNumberSchema),
});
export type Board = z.infer<typeof boardSchema>;

export const queueEntrySchema = z.object({
	id: ticketIdSchema,
	number: ticketNumberSchema,
	topic: topicIdSchema,
	/** What the same ticket goes on to after its topic. */
	nextTopics: nextTopicsSchema,
	language: languageSchema,
	partySize: z.int().min(1),
	class: ticketClassSchema,
	/** The time that its visitor booked; a late one's ticket is an ordinary one. */
	bookedAt: instantSchema.nullable(),
	state: ticketStateSchema,
	version: z.int().min(1),
	counter: counterNumberSchema.nullable(),
	/** The only counter that may call it, where it was sent to one and somebody is there who serves it. */
	reservedFor: counterNumberSchema.nullable(),
	/** What staff wrote about the visit, for each other. */
	note: noteSchema.nullable(),
	/** True where the last act can be taken back. */
	undoable: z.boolean(),
	calls: z.int().min(0),
	arrivedAt: instantSchema,
	since: instantSchema,
	/** Until then "next" leaves this ticket alone: it was called and nobody came. */
	notBefore: instantSchema.nullable(),
	/** Why nobody could act for it now; null where somebody could. */
	stranded: strandedReasonSchema.nullable(),
	print: ticketPrintSchema,
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export const helpCallSchema = z.object({
	/** Null before the visitor chose a language. */
	language: languageSchema.nullable(),
	since: instantSchema,
});
export type HelpCall = z.infer<typeof helpCallSchema>;

/** A call for help with what tells it from another kiosk's. */
const openHelpCallSchema = helpCallSchema.extend({
	id: z.int().min(1),
	/** The kiosk's name; null for the one at the station. */
	kiosk: z.string().nullable(),
});
export type OpenHelpCall = z.infer<typeof openHelpCallSchema>;

export const queueSchema = z.object({
	seq: z.int().min(0),
	at: instantSchema,
	/** Live tickets of the service day: waiting in the order that "next" takes them, then called, serving, parked and missed. */
	tickets: z.array(queueEntrySchema),
	printer: printerStatusSchema,
	/** The ticket that "next" calls to the counter of the member of staff who asks; null where there is none. */
	next: ticketIdSchema.nullable(),
	/** True where this member of staff is to see to stranded tickets: a supervisor, or anyone while none is signed in. */
	seesStranded: z.boolean(),
	/** The counter of the member of staff who asks: a supervisor may have moved them. */
	counter: counterNumberSchema,
	/** Since when the member of staff who asks is on a break; null while at work. */
	pausedAt: instantSchema.nullable(),
	pauseReason: pauseReasonSchema.nullable(),
	/** The oldest of `helpCalls`. */
	help: helpCallSchema.nullable(),
	/** Boards that are on and cannot be heard: their browser waits for a click. */
	silentBoards: z.int().min(0),
	/** Who asks for help at which kiosk, as long as no member of staff has gone there; oldest first. */
	helpCalls: z.array(openHelpCallSchema),
});
export type Queue = z.infer<typeof queueSchema>;

/** Another site that offers a topic. */
export const otherSiteSchema = z.object({
	id: siteIdSchema,
	name: z.string(),
	nameChinese: z.string(),
	address: z.string(),
	addressChinese: z.string(),
	timezone: z.string(),
	...openingSchema.shape,
	/** True where name and address are placeholders: nobody can be sent there by them. */
	example: z.boolean(),
	/** Where it is, WGS 84 degrees; null where the catalogue does not say. */
	place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
	/** Its queue as the server last told of it, with that moment; null where nobody has told lately. */
	queue: z.object({ ahead: z.int().min(0), wait: waitSchema.nullable(), knownAt: instantSchema }).nullable(),
});
export type OtherSite = z.infer<typeof otherSiteSchema>;

/**
 * Whether a topic gives tickets now. "last": the last ones of the day. "closed": a supervisor closed it. "full": the
 * day's tickets are all issued. "later": those of this quarter of an hour are. "site-closed": it is outside opening hours,
 * or the site was closed by hand.
 */
export const availabilitySchema = z.enum(["available", "last", "closed", "full", "later", "site-closed"]);
export type Availability = z.infer<typeof availabilitySchema>;

export const topicSchema = z.object({
	id: topicIdSchema,
	name: z.string(),
	nameChinese: z.string(),
	/** The name as it is typed: pinyin for Chinese, kana for Japanese; null where the name itself is typed, or nobody wrote it down. */
	reading: z.string().nullable(),
	description: z.string(),
	group: z.object({ id: slugSchema, name: z.string(), series: z.string() }),
	rank: z.int(),
	icon: slugSchema,
	minutes: z.int(),
	handledBy: z.string(),
	requiredDocuments: z.array(z.object({ id: slugSchema, name: z.string() })),
	/** True where the visitor must see what to bring before the ticket. */
	needsDocuments: z.boolean(),
	availability: availabilitySchema,
	/** Tickets of the day's quota that are left; null where nobody set one. */
	left: z.int().min(0).nullable(),
	/** People before a new ticket at the counters that serve the topic. */
	ahead: z.int().min(0),
	wait: waitSchema.nullable(),
	waitStatus: waitStatusSchema,
	source: z.string(),
	assuredDate: z.string(),
	confirmBy: z.string(),
});
export type Topic = z.infer<typeof topicSchema>;

/** A topic that only other sites offer: enough to find it and to be sent there. */
export const topicAtOtherSitesSchema = topicSchema.pick({
	id: true,
	name: true,
	nameChinese: true,
	reading: true,
	group: true,
	rank: true,
	icon: true,
});
export type TopicAtOtherSites = z.infer<typeof topicAtOtherSitesSchema>;

/** What finds a topic beside its name: everyday words, the documents that it asks for, and Chinese words in pinyin. */
const keywordsSchema = z.object({
	words: z.array(z.string()),
	documents: z.array(z.string()),
	pinyin: z.array(z.string()),
});
export type Keywords = z.infer<typeof keywordsSchema>;

/** By topic, with what the search says where nothing is found. */
export const keywordsAnswerSchema = z.object({
	topics: z.record(z.string(), keywordsSchema),
	texts: z.object({ nothing: z.string(), allTopics: z.string(), askStaff: z.string() }),
});
export type KeywordsAnswer = z.infer<typeof keywordsAnswerSchema>;

export const siteSchema = z.object({
	id: siteIdSchema,
	name: z.string(),
	shortName: z.string(),
	shortNameChinese: z.string(),
	address: z.string(),
	example: z.boolean(),
	timezone: z.string(),
	counters: z.array(counterNumberSchema),
	...openingSchema.shape,
});
export type Site = z.infer<typeof siteSchema>;

export const topicsSchema = z.object({
	site: siteSchema,
	language: languageSchema,
	topics: z.array(topicSchema),
	/** What only other sites of the catalogue offer. */
	otherSites: z.array(topicAtOtherSitesSchema),
	/** Names above that the language lacks, each with the language that it stands in instead; left out where none is. */
	fallbacks: z.record(z.string(), languageSchema).optional(),
});
export type Topics = z.infer<typeof topicsSchema>;
