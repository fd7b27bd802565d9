import { z } from "zod";
import type { Language } from "../model/language.ts";
import { catalogueTranslationsSchema } from "./catalogue.ts";
import type { RejectedEntry } from "./rejected-entry.ts";

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

/** The translations in one language's file. A bad entry is rejected and named, and screens fall back to another language for it. */
export function readTranslations(
	language: Language,
	file: string,
	json: unknown,
	rejected: RejectedEntry[],
): Translation[] {
	if (json === undefined) return [];
	const sectionsOfFile = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(json);
	if (!sectionsOfFile.success) {
		rejected.push({
			file,
			entry: "the whole file",
			reason: "it must hold organizations, groups, services, documents and locations",
		});
		return [];
	}
	return sections.flatMap(([section, entity]) => {
		const schema = catalogueTranslationsSchema.shape[section].valueType;
		return Object.entries(sectionsOfFile.data[section] ?? {}).flatMap(([id, value]) => {
			const parsed = schema.safeParse(value);
			if (!parsed.success) {
				rejected.push({ file, entry: `${section}.${id}`, reason: z.prettifyError(parsed.error).replaceAll("\n", " ") });
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
