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

	const catalogue = openReloadableCatalogue(
		storeAndOpen(catalogueIn(documents.read(station, "catalogue")) ?? deps.catalogueFiles, deps),
	);
	let phoneAddress = phoneAddressIn(documents.read(station, "configuration"));
	return {
		catalogue,
		phoneAddress: () => phoneAddress,
		isUsable: (content) => content.kind !== "catalogue" || catalogueIn(content) !== undefined,
		publish(content) {
			const files = catalogueIn(content);
			if (files) catalogue.replace(storeAndOpen(files, deps));
			if (content.kind === "configuration") phoneAddress = phoneAddressIn(content);
			deps.log.info({ kind: content.kind, version: content.version }, "document.published");
		},
	};
}

function storeAndOpen(files: CatalogueFiles, { database, site, clock, log }: PublishedDocumentsDeps): Catalogue {
	for (const rejected of files.rejected) log.warn(rejected, "catalogue.entry.rejected");
	storeCatalogue(database, files, clock());
	const stored = readStoredCatalogue(database, site);
	if (!stored) throw new Error(`The site ${site} was not stored with its catalogue.`);
	return openCatalogue(stored, (what) => log.warn({ what }, "catalogue.translation.missing"));
}
