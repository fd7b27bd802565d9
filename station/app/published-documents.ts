import type { Logger } from "pino";
import type { StationDatabase } from "../../db/station/open.ts";
import type { SignedContent } from "../../protocol/documents/signed-document.ts";
import type { SiteId, StationId } from "../../protocol/model/ids.ts";
import { type Catalogue, openCatalogue } from "../catalogue/catalogue.ts";
import { readStoredCatalogue, storeCatalogue } from "../catalogue/catalogue-repository.ts";
import { type CatalogueFiles, readPublishedCatalogue } from "../catalogue/read-catalogue-files.ts";
import { openReloadableCatalogue, type ReloadableCatalogue } from "../catalogue/reloadable-catalogue.ts";
import type { Documents } from "../sync/pull/apply-documents.ts";

/** What the server publishes to stations and this one uses: the catalogue, and the address of its phone page. */
export interface PublishedDocuments {
	catalogue: ReloadableCatalogue;
	/** The address for phones, without a slash at its end; undefined where neither server nor configuration names one. */
	phoneAddress(): string | undefined;
	/** Whether this station can use a signed document: a catalogue must have a topic of its site. */
	isUsable(content: SignedContent): boolean;
	/** Uses a document from now on. */
	publish(content: SignedContent): void;
}

export interface PublishedDocumentsDeps {
	database: StationDatabase;
	documents: Documents;
	/** The station's id at the server; empty where it is not enrolled. */
	station: StationId;
	site: SiteId;
	/** The catalogue that the program came with, until the server publishes another. */
	catalogueFiles: CatalogueFiles;
	/** The configured address for phones, where the server names none. */
	phoneAddress: string | undefined;
	clock(): number;
	log: Logger;
}

/** Opens what the server published last, or else the program's own. */
export function openPublishedDocuments(deps: PublishedDocumentsDeps): PublishedDocuments {
	const { documents, station, site } = deps;
	const catalogueIn = (content: SignedContent | undefined) =>
		content?.kind === "catalogue" ? readPublishedCatalogue(content.body, site) : undefined;
	const phoneAddressIn = (content: SignedContent | undefined) =>
		(content?.kind === "configuration" ? content.body.phoneAddress : undefined) ?? deps.phoneAddress;

	const latest = documents.read(station, "catalogue");
	const latestFiles = catalogueIn(latest);
	// It was usable when it came: this program, or its list of time zones, is older than the one that took it.
	if (latest && !latestFiles) deps.log.warn({ kind: latest.kind, version: latest.version }, "document.unusable");
	const catalogue = openReloadableCatalogue(storeAndOpen(latestFiles ?? deps.catalogueFiles, deps));
	let phoneAddress = phoneAddressIn(documents.read(station, "configuration"));
	return {
		catalogue,
		phoneAddress: () => phoneAddress,
		isUsable: (content) => content.kind !== "catalogue" || catalogueIn(content) !== undefined,
		publish(content) {
			const files = catalogueIn(content);
			if (files) catalogue.replace(storeAndOpen(onClock(files, catalogue.clock, deps.log), deps));
			if (content.kind === "configuration") phoneAddress = phoneAddressIn(content);
			deps.log.info({ kind: content.kind, version: content.version }, "document.published");
		},
	};
}

/**
 * A catalogue on the clock that the station runs on. Another time zone or turn of the day would move a day that is
 * open, so it waits for the next start, and is told.
 */
function onClock(files: CatalogueFiles, clock: Catalogue["clock"], log: Logger): CatalogueFiles {
	const { id: site, timezone, dayStartsAt } = clock;
	const next = files.locations.find(({ id }) => id === site);
	if (!next || (next.timezone === timezone && next.day_starts_at === dayStartsAt)) return files;
	const published = { timezone: next.timezone, dayStartsAt: next.day_starts_at };
	log.warn({ site, timezone, dayStartsAt, published }, "catalogue.clock.waits-for-restart");
	return {
		...files,
		// What is stored is not what was published: the next start has to store it again.
		digest: `${files.digest} ${timezone} ${dayStartsAt}`,
		locations: files.locations.map((one) => (one.id === site ? { ...one, timezone, day_starts_at: dayStartsAt } : one)),
	};
}

function storeAndOpen(files: CatalogueFiles, { database, site, clock, log }: PublishedDocumentsDeps): Catalogue {
	for (const rejected of files.rejected) log.warn(rejected, "catalogue.entry.rejected");
	storeCatalogue(database, files, clock());
	const stored = readStoredCatalogue(database, site);
	if (!stored) throw new Error(`The site ${site} was not stored with its catalogue.`);
	return openCatalogue(stored, (what) => log.warn({ what }, "catalogue.translation.missing"));
}
