import { z } from "zod";
import type { CatalogueBody } from "../documents/signed-document.ts";

/** What a new catalogue changes: entries by file and id ("services.json: residence-permit"; words by section and id). */
export const catalogueDifferenceSchema = z.object({
	added: z.array(z.string()),
	removed: z.array(z.string()),
	changed: z.array(z.string()),
});
export type CatalogueDifference = z.infer<typeof catalogueDifferenceSchema>;

/** Compares two catalogues entry by entry; `before` is empty where none was published. */
export function compareCatalogues(before: CatalogueBody, after: CatalogueBody): CatalogueDifference {
	const old = entriesOf(before);
	const fresh = entriesOf(after);
	return {
		added: [...fresh.keys()].filter((name) => !old.has(name)),
		removed: [...old.keys()].filter((name) => !fresh.has(name)),
		changed: [...fresh].filter(([name, text]) => old.has(name) && old.get(name) !== text).map(([name]) => name),
	};
}

function entriesOf(body: CatalogueBody): Map<string, string> {
	return new Map(
		Object.entries(body).flatMap(([file, json]): [string, string][] => {
			if (Array.isArray(json))
				return json.map((entry, index) => [`${file}: ${idOf(entry) ?? index + 1}`, JSON.stringify(entry)]);
			return Object.entries((json ?? {}) as Record<string, unknown>).flatMap(([section, translations]) =>
				Object.entries((translations ?? {}) as Record<string, unknown>).map(([id, value]): [string, string] => [
					`${file}: ${section}.${id}`,
					JSON.stringify(value),
				]),
			);
		}),
	);
}

function idOf(entry: unknown): string | undefined {
	const id = (entry as { id?: unknown } | null)?.id;
	return typeof id === "string" ? id : undefined;
}
