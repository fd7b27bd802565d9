import { z } from "zod";
import { FLEET_LANGUAGES, type FleetLanguage, type FleetNames } from "../../protocol/api/fleet.ts";
import { documentSchema } from "../../protocol/documents/signed-document.ts";
import english from "../../resources/catalogue/translations/en.json" with { type: "json" };
import chinese from "../../resources/catalogue/translations/zh-Hans.json" with { type: "json" };
import type { Documents } from "../documents/documents.ts";

/** The part of a catalogue's translations that the fleet's page shows. A published catalogue was checked; a missing entry has no name. */
const translationsSchema = z.object({
	locations: z.record(z.string(), z.object({ short_name: z.string() })),
	services: z.record(z.string(), z.object({ name: z.string() })),
});

const fileOf = (language: FleetLanguage) => `translations/${language}.json`;
/** The catalogue that comes with every station. */
const BUNDLED = { [fileOf("en")]: english, [fileOf("zh-Hans")]: chinese };

/** The names of the newest catalogue; reads each version once. */
export function openNames(documents: Documents): () => Promise<FleetNames> {
	let cached: { version: number | null; names: Promise<FleetNames> } | undefined;
	return async () => {
		const version = (await documents.newest()).find(({ kind }) => kind === "catalogue")?.version ?? null;
		if (cached?.version !== version || cached === undefined) {
			const names = read(documents);
			cached = { version, names };
			names.catch(() => {
				cached = undefined;
			});
		}
		return cached.names;
	};
}

async function read(documents: Documents): Promise<FleetNames> {
	const document = await documents.read("catalogue");
	const content = document && documentSchema.parse(JSON.parse(document.text));
	const published = content?.kind === "catalogue" ? content : undefined;
	return namesOf(published?.body ?? BUNDLED, published?.version ?? null);
}

/** The names in a catalogue's files, which are keyed by file name. */
function namesOf(files: Readonly<Record<string, unknown>>, version: number | null): FleetNames {
	const named = (pick: (translations: z.infer<typeof translationsSchema>) => (readonly [string, string])[]) => {
		const of = (language: FleetLanguage) => {
			const translations = translationsSchema.safeParse(files[fileOf(language)]);
			return Object.fromEntries(translations.success ? pick(translations.data) : []);
		};
		return Object.fromEntries(FLEET_LANGUAGES.map((language) => [language, of(language)])) as Record<
			FleetLanguage,
			Record<string, string>
		>;
	};
	return {
		version,
		sites: named(({ locations }) => Object.entries(locations).map(([id, { short_name }]) => [id, short_name] as const)),
		topics: named(({ services }) => Object.entries(services).map(([id, { name }]) => [id, name] as const)),
	};
}
