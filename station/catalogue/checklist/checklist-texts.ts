import { join } from "node:path";
import type { Language } from "../../../protocol/model/language.ts";
import type english from "../../../resources/languages/checklist/en.json";
import { readTexts } from "../../read-texts.ts";

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
	const { t } = readTexts(path, language);
	return (key, values = {}) => t(key, { ...values });
}
