import { z } from "zod";
import { slugSchema, topicIdInputSchema, topicIdSchema } from "../model/ids.ts";
import { languageSchema } from "../model/language-schema.ts";
import { qrCodeSchema } from "../model/qr-code.ts";
import { MAX_TOPICS, requestKeySchema } from "../model/ticket.ts";

/** A document as a visitor reads it; `detail` says in which form: "Original · copy × 2". */
const checklistDocumentSchema = z.object({
	/** Unique in the list. The same document in two forms that cannot be one is listed twice. */
	key: z.string(),
	id: slugSchema,
	name: z.string(),
	nameChinese: z.string(),
	detail: z.string(),
	detailChinese: z.string(),
});
export type ChecklistDocument = z.infer<typeof checklistDocumentSchema>;

/** One fact with its label, both in the visitor's language: "Fee", "Free". */
const checklistFactSchema = z.object({
	kind: z.enum(["eligibility", "steps", "fee", "decision", "deadline", "authority", "online", "hotline"]),
	label: z.string(),
	lines: z.array(z.string()),
});
export type ChecklistFact = z.infer<typeof checklistFactSchema>;

const checklistTopicSchema = z.object({
	id: topicIdSchema,
	name: z.string(),
	nameChinese: z.string(),
	description: z.string(),
	facts: z.array(checklistFactSchema),
	/** That a fact is not confirmed, or that the entry is past its date; empty where all is sure. */
	warnings: z.array(z.string()),
	/** The official page; null where none is known. */
	url: z.string().nullable(),
});
export type ChecklistTopic = z.infer<typeof checklistTopicSchema>;

const CHECKLIST_LABELS = [
	...(["bring", "officialPage", "checked", "advice", "tick", "facts", "skip"] as const),
	...(["print", "printing", "printed", "failed", "phone", "askStaff"] as const),
] as const;

/** What to bring and to know for some topics, ready to be shown: the station words it for screen and paper alike. */
export const checklistSchema = z.object({
	language: languageSchema,
	topics: z.array(checklistTopicSchema).min(1),
	documents: z.array(checklistDocumentSchema),
	/** The next thing to ask the visitor; null where all is answered. */
	question: z
		.object({ id: slugSchema, name: z.string(), options: z.array(z.object({ id: slugSchema, name: z.string() })) })
		.nullable(),
	/** "You do not need to bring anything", or that an unanswered question may add papers; null where neither is so. */
	note: z.string().nullable(),
	/** The screen's own words: only its visitors load them. */
	labels: z.record(z.enum(CHECKLIST_LABELS), z.string()),
	/** The list as text for a phone that has no network to this station. */
	takeHome: qrCodeSchema.nullable(),
	/** The official page of the first topic, for a phone. */
	page: qrCodeSchema.nullable(),
});
export type Checklist = z.infer<typeof checklistSchema>;

const MAX_ANSWERS = 12;
const splitIds = (text: string) => text.split(",").filter((id) => id !== "");

/** Which list, as a query: the topics in the order of service, and the answers given so far, each separated by commas. */
export const checklistQuerySchema = z.object({
	topics: z.string().max(200).transform(splitIds).pipe(z.array(topicIdInputSchema).min(1).max(MAX_TOPICS)),
	answers: z.string().max(800).default("").transform(splitIds).pipe(z.array(z.string()).max(MAX_ANSWERS)),
	language: z.string().max(16).default("en"),
});

export const checklistPrintSchema = z.strictObject({
	topics: z.array(topicIdInputSchema).min(1).max(MAX_TOPICS),
	answers: z.array(z.string().max(64)).max(MAX_ANSWERS).default([]),
	language: z.string().max(16),
	/** The same key never prints two. */
	key: requestKeySchema,
});
