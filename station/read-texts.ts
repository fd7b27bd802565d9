import { readFileSync } from "node:fs";
import { createInstance, type TFunction } from "i18next";
import type { Language } from "../protocol/model/language.ts";

export interface Texts {
	t: TFunction;
	/** As the file has them. */
	texts: Readonly<Record<string, string>>;
}

/**
 * Reads one language's texts (i18next's JSON format 4). Nothing is escaped: screens escape for themselves, paper has
 * no markup. Throws if the file cannot be read.
 */
export function readTexts(path: string, language: Language): Texts {
	const texts: Record<string, string> = JSON.parse(readFileSync(path, "utf8").normalize("NFC"));
	const i18n = createInstance();
	void i18n.init({
		lng: language,
		fallbackLng: false,
		initAsync: false,
		resources: { [language]: { translation: texts } },
		interpolation: { escapeValue: false },
		returnNull: false,
	});
	return { t: i18n.t, texts };
}
