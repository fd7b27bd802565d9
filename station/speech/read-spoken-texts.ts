import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../protocol/model/language.ts";
import { speechManifestSchema } from "../../protocol/model/speech.ts";
import type { CatalogueFiles } from "../catalogue/read-catalogue-files.ts";
import type { Sources } from "./clips.ts";

/** The product's own files that say what is spoken. */
export interface SpeechFiles {
	/** Folder of manifests, one a language. */
	speech: string;
	/** Folder of the screens' words. */
	languages: string;
}

/** Reads what is said in a language. Throws where a file of the product itself is damaged. */
export function readSources(files: SpeechFiles, catalogue: CatalogueFiles, language: Language): Sources {
	const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
	const wordsOf = (entity: string, field: string) =>
		Object.fromEntries(
			catalogue.translations.flatMap((word) =>
				word.entity === entity && word.language === language && word.field === field ? [[word.id, word.text]] : [],
			),
		);
	return {
		manifest: speechManifestSchema.parse(readJson(join(files.speech, `${language}.json`))),
		phrases: readJson(join(files.languages, "phrases", `${language}.json`)) as Record<string, string>,
		kiosk: readJson(join(files.languages, "kiosk", `${language}.json`)) as Record<string, string>,
		topics: wordsOf("service", "name"),
		readings: { topics: wordsOf("service", "reading"), documents: wordsOf("document", "reading") },
		documents: wordsOf("document", "name"),
	};
}
