import { createInstance, type i18n } from "i18next";
import type { Language } from "../../protocol/model/language.ts";
import { isolated } from "./languages.ts";

/** One language file: flat keys, plural forms as suffixes (`people_one`, `people_other`). */
export type MessageFile = Readonly<Record<string, string>>;

type PluralForm = "zero" | "one" | "two" | "few" | "many" | "other";

/** The keys of a language file as one asks for them: without the plural's suffix. */
export type MessageKey<File> = keyof File extends infer Key
	? Key extends `${infer Stem}_${PluralForm}`
		? Stem
		: Key extends string
			? Key
			: never
	: never;

export type Translate<File> = (key: MessageKey<File>, values?: Readonly<Record<string, string | number>>) => string;

export interface Messages<File> {
	t(language: Language): Translate<File>;
	has(language: Language): boolean;
	/** Keeps a language's file. What is not a flat file of texts is refused, and English stands in. */
	add(language: Language, file: unknown): boolean;
	/** Every text of a language in one string: what its fonts have to draw. */
	textOf(language: Language): string;
}

/**
 * Words of one screen. English and Chinese stand in, in this order, for what is missing. Both come with it; where
 * English is undefined it is added as soon as it can be had, like any other language.
 */
export function createMessages<File extends MessageFile>(
	english: File | undefined,
	chinese: MessageFile,
): Messages<File> {
	const catalogue: i18n = createInstance();
	void catalogue.init({
		lng: "en",
		fallbackLng: ["en", "zh-Hans"],
		load: "currentOnly",
		initAsync: false,
		keySeparator: false,
		nsSeparator: false,
		interpolation: { escapeValue: false },
		resources: { ...(english && { en: { translation: english } }), "zh-Hans": { translation: chinese } },
	});

	return {
		t: (language) => {
			const t = catalogue.getFixedT(language) as unknown as Translate<File>;
			return (key, { count, ...values } = {}) => {
				const formatOffset = Object.entries(values).map(([name, value]) => [name, isolated(language, value)]);
				// The count chooses the plural form: it must stay a number.
				return t(key, { ...Object.fromEntries(formatOffset), ...(count !== undefined && { count }) });
			};
		},
		has: (language) => catalogue.hasResourceBundle(language, "translation"),
		add(language, file) {
			if (!isMessageFile(file)) return false;
			catalogue.addResourceBundle(language, "translation", file, false, true);
			return true;
		},
		textOf: (language) => Object.values(catalogue.getResourceBundle(language, "translation") ?? {}).join(""),
	};
}

function isMessageFile(file: unknown): file is MessageFile {
	return (
		typeof file === "object" &&
		file !== null &&
		!Array.isArray(file) &&
		Object.values(file).every((text) => typeof text === "string")
	);
}
