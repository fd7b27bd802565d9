import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { openStationDatabase } from "../../../../db/station/open.ts";
import { CATALOGUE_FILES } from "../../../../protocol/catalogue/catalogue.ts";
import type { CatalogueBody, SignedContent } from "../../../../protocol/documents/signed-document.ts";
import { stationIdSchema } from "../../../../protocol/model/ids.ts";
import { openPublishedDocuments } from "../../../../station/app/published-documents.ts";
import { readStoredCatalogue } from "../../../../station/catalogue/catalogue-repository.ts";
import { readCatalogueFiles } from "../../../../station/catalogue/read-catalogue-files.ts";
import { asSiteId } from "../../../fixtures/ids.ts";
import { emptyFolder, MIGRATIONS, TOP } from "../../../fixtures/station-folder.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const SITE = asSiteId("permanent-residence-service-centre");
const CATALOGUE = join(TOP, "resources/catalogue");

type Entry = Record<string, unknown>;

/** The program's catalogue as the server publishes it, with the site in another time zone. */
function publishedIn(timezone: string, version = 2): SignedContent {
	const names = Object.values(CATALOGUE_FILES).flatMap((one) => (typeof one === "string" ? one : Object.values(one)));
	const body = Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(join(CATALOGUE, name), "utf8"))]));
	body[CATALOGUE_FILES.locations] = (body[CATALOGUE_FILES.locations] as Entry[]).map((one) =>
		one.id === SITE ? { ...one, timezone } : one,
	);
	return { kind: "catalogue", version, body: body as CatalogueBody } as SignedContent;
}

/** A station's documents on a real folder; `latest` is what the server published before the start. */
function openPublished(folder: string, latest?: SignedContent) {
	const { database, close } = openStationDatabase(folder, MIGRATIONS);
	onTestFinished(close);
	const warnings: Entry[] = [];
	const published = openPublishedDocuments({
		database,
		documents: {
			version: () => latest?.version ?? 0,
			read: (_, kind) => (latest?.kind === kind ? (latest as never) : undefined),
			apply: () => {
				throw new Error("Nothing is pulled here.");
			},
		},
		station: stationIdSchema.parse(crypto.randomUUID()),
		site: SITE,
		catalogueFiles: readCatalogueFiles(CATALOGUE),
		phoneAddress: undefined,
		clock: () => MONDAY_NINE,
		log: pino({ level: "warn" }, { write: (line) => void warnings.push(JSON.parse(line)) }),
	});
	const zones = () => ({
		clock: published.catalogue.clock.timezone,
		shown: published.catalogue.site("en", MONDAY_NINE).timezone,
		stored: readStoredCatalogue(database, SITE)?.location.timezone,
	});
	return { published, zones, warnings, close };
}

const allIn = (timezone: string) => ({ clock: timezone, shown: timezone, stored: timezone });

test("a published catalogue in another time zone changes no day that is open, says so, and counts from the next start", () => {
	const folder = emptyFolder();
	const first = openPublished(folder);
	const next = publishedIn("America/Los_Angeles");
	const opensAt = first.published.catalogue.hours(MONDAY_NINE);
	expect(first.published.isUsable(next)).toBe(true);
	first.published.publish(next);
	expect(first.zones()).toEqual(allIn("Asia/Shanghai"));
	expect(first.published.catalogue.hours(MONDAY_NINE)).toEqual(opensAt);
	expect(first.warnings).toContainEqual(expect.objectContaining({ msg: "catalogue.clock.waits-for-restart" }));
	first.close();
	expect(openPublished(folder, next).zones()).toEqual(allIn("America/Los_Angeles"));
});

test("a published catalogue whose zone does not exist is not used, while the station runs and at its start", () => {
	const folder = emptyFolder();
	const first = openPublished(folder);
	const wrong = publishedIn("Asia/Shangri-La");
	expect(first.published.isUsable(wrong)).toBe(false);
	first.published.publish(wrong);
	expect(first.zones()).toEqual(allIn("Asia/Shanghai"));
	first.close();
	const second = openPublished(folder, wrong);
	expect(second.zones()).toEqual(allIn("Asia/Shanghai"));
	expect(second.warnings).toContainEqual(expect.objectContaining({ msg: "document.unusable", version: 2 }));
});
