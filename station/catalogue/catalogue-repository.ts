import { asc, eq, ne, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import {
	catalogueSource,
	catalogueTranslation,
	location,
	organization,
	requiredDocument,
	schedule,
	service,
	serviceAtLocation,
	topicGroup,
} from "../../db/station/schema/catalogue.ts";
import { type DocumentUse, detailsOf, type ServiceDetails } from "../../protocol/catalogue/service-details.ts";
import type { TranslatedEntity, TranslatedField } from "../../protocol/catalogue/translations.ts";
import type { SiteId, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { CatalogueFiles } from "./read-catalogue-files.ts";

/** Puts the files' catalogue into the database, whole, in one transaction; the same files are not written twice. */
export function storeCatalogue(database: StationDatabase, files: CatalogueFiles, now: number): void {
	const loaded = database.select().from(catalogueSource).get();
	if (loaded?.digest === files.digest) return;
	database.transaction(
		(tx) => {
			for (const table of [
				catalogueSource,
				organization,
				topicGroup,
				service,
				requiredDocument,
				location,
				serviceAtLocation,
				schedule,
				catalogueTranslation,
			]) {
				tx.delete(table).run();
			}
			tx.insert(catalogueSource).values({ digest: files.digest, loadedAt: now }).run();
			for (const entry of files.organizations) tx.insert(organization).values(entry).run();
			for (const entry of files.groups) tx.insert(topicGroup).values(entry).run();
			for (const entry of files.services) {
				const { id, organization_id, group, rank, icon, minutes, source, assured_date, confirm_by } = entry;
				tx.insert(service)
					.values({
						...{ id, group, rank, icon, minutes, source },
						organizationId: organization_id,
						assuredDate: assured_date,
						confirmBy: confirm_by,
						details: detailsOf(entry),
					})
					.run();
				for (const [position, use] of entry.required_documents.entries()) {
					tx.insert(requiredDocument).values({ serviceId: id, position, document: use.document, use }).run();
				}
			}
			for (const entry of files.locations) {
				const { organization_id, day_starts_at, schedules, services, assured_date, confirm_by, ...same } = entry;
				tx.insert(location)
					.values({
						...same,
						organizationId: organization_id,
						dayStartsAt: day_starts_at,
						assuredDate: assured_date,
						confirmBy: confirm_by,
					})
					.run();
				for (const serviceId of services)
					tx.insert(serviceAtLocation).values({ serviceId, locationId: entry.id }).run();
				for (const [position, rule] of schedules.entries()) {
					tx.insert(schedule).values({ locationId: entry.id, position, rule }).run();
				}
			}
			const insertTranslation = tx
				.insert(catalogueTranslation)
				.values({
					entity: sql.placeholder("entity"),
					id: sql.placeholder("id"),
					language: sql.placeholder("language"),
					field: sql.placeholder("field"),
					text: sql.placeholder("text"),
				})
				.prepare();
			for (const word of files.translations) insertTranslation.run({ ...word });
		},
		{ behavior: "immediate" },
	);
}

export type StoredService = typeof service.$inferSelect & {
	series: string;
	documents: string[];
	documentUses: DocumentUse[];
	details: ServiceDetails;
};
export type StoredLocation = typeof location.$inferSelect & { schedules: (typeof schedule.$inferSelect)["rule"][] };

export type OtherLocation = Pick<
	StoredLocation,
	"id" | "timezone" | "example" | "schedules" | "exceptions" | "latitude" | "longitude"
>;

export interface StoredCatalogue {
	/** Topics that the site offers, by rank. */
	services: StoredService[];
	/** Topics that only other sites offer, by rank. */
	servicesAtOtherSites: StoredService[];
	location: StoredLocation;
	/** The other sites that offer a topic. */
	others(topic: TopicId): OtherLocation[];
	word(entity: TranslatedEntity, id: string, language: Language, field: TranslatedField): string | undefined;
	/** The hotline of an organization. */
	phone(organization: string): string | undefined;
}

/** What one site's station needs of the catalogue; undefined where there is no such site. */
export function readStoredCatalogue(database: StationDatabase, site: SiteId): StoredCatalogue | undefined {
	const found = database.select().from(location).where(eq(location.id, site)).get();
	if (!found) return undefined;
	const schedules = database
		.select()
		.from(schedule)
		.where(eq(schedule.locationId, site))
		.orderBy(asc(schedule.position))
		.all();
	const documents = database.select().from(requiredDocument).orderBy(asc(requiredDocument.position)).all();
	const services = database
		.select({ service, series: topicGroup.series })
		.from(service)
		.innerJoin(topicGroup, eq(topicGroup.id, service.group))
		.orderBy(asc(service.rank), asc(service.id))
		.all()
		.map(({ service, series }) => {
			const required = documents.filter(({ serviceId }) => serviceId === service.id);
			return {
				...service,
				series,
				documents: required.map(({ document }) => document),
				documentUses: required.map(({ document, use }) => use ?? { document }),
				details: service.details ?? {},
			};
		});
	const sitesOf = new Map<string, string[]>();
	for (const { serviceId, locationId } of database.select().from(serviceAtLocation).all())
		sitesOf.set(serviceId, [...(sitesOf.get(serviceId) ?? []), locationId]);
	const isHere = ({ id }: { id: string }) => sitesOf.get(id)?.includes(site) === true;
	const translations = new Map(
		database
			.select()
			.from(catalogueTranslation)
			.all()
			.map((row) => [wordKey(row.entity, row.id, row.language, row.field), row.text]),
	);
	const offering = database
		.select({
			topic: serviceAtLocation.serviceId,
			id: location.id,
			timezone: location.timezone,
			example: location.example,
			exceptions: location.exceptions,
			latitude: location.latitude,
			longitude: location.longitude,
		})
		.from(location)
		.innerJoin(serviceAtLocation, eq(serviceAtLocation.locationId, location.id))
		.where(ne(location.id, site))
		.all();
	const rules = database.select().from(schedule).orderBy(asc(schedule.position)).all();
	const phones = new Map(
		database
			.select()
			.from(organization)
			.all()
			.map(({ id, phone }) => [id, phone]),
	);
	return {
		phone: (organization) => phones.get(organization) ?? undefined,
		others: (topic) =>
			offering
				.filter((one) => one.topic === topic)
				.map(({ topic: _, ...other }) => ({
					...other,
					schedules: rules.flatMap(({ locationId, rule }) => (locationId === other.id ? [rule] : [])),
				})),
		location: { ...found, schedules: schedules.map(({ rule }) => rule) },
		services: services.filter(isHere),
		servicesAtOtherSites: services.filter((one) => !isHere(one) && sitesOf.has(one.id)),
		word: (entity, id, language, field) => translations.get(wordKey(entity, id, language, field)),
	};
}

const wordKey = (entity: TranslatedEntity, id: string, language: Language, field: TranslatedField) =>
	[entity, id, language, field].join("\0");

/** The sites of the catalogue that offer a topic, by id. */
export function readSitesOffering(database: StationDatabase, topic: TopicId): string[] {
	return database
		.select({ site: serviceAtLocation.locationId })
		.from(serviceAtLocation)
		.where(eq(serviceAtLocation.serviceId, topic))
		.orderBy(asc(serviceAtLocation.locationId))
		.all()
		.map(({ site }) => site);
}

/** Every site of the catalogue. */
export function readSiteIds(database: StationDatabase): Set<string> {
	return new Set(
		database
			.select({ id: location.id })
			.from(location)
			.all()
			.map(({ id }) => id),
	);
}
