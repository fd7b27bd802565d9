import { createInstance, type i18n } from "i18next";
import type { Language } from "../../protocol/model/language.ts";
import { isolate } from "./isolate.ts";
import { isMessageFile, type MessageFile } from "./message-file.ts";

export type { MessageFile };

type PluralForm = "zero" | "one" | "two" | "few" | "many" | "other";

/** A key of a language file without the plural's suffix. */
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
	/** Adds a language's file. Returns false if it is not a flat object of strings; the language is then shown in English. */
	add(language: Language, file: unknown): boolean;
	/** All texts of a language in one string, to load their fonts. */
	textOf(language: Language): string;
}

/**
 * The messages of one page. Missing ones fall back to English, then to Chinese. A page that loads English later passes
 * undefined and adds it like any other language.
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
				const isolated = Object.entries(values).map(([name, value]) => [name, isolate(language, value)]);
				// The count selects the plural form, so it must stay a number.
				return t(key, { ...Object.fromEntries(isolated), ...(count !== undefined && { count }) });
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
