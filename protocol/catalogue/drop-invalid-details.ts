import { z } from "zod";
import { slugSchema } from "../model/ids.ts";
import { explainError } from "./rejected-entry.ts";
import { documentUsesSchema, leafQuestionSchema, questionSchema, serviceDetailsSchema } from "./service-details.ts";

/*
 * A service whose fee, document or answer does not fit is kept without it. Each part that is left out is named; nothing
 * else is lost.
 */

type Reject = (reason: string) => void;

const LISTS = { ...serviceDetailsSchema.shape, required_documents: documentUsesSchema };

export function dropInvalidDetails(entry: unknown, reject: Reject): unknown {
	if (typeof entry !== "object" || entry === null) return entry;
	const kept = new Map<string, unknown>(Object.entries(entry));
	for (const [name, schema] of Object.entries(LISTS)) {
		const value = kept.get(name);
		if (value === undefined || schema.safeParse(value).success) continue;
		const valid = validPart(name, schema, value, reject);
		if (valid !== undefined) kept.set(name, valid);
		// A topic says what to bring, or that it is nothing: without a list it is not whole.
		else if (name !== "required_documents") kept.delete(name);
	}
	return withPlausibleDates(Object.fromEntries(kept), reject);
}

function validPart(name: string, schema: z.ZodType, value: unknown, reject: Reject): unknown {
	if (name === "question") return validQuestion(value, { place: name, schema: questionSchema }, reject);
	if (Array.isArray(value)) return validItems(name, schema, value, reject);
	if (name !== "required_documents") reject(`${name} is left out: ${explain(schema, value)}`);
	return undefined;
}

/** The items of a list that fit, as many as it takes; undefined where none does. */
function validItems(place: string, schema: z.ZodType, items: readonly unknown[], reject: Reject) {
	const valid = items.filter((item) => {
		const parsed = schema.safeParse([item]);
		if (!parsed.success) reject(`an entry of ${place} is left out: ${explainError(parsed.error)}`);
		return parsed.success;
	});
	let fitting = valid.slice(0, MOST_ITEMS);
	while (fitting.length > 0 && !schema.safeParse(fitting).success) fitting = fitting.slice(0, -1);
	if (fitting.length < valid.length) reject(`${place} has too many entries: the first ${fitting.length} are kept`);
	return fitting.length > 0 ? fitting : undefined;
}

/** More than any list of a topic takes. */
const MOST_ITEMS = 40;

const anyQuestion = z.strictObject({ id: slugSchema, options: z.array(z.unknown()) });
const anyOption = z.strictObject({
	id: slugSchema,
	required_documents: z.array(z.unknown()).default([]),
	question: z.unknown().optional(),
});

interface Asked {
	/** How the remark names it. */
	place: string;
	schema: typeof questionSchema | typeof leafQuestionSchema;
	/** The question that it follows. */
	outer?: string;
}

/** The question with the answers that fit; undefined where it asks for nothing any more. */
function validQuestion(json: unknown, { place, schema, outer }: Asked, reject: Reject): unknown {
	const question = anyQuestion.safeParse(json);
	if (!question.success) {
		reject(`${place} is left out: ${explainError(question.error)}`);
		return undefined;
	}
	const { id } = question.data;
	if (id === outer) {
		reject(`${place} is left out: the question leads to itself`);
		return undefined;
	}
	const ids = new Set<string>();
	const options = question.data.options.flatMap((option) => {
		const parsed = anyOption.safeParse(option);
		if (!parsed.success || ids.has(parsed.data.id)) {
			const why = parsed.success ? `two answers have the id ${parsed.data.id}` : explainError(parsed.error);
			reject(`an answer of ${place} ${id} is left out: ${why}`);
			return [];
		}
		ids.add(parsed.data.id);
		return [validOption(parsed.data, { place: `${place} ${id}`, schema, outer: id }, reject)];
	});
	const parsed = schema.safeParse({ id, options });
	if (!parsed.success) reject(`${place} is left out: ${explainError(parsed.error)}`);
	return parsed.success ? { id, options } : undefined;
}

function validOption(option: z.infer<typeof anyOption>, { place, schema, outer }: Asked, reject: Reject) {
	const { id, required_documents, question } = option;
	const documents = documentUsesSchema.safeParse(required_documents).success
		? required_documents
		: (validItems(`the documents of ${place}, ${id},`, documentUsesSchema, required_documents, reject) ?? []);
	if (question === undefined) return { id, required_documents: documents };
	const asked = { place: `the question after ${place}, ${id},`, schema: leafQuestionSchema, ...(outer && { outer }) };
	const isThird = schema !== questionSchema;
	if (isThird) reject(`${asked.place} is left out: a visitor is asked two questions at most`);
	const next = isThird ? undefined : validQuestion(question, asked, reject);
	return { id, required_documents: documents, ...(next !== undefined && { question: next }) };
}

const dates = z.looseObject({ assured_date: z.iso.date(), confirm_by: z.iso.date() });

/** Facts cannot have to be confirmed again before they were checked: they count as due from then on. */
export function withPlausibleDates(entry: unknown, reject: Reject): unknown {
	const parsed = dates.safeParse(entry);
	if (!parsed.success || parsed.data.confirm_by >= parsed.data.assured_date) return entry;
	const { confirm_by, assured_date } = parsed.data;
	reject(`confirm_by ${confirm_by} is before assured_date ${assured_date}, which counts instead`);
	return { ...parsed.data, confirm_by: assured_date };
}

function explain(schema: z.ZodType, value: unknown): string {
	const parsed = schema.safeParse(value);
	return parsed.success ? "" : explainError(parsed.error);
}
