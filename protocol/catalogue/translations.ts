import { z } from "zod";
import type { Language } from "../model/language.ts";
import { catalogueTranslationsSchema, MAX_KEYWORDS } from "./catalogue.ts";
import { explainError, type RejectedEntry } from "./rejected-entry.ts";

export type TranslatedEntity =
	| "organization"
	| "topic_group"
	| "service"
	| "document"
	| "location"
	| "question"
	| "option"
	| "step";
export type TranslatedField =
	| "name"
	| "reading"
	| "short_name"
	| "description"
	| "address"
	| "eligibility"
	/** One word a line. */
	| "keywords";

export interface Translation {
	entity: TranslatedEntity;
	id: string;
	language: Language;
	field: TranslatedField;
	text: string;
}

const sections = [
	["organizations", "organization"],
	["groups", "topic_group"],
	["services", "service"],
	["documents", "document"],
	["locations", "location"],
	["questions", "question"],
	["options", "option"],
	["steps", "step"],
] as const satisfies readonly (readonly [keyof typeof catalogueTranslationsSchema.shape, TranslatedEntity])[];

/** Enough to find an entry by. */
const MAX_NAME = 80;

/** Without the texts that an entry can do without and that do not fit: a bad search word costs that word, never the name. */
function withoutBadOptionals(
	shape: Readonly<Record<string, z.ZodType>>,
	value: unknown,
	reject: (reason: string) => void,
): unknown {
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([field, text]): [string, unknown][] => {
			const schema = shape[field];
			if (!schema?.safeParse(undefined).success || schema.safeParse(text).success) return [[field, text]];
			if (!Array.isArray(text)) {
				reject(`${field} is left out: ${explain(schema, text)}`);
				return [];
			}
			const fitting = text.filter((word) => {
				const fits = schema.safeParse([word]).success;
				if (!fits) reject(`an entry of ${field} is left out: ${explain(schema, [word])}`);
				return fits;
			});
			if (fitting.length > MAX_KEYWORDS) reject(`${field} has more than ${MAX_KEYWORDS} entries: the rest is left out`);
			return [[field, fitting.slice(0, MAX_KEYWORDS)]];
		}),
	);
}

function explain(schema: z.ZodType, value: unknown): string {
	const parsed = schema.safeParse(value);
	return parsed.success ? "" : explainError(parsed.error);
}

/** The translations in one language's file. A bad entry is rejected and named, and screens fall back to another language for it. */
export function readTranslations(
	language: Language,
	file: string,
	json: unknown,
	rejected: RejectedEntry[],
): Translation[] {
	if (json === undefined) return [];
	const whole = z.record(z.string(), z.unknown()).safeParse(json);
	if (!whole.success) {
		const reason = "it must hold organizations, groups, services, documents and locations";
		rejected.push({ file, entry: "the whole file", reason });
		return [];
	}
	return sections.flatMap(([section, entity]) => {
		const entries = z.record(z.string(), z.unknown()).safeParse(whole.data[section] ?? {});
		if (!entries.success) rejected.push({ file, entry: section, reason: explainError(entries.error) });
		const schema = catalogueTranslationsSchema.shape[section].valueType;
		return Object.entries(entries.data ?? {}).flatMap(([id, value]) => {
			const reject = (reason: string) => rejected.push({ file, entry: `${section}.${id.slice(0, MAX_NAME)}`, reason });
			const parsed = schema.safeParse(withoutBadOptionals(schema.shape, value, reject));
			if (!parsed.success) {
				reject(explainError(parsed.error));
				return [];
			}
			return Object.entries(parsed.data).map(([field, text]) => ({
				entity,
				id,
				language,
				field: field as TranslatedField,
				text: Array.isArray(text) ? text.join("\n") : text,
			}));
		});
	});
}
