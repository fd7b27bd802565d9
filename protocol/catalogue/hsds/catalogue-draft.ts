import type { CatalogueBody } from "../../documents/signed-document.ts";
import { LANGUAGES, type Language } from "../../model/language.ts";
import { CATALOGUE_FILES } from "../catalogue.ts";
import type { OwnValue } from "./own-attribute.ts";

export type Json = Record<string, unknown>;
type Entities = "organizations" | "groups" | "services" | "documents" | "locations";
/** What services refer to by id. */
type Details = "questions" | "options" | "steps";
type Texts = Record<Entities | Details, Record<string, Json>>;

/** A catalogue that is being read together: each entity once, by its id. */
export interface CatalogueDraft {
	/** Keeps an entity that is not there yet, and its texts: its own translations, else `words` in the file's language. */
	put(kind: Entities, entry: Json, own: OwnValue | undefined, words: Json): void;
	/** Texts of questions, options and steps, by id and language. */
	putDetails(details: Partial<Record<Details, Record<string, Record<string, Json>>>>): void;
	/** Has a document without a Chinese name take this one. Tells whether it had none. */
	nameInChinese(document: string, name: string): boolean;
	/** Adds a topic to a site that is there. Tells whether it is. */
	addTopic(location: string, topic: string | undefined): boolean;
	/** The catalogue's files by name. */
	body(): CatalogueBody;
}

export function openDraft(fileLanguage: Language): CatalogueDraft {
	const files: Record<Entities, Map<string, Json>> = {
		organizations: new Map(),
		groups: new Map(),
		services: new Map(),
		documents: new Map(),
		locations: new Map(),
	};
	const topicsOf = new Map<string, string[]>();
	const texts = Object.fromEntries(LANGUAGES.map((language) => [language, emptyTexts()])) as Record<Language, Texts>;
	return {
		put(kind, entry, own, words) {
			const id = String(entry.id);
			if (!files[kind].has(id)) files[kind].set(id, entry);
			const translations = Object.entries(own?.translations ?? {});
			for (const [language, translation] of translations)
				if (isLanguage(language)) texts[language][kind][id] ??= translation;
			if (translations.length === 0) texts[fileLanguage][kind][id] ??= words;
		},
		putDetails(details) {
			for (const kind of ["questions", "options", "steps"] as const)
				for (const [id, translations] of Object.entries(details[kind] ?? {}))
					for (const [language, translation] of Object.entries(translations))
						if (isLanguage(language)) texts[language][kind][id] ??= translation;
		},
		nameInChinese(document, name) {
			if (texts["zh-Hans"].documents[document]) return false;
			texts["zh-Hans"].documents[document] = { name };
			return true;
		},
		addTopic(location, topic) {
			const known = files.locations.has(location);
			if (topic === undefined) return known;
			const topics = topicsOf.get(location) ?? [];
			if (!topics.includes(topic)) topicsOf.set(location, [...topics, topic]);
			return known;
		},
		body() {
			const { translations, ...lists } = CATALOGUE_FILES;
			const locations = [...files.locations].map(([id, entry]) => ({ ...entry, services: topicsOf.get(id) ?? [] }));
			const entries = { ...mapValues(files), locations };
			return Object.fromEntries([
				...Object.entries(lists).map(([kind, file]) => [file, entries[kind as Entities]]),
				...LANGUAGES.map((language) => [translations[language], texts[language]]),
			]) as CatalogueBody;
		},
	};
}

function mapValues(files: Record<Entities, Map<string, Json>>): Record<Entities, Json[]> {
	const { organizations, groups, services, documents, locations } = files;
	const listOf = (entries: Map<string, Json>) => [...entries.values()];
	return {
		organizations: listOf(organizations),
		groups: listOf(groups),
		services: listOf(services),
		documents: listOf(documents),
		locations: listOf(locations),
	};
}

const isLanguage = (tag: string): tag is Language => (LANGUAGES as readonly string[]).includes(tag);

const emptyTexts = (): Texts => ({
	...{ organizations: {}, groups: {}, services: {}, documents: {}, locations: {} },
	...{ questions: {}, options: {}, steps: {} },
});
