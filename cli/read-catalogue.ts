import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../lib/errors.ts";
import { CATALOGUE_FILES } from "../protocol/catalogue/catalogue.ts";
import { type CatalogueBody, catalogueBodySchema } from "../protocol/documents/signed-document.ts";

/** The catalogue's files by name. Throws UserError CATALOGUE_UNREADABLE. */
export function readCatalogue(path: string): CatalogueBody {
	if (!existsSync(path)) throw unreadable(path, "it is not there");
	if (!statSync(path).isDirectory()) {
		const parsed = catalogueBodySchema.safeParse(parseJsonFile(path));
		if (!parsed.success) throw unreadable(path, "it must be one JSON object with the catalogue's files by name");
		return parsed.data;
	}
	const { translations, ...lists } = CATALOGUE_FILES;
	const names = [...Object.values(lists), ...Object.values(translations)];
	return Object.fromEntries(
		names.filter((name) => existsSync(join(path, name))).map((name) => [name, parseJsonFile(join(path, name))]),
	);
}

/** Throws UserError CATALOGUE_UNREADABLE. */
export function parseJsonFile(file: string): unknown {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch (cause) {
		throw unreadable(file, cause instanceof Error ? cause.message : String(cause));
	}
}

const unreadable = (path: string, why: string) =>
	new UserError("CATALOGUE_UNREADABLE", `The catalogue ${path} cannot be read: ${why}.`);
