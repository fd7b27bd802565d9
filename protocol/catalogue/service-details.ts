import { z } from "zod";
import { slugSchema } from "../model/ids.ts";

/*
 * What a visitor should know of a topic before queueing. Every part is optional and checked by itself (drop-invalid-details.ts):
 * a bad fee never costs the topic. Names follow HSDS 3 (required_document, cost_option, eligibility, url, phone,
 * application_process) where it has one. The words stand in the language files.
 */

/** Set on what no official page confirms: screen and paper mark it, and name the hotline that can confirm it. */
const unconfirmed = z.literal(true).optional();
const positive = z.int().min(1);

/** HSDS required_document: what to bring, in which form. */
export const documentUseSchema = z.strictObject({
	document: slugSchema,
	originals: positive.max(9).optional(),
	copies: positive.max(9).optional(),
	photo: z.strictObject({ width_mm: positive.max(200), height_mm: positive.max(200) }).optional(),
	/** Not older than so many months. */
	issued_within_months: positive.max(36).optional(),
	/** With an apostille, or legalised by a consulate. */
	authenticated: z.literal(true).optional(),
	/** With a Chinese translation. */
	translated: z.literal(true).optional(),
	/** Only from visitors who have one. */
	if_any: z.literal(true).optional(),
	unconfirmed,
});
export type DocumentUse = z.infer<typeof documentUseSchema>;

const MAX_DOCUMENTS = 16;
export const documentUsesSchema = z
	.array(z.union([slugSchema.transform((document): DocumentUse => ({ document })), documentUseSchema]))
	.max(MAX_DOCUMENTS);

/** "CNY": ISO 4217. */
const currencySchema = z.string().regex(/^[A-Z]{3}$/, "a currency of three capital letters (ISO 4217)");

/** HSDS cost_option. An amount of 0 is free of charge. */
const costOptionSchema = z
	.strictObject({
		amount: z.number().min(0).max(1_000_000),
		/** The upper end of a range. */
		amount_max: z.number().max(1_000_000).optional(),
		currency: currencySchema,
		/** What this fee is for, where there are several: an id of `options` in the language files. */
		option: slugSchema.optional(),
		unconfirmed,
	})
	.refine(
		({ amount, amount_max }) => amount_max === undefined || amount_max > amount,
		"amount_max must be above amount",
	);

/** From the complete application to the decision. */
const processingTimeSchema = z.union([
	z.strictObject({ unit: z.literal("on-the-spot"), unconfirmed }),
	z
		.strictObject({
			from: positive.max(1_000).optional(),
			to: positive.max(1_000),
			unit: z.enum(["day", "working-day", "month"]),
			unconfirmed,
		})
		.refine(({ from, to }) => from === undefined || from < to, "from must be below to"),
]);

const DEADLINE_EVENTS = [
	"after-entry",
	"after-arrival",
	"after-birth",
	"after-change",
	"after-work-permit",
	"after-hiring",
	"before-expiry",
] as const;

const deadlineSchema = z.strictObject({
	time: positive.max(400),
	unit: z.enum(["hour", "day", "working-day", "month"]),
	event: z.enum(DEADLINE_EVENTS),
	unconfirmed,
});

interface AsksFor {
	id: string;
	required_documents: readonly DocumentUse[];
	question?: unknown;
}

/** "Which one are you?": an answer adds papers, or asks once more. Visitors may skip it. */
const questionOf = <Option extends z.ZodType<AsksFor>>(option: Option) =>
	z
		.strictObject({ id: slugSchema, options: z.array(option).min(2).max(12) })
		.refine(
			({ options }) => options.some(({ required_documents, question }) => required_documents.length > 0 || question),
			"the question leads nowhere: no answer changes what to bring",
		)
		.refine(({ options }) => new Set(options.map(({ id }) => id)).size === options.length, "two answers have one id");
const leafOptionSchema = z.strictObject({ id: slugSchema, required_documents: documentUsesSchema.default([]) });
export const leafQuestionSchema = questionOf(leafOptionSchema);
export const questionSchema = questionOf(leafOptionSchema.extend({ question: leafQuestionSchema.optional() })).refine(
	({ id, options }) => options.every(({ question }) => question?.id !== id),
	"the question leads to itself",
);
export type Question = z.infer<typeof questionSchema>;

/** Longer ones make a code that phones cannot read from a screen. */
const MAX_ADDRESS = 300;
/** As a code carries it: other scripts in a host's name are written "xn--", and a password has no place in it. */
const webAddress = z
	.url({ protocol: /^https$/, hostname: z.regexes.domain, error: "an address that starts with https://" })
	.max(MAX_ADDRESS)
	.regex(/^[\x21-\x7e]+$/, "an address that starts with https://, in Latin letters without spaces")
	.refine((address) => !/^https:\/\/[^/?#]*@/.test(address), "an address without a name or password before its host");

/** "12345", "+86 (21) 6283-5500": three digits or more. */
export const telephoneSchema = z
	.string()
	.max(32)
	.regex(/^\+?[\d(](?:[() ./-]*\d){2,}$/, "a telephone number");

/** The parts that can be left out one by one. */
export const serviceDetailsSchema = z.object({
	question: questionSchema.optional(),
	/** In the order of the visit: ids of `steps` in the language files. */
	steps: z.array(slugSchema).max(8).optional(),
	cost_options: z.array(costOptionSchema).max(6).optional(),
	processing_time: processingTimeSchema.optional(),
	deadlines: z.array(deadlineSchema).max(3).optional(),
	/** The hotline for questions; without one, the organization's. */
	phone: telephoneSchema.optional(),
	/** The official page. Shown as a code for phones, never opened here. */
	url: webAddress.optional(),
	/** Where it can be done online. */
	application_url: webAddress.optional(),
});
export type ServiceDetails = z.infer<typeof serviceDetailsSchema>;

/** The details alone, of a service that was checked. */
export function detailsOf(service: ServiceDetails): ServiceDetails {
	const { question, steps, cost_options, processing_time, deadlines, phone, url, application_url } = service;
	return { question, steps, cost_options, processing_time, deadlines, phone, url, application_url };
}

/** Every use of a document in a service, also in answers. */
export function documentUsesOf({
	required_documents,
	question,
}: {
	required_documents: readonly DocumentUse[];
	question?: Question | undefined;
}): DocumentUse[] {
	const inOptions = question?.options.flatMap((option) => [
		...option.required_documents,
		...(option.question?.options.flatMap((leaf) => leaf.required_documents) ?? []),
	]);
	return [...required_documents, ...(inOptions ?? [])];
}
