import { z } from "zod";
import { FLEET_LANGUAGES, type FleetLanguage, type FleetNames } from "../../protocol/api/fleet.ts";
import { documentSchema } from "../../protocol/documents/signed-document.ts";
import english from "../../resources/catalogue/translations/en.json" with { type: "json" };
import chinese from "../../resources/catalogue/translations/zh-Hans.json" with { type: "json" };
import type { Documents } from "../documents/documents.ts";

/** Of a catalogue's words what IT's page shows. What was published has been checked; what is missing has no name. */
const wordsSchema = z.object({
	locations: z.record(z.string(), z.object({ short_name: z.string() })),
	services: z.record(z.string(), z.object({ name: z.string() })),
});

const fileOf = (language: FleetLanguage) => `translations/${language}.json`;
/** What every station brings with it. */
const OWN = { [fileOf("en")]: english, [fileOf("zh-Hans")]: chinese };

/** Names as the newest catalogue has them, read once for each version. */
export function openNames(documents: Documents): () => Promise<FleetNames> {
	let kept: { version: number | null; names: Promise<FleetNames> } | undefined;
	return async () => {
		const version = (await documents.newest()).find(({ kind }) => kind === "catalogue")?.version ?? null;
		if (kept?.version !== version || kept === undefined) {
			const names = read(documents);
			kept = { version, names };
			names.catch(() => {
				kept = undefined;
			});
		}
		return kept.names;
	};
}

async function read(documents: Documents): Promise<FleetNames> {
	const found = await documents.read("catalogue");
	const content = found && documentSchema.parse(JSON.parse(found.text));
	const published = content?.kind === "catalogue" ? content : undefined;
	return namesOf(published?.body ?? OWN, published?.version ?? null);
}

/** From a catalogue's files by their names. */
function namesOf(files: Readonly<Record<string, unknown>>, version: number | null): FleetNames {
	const named = (pick: (words: z.infer<typeof wordsSchema>) => (readonly [string, string])[]) => {
		const of = (language: FleetLanguage) => {
			const words = wordsSchema.safeParse(files[fileOf(language)]);
			return Object.fromEntries(words.success ? pick(words.data) : []);
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
