import type { SiteChoice } from "../../protocol/api/setup.ts";
import type { TranslatedField } from "../../protocol/catalogue/translations.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { CatalogueFiles } from "./read-catalogue-files.ts";

/** Every site of a catalogue as people choose one, in the catalogue's order. */
export function listSites({ locations, translations }: CatalogueFiles, language: Language): SiteChoice[] {
	const texts = new Map(
		translations.map((one) => [keyOf(one.entity, one.id, one.language, one.field), one.text] as const),
	);
	const textIn = (entity: "location" | "service", id: string, field: TranslatedField, tag: Language) =>
		texts.get(keyOf(entity, id, tag, field));
	const text = (entity: "location" | "service", id: string, field: TranslatedField) =>
		textIn(entity, id, field, language) ?? textIn(entity, id, field, "en") ?? id;
	return locations.map(({ id, kind, example, services, counters }) => ({
		id,
		kind,
		isExample: example,
		name: text("location", id, "name"),
		shortName: text("location", id, "short_name"),
		keywords: [
			id,
			...(["en", "zh-Hans"] as const).flatMap((tag) => [
				textIn("location", id, "name", tag),
				textIn("location", id, "address", tag),
			]),
		]
			.join(" ")
			.toLowerCase(),
		address: text("location", id, "address"),
		topics: services.map((topic) => text("service", topic, "name")),
		counters: counters.length,
	}));
}

function keyOf(...parts: string[]): string {
	return parts.join("\0");
}
