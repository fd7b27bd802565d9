import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInstance } from "i18next";
import type { Language } from "../../../protocol/model/language.ts";
import type english from "../../../resources/languages/checklist/en.json";

type Stem<Key> = Key extends `${infer Name}_${"one" | "other"}` ? Name : Key;
export type ChecklistTextKey = Stem<keyof typeof english>;
/** A text of `checklist/<language>.json`; `count` selects the plural. */
export type ChecklistText = (key: ChecklistTextKey, values?: Readonly<Record<string, string | number>>) => string;

/** The texts of checklists, each language read when it is first needed. Throws if its file cannot be read. */
export function openChecklistTexts(languagesDirectory: string): (language: Language) => ChecklistText {
	const loaded = new Map<Language, ChecklistText>();
	return (language) => {
		const known = loaded.get(language);
		if (known) return known;
		const text = load(join(languagesDirectory, "checklist", `${language}.json`), language);
		loaded.set(language, text);
		return text;
	};
}

function load(path: string, language: Language): ChecklistText {
	const resource: Record<string, string> = JSON.parse(readFileSync(path, "utf8").normalize("NFC"));
	const i18n = createInstance();
	void i18n.init({
		lng: language,
		fallbackLng: false,
		initAsync: false,
		resources: { [language]: { translation: resource } },
		// Screens and paper escape for themselves.
		interpolation: { escapeValue: false },
		returnNull: false,
	});
	return (key, values = {}) => i18n.t(key, { ...values });
}
