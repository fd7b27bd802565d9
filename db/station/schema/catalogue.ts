import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ExceptionDay, Schedule } from "../../../protocol/catalogue/schedule.ts";
import type { DocumentUse, ServiceDetails } from "../../../protocol/catalogue/service-details.ts";
import type { TranslatedEntity, TranslatedField } from "../../../protocol/catalogue/translations.ts";
import type { CounterNumber, SiteId, TopicId } from "../../../protocol/model/ids.ts";
import type { Language } from "../../../protocol/model/language.ts";

/* The catalogue, with the names of HSDS. */

export const organization = sqliteTable("organization", {
	id: text().primaryKey(),
	phone: text(),
});

export const topicGroup = sqliteTable("topic_group", {
	id: text().primaryKey(),
	series: text().notNull(),
});

export const service = sqliteTable("service", {
	id: text().$type<TopicId>().primaryKey(),
	organizationId: text("organization_id").notNull(),
	group: text().notNull(),
	rank: integer().notNull(),
	icon: text().notNull(),
	minutes: integer().notNull(),
	source: text().notNull(),
	assuredDate: text("assured_date").notNull(),
	confirmBy: text("confirm_by").notNull(),
	/** Fees, times, steps and the question; null in a row of before they were kept. */
	details: text({ mode: "json" }).$type<ServiceDetails>(),
});

export const requiredDocument = sqliteTable(
	"required_document",
	{
		serviceId: text("service_id").$type<TopicId>().notNull(),
		position: integer().notNull(),
		document: text().notNull(),
		/** In which form it is asked for; null in a row of before that was kept. */
		use: text({ mode: "json" }).$type<DocumentUse>(),
	},
	(table) => [primaryKey({ columns: [table.serviceId, table.position] })],
);

export const location = sqliteTable("location", {
	id: text().$type<SiteId>().primaryKey(),
	organizationId: text("organization_id").notNull(),
	kind: text().notNull(),
	example: integer({ mode: "boolean" }).notNull(),
	timezone: text().notNull(),
	dayStartsAt: text("day_starts_at").notNull(),
	counters: text({ mode: "json" }).$type<CounterNumber[]>().notNull(),
	/** Days that differ from the weekly schedules. */
	exceptions: text({ mode: "json" }).$type<ExceptionDay[]>().notNull().default([]),
	latitude: real(),
	longitude: real(),
	source: text().notNull(),
	assuredDate: text("assured_date").notNull(),
	confirmBy: text("confirm_by").notNull(),
});

export const serviceAtLocation = sqliteTable(
	"service_at_location",
	{
		serviceId: text("service_id").$type<TopicId>().notNull(),
		locationId: text("location_id").$type<SiteId>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.serviceId, table.locationId] })],
);

export const schedule = sqliteTable(
	"schedule",
	{
		locationId: text("location_id").$type<SiteId>().notNull(),
		position: integer().notNull(),
		rule: text({ mode: "json" }).$type<Schedule>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.locationId, table.position] })],
);

/** The digest of the files that the catalogue was read from: one row. The same files are not read again. */
export const catalogueSource = sqliteTable("catalogue_source", {
	digest: text().primaryKey(),
	loadedAt: integer("loaded_at").notNull(),
});

/** The texts of every entity in every language: `entity` is the table's name, `field` the file's. */
export const catalogueTranslation = sqliteTable(
	"catalogue_translation",
	{
		entity: text().$type<TranslatedEntity>().notNull(),
		id: text().notNull(),
		language: text().$type<Language>().notNull(),
		field: text().$type<TranslatedField>().notNull(),
		text: text().notNull(),
	},
	(table) => [primaryKey({ columns: [table.entity, table.id, table.language, table.field] })],
);
