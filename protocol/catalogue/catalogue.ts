import { z } from "zod";
import { counterNumberSchema, siteIdSchema, slugSchema, topicIdSchema } from "../model/ids.ts";
import { LANGUAGES } from "../model/language.ts";
import { plainTextSchema } from "../model/plain-text.ts";
import { exceptionDaySchema, scheduleSchema } from "./schedule.ts";
import { documentUsesSchema, serviceDetailsSchema, telephoneSchema } from "./service-details.ts";

/*
 * The catalogue as files hold it. Entities and field names follow the Open Referral Human
 * Services Data Specification 3 (organization, service, location, service_at_location,
 * schedule, required_document, cost_option), so that catalogues can come from and go to other directories.
 * Three things differ, on purpose: ids are readable slugs; words for people stand apart, one
 * file per language; what HSDS does not know (series, minutes, confirm_by, counters) is added.
 * On screens and in the API a service is a "topic" and a location a "site".
 */

const dateSchema = z.iso.date();
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM on a 24-hour clock");

/** HSDS service.status. Only topics that are active are offered. */
const SERVICE_STATUSES = ["active", "inactive", "defunct", "temporarily closed"] as const;

export const organizationSchema = z.object({
	id: slugSchema,
	/** A telephone number that the public may call, where one is published. */
	phone: telephoneSchema.optional(),
});
export type Organization = z.infer<typeof organizationSchema>;

/** A group of topics that share one series of numbers. I, O and Q are left out: they read as 1 and 0. */
export const topicGroupSchema = z.object({
	id: slugSchema,
	series: z.string().regex(/^[A-HJ-NPR-Z]$/, "one capital letter, never I, O or Q"),
});
export type TopicGroup = z.infer<typeof topicGroupSchema>;

/** HSDS required_document, shared between services; its words stand in the language files. */
export const documentSchema = z.object({ id: slugSchema });

/** HSDS service. `required_documents` is empty where the visitor needs nothing, or where it depends on an answer. */
export const serviceSchema = z.object({
	...serviceDetailsSchema.shape,
	id: topicIdSchema,
	organization_id: slugSchema,
	group: slugSchema,
	/** Place on the screen: most asked first, 1 upwards. */
	rank: z.int().min(1).max(999),
	/** Name of a picture in resources/icons. */
	icon: slugSchema,
	/** How long one service takes at first, in minutes; the station learns its own later. */
	minutes: z.int().min(1).max(240),
	required_documents: documentUsesSchema,
	status: z.enum(SERVICE_STATUSES).default("active"),
	/** Where the facts come from: an address or the name of a rule. */
	source: plainTextSchema(300),
	/** HSDS assured_date: the day the facts were last checked. */
	assured_date: dateSchema,
	/** The day after which staff must confirm the facts again. */
	confirm_by: dateSchema,
});
export type Service = z.infer<typeof serviceSchema>;

/** Far more than a front desk has; what a station tells of itself is held to it as well. */
export const MAX_SITE_TOPICS = 200;

/** HSDS location, with the services offered there (service_at_location) and its hours. */
export const locationSchema = z.object({
	id: siteIdSchema,
	organization_id: slugSchema,
	kind: z.enum(["centre", "service-centre", "station"]),
	/** True where name and address are placeholders and say so. */
	example: z.boolean(),
	timezone: z.string().refine(isTimeZone, {
		error: ({ input }) => `this machine knows no time zone "${input}"; name one such as Asia/Shanghai`,
	}),
	/** When the service day turns, on the site's wall clock. */
	day_starts_at: timeSchema.default("00:00"),
	counters: z.array(counterNumberSchema).min(1).max(99),
	schedules: z.array(scheduleSchema).min(1),
	/** Days that differ: public holidays and make-up working days. */
	exceptions: z.array(exceptionDaySchema).max(400).default([]),
	services: z.array(topicIdSchema).min(1).max(MAX_SITE_TOPICS),
	latitude: z.number().min(-90).max(90).optional(),
	longitude: z.number().min(-180).max(180).optional(),
	source: plainTextSchema(300),
	assured_date: dateSchema,
	confirm_by: dateSchema,
});
export type Location = z.infer<typeof locationSchema>;

export const MAX_KEYWORDS = 40;

/** The translations of one language. Every entry of the catalogue has one in all twelve. */
export const serviceTranslationSchema = z.object({
	/** Short enough for a tile: two lines at most. */
	name: plainTextSchema(60),
	/** How the name is typed and said where its signs do not tell: pinyin, a syllable a word, for Chinese; kana for Japanese. */
	reading: plainTextSchema(120).optional(),
	/** One plain sentence about it. */
	description: plainTextSchema(240),
	/** Who it is for (HSDS eligibility_description). */
	eligibility: plainTextSchema(240).optional(),
	/** Everyday words that find it. Chinese in characters and in pinyin, Japanese in characters and in kana. */
	keywords: z.array(plainTextSchema(40)).max(MAX_KEYWORDS).optional(),
});

const nameSchema = z.object({ name: plainTextSchema(120) });

const documentTranslationSchema = z.object({
	name: plainTextSchema(110),
	/** How the name is said where its signs do not tell: kana for Japanese. */
	reading: plainTextSchema(160).optional(),
});

const locationTranslationSchema = z.object({
	name: plainTextSchema(90),
	/** Short form for the head of a ticket and of the screen. */
	short_name: plainTextSchema(44),
	/** One line, or why none is given. */
	address: plainTextSchema(160),
});

export const catalogueTranslationsSchema = z.object({
	organizations: z.record(slugSchema, z.object({ name: plainTextSchema(90) })),
	groups: z.record(slugSchema, z.object({ name: plainTextSchema(40) })),
	services: z.record(slugSchema, serviceTranslationSchema),
	documents: z.record(slugSchema, documentTranslationSchema),
	locations: z.record(slugSchema, locationTranslationSchema),
	/** What services refer to by id; all may be missing. */
	questions: z.record(slugSchema, nameSchema),
	options: z.record(slugSchema, nameSchema),
	steps: z.record(slugSchema, nameSchema),
});

/** File names under resources/catalogue. Each of the first five holds a JSON array. */
export const CATALOGUE_FILES = {
	organizations: "organizations.json",
	groups: "groups.json",
	services: "services.json",
	documents: "documents.json",
	locations: "locations.json",
	translations: Object.fromEntries(LANGUAGES.map((language) => [language, `translations/${language}.json`])),
} as const;

function isTimeZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}
