import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/settings/nearest.ts";
import { CATALOGUE_FILES } from "../../protocol/catalogue/catalogue.ts";
import { type CheckedCatalogue, checkCatalogue, fileReader } from "../../protocol/catalogue/check-catalogue.ts";
import type { CatalogueBody } from "../../protocol/documents/signed-document.ts";
import type { SiteId } from "../../protocol/model/ids.ts";

export interface CatalogueFiles extends CheckedCatalogue {
	/** SHA-256 over all files: the same digest is the same catalogue. */
	digest: string;
}

/**
 * Reads the catalogue's files. A bad entry is left out and named; what refers to it is mended or
 * left out too. Throws UserError CATALOGUE_UNREADABLE if there is no folder, CATALOGUE_EMPTY if no topic or no site is left.
 */
export function readCatalogueFiles(folder: string): CatalogueFiles {
	if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
		throw new UserError(
			"CATALOGUE_UNREADABLE",
			`There is no folder ${folder}. Name the folder of the catalogue's files with --catalogue.`,
		);
	const hash = createHash("sha256");
	const checked = checkCatalogue((file) => {
		const text = readFileSync(join(folder, file), "utf8").normalize("NFC");
		hash.update(file).update("\0").update(text).update("\0");
		return JSON.parse(text);
	});
	const { services, locations, rejected } = checked;
	if (services.length === 0 || locations.length === 0) {
		const first = rejected.at(0);
		throw new UserError(
			"CATALOGUE_EMPTY",
			`The catalogue in ${folder} holds no valid ${services.length === 0 ? "topic" : "site"}${first ? ` (${first.file}, ${first.entry}: ${first.reason})` : ""}. Mend the file or name another folder with --catalogue.`,
		);
	}
	return { digest: hash.digest("hex"), ...checked };
}

/** The catalogue that the server published, in a document that was judged; undefined where the site has no topic in it. */
export function readPublishedCatalogue(body: CatalogueBody, site: SiteId): CatalogueFiles | undefined {
	// Some editors save Hangul in parts, and limits count characters.
	const composed: CatalogueBody = JSON.parse(JSON.stringify(body).normalize("NFC"));
	const checked = checkCatalogue(fileReader(composed));
	const digest = createHash("sha256").update(JSON.stringify(body)).digest("hex");
	return checked.locations.some(({ id }) => id === site) ? { digest, ...checked } : undefined;
}

/** Throws UserError SITE_UNKNOWN if the catalogue has no such site, or had to leave it out. */
export function requireSite({ locations, rejected }: CatalogueFiles, site: SiteId): void {
	if (locations.some(({ id }) => id === site)) return;
	const { locations: file } = CATALOGUE_FILES;
	const reasons = rejected.filter((one) => one.file === file && one.entry === site).map(({ reason }) => reason);
	if (reasons.length > 0)
		throw new UserError(
			"SITE_UNKNOWN",
			`The catalogue's site ${site} cannot be used (${file}: ${reasons.join("; ")}). Mend its entry or name another site with --site.`,
		);
	const known = locations.map(({ id }) => id).sort();
	const hint = didYouMean(site, known) || ` Name one of ${known.join(", ")} with --site.`;
	throw new UserError("SITE_UNKNOWN", `The catalogue has no site ${site}.${hint}`);
}
