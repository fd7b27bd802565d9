import { LANGUAGES } from "../../../protocol/model/language.ts";
import type { Catalogue } from "../state/state.ts";

/**
 * One catalogue from the chosen files: either one file that holds all others by name, or the catalogue's own files, whose
 * translations have their own folder. Undefined where a file is not JSON.
 */
export function catalogueOf(files: readonly { name: string; text: string }[]): Catalogue | undefined {
	try {
		const read = files.map(({ name, text }) => ({ name, json: JSON.parse(text) as unknown }));
		const [first] = read;
		if (read.length === 1 && first && isWhole(first.json)) return first.json;
		return Object.fromEntries(read.map(({ name, json }) => [placeOf(name), json]));
	} catch {
		return undefined;
	}
}

function isWhole(json: unknown): json is Catalogue {
	if (typeof json !== "object" || json === null || Array.isArray(json)) return false;
	const names = Object.keys(json);
	return names.length > 0 && names.every((name) => name.endsWith(".json"));
}

function placeOf(name: string): string {
	return LANGUAGES.some((language) => name === `${language}.json`) ? `translations/${name}` : name;
}
