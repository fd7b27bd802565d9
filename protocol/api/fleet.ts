import { z } from "zod";
import { catalogueDifferenceSchema } from "../catalogue/compare-catalogues.ts";
import { rejectedEntrySchema } from "../catalogue/rejected-entry.ts";
import { documentKindSchema } from "../documents/signed-document.ts";
import { diskReportSchema } from "../model/disk.ts";
import { siteIdSchema, stationIdSchema } from "../model/ids.ts";
import { instantSchema } from "../model/ticket.ts";
import { commandActionSchema, commandOutcomeSchema } from "../sync/command.ts";
import { stationReportSchema } from "../sync/sync.ts";

/* What the fleet's page and the server say to each other, under /fleet/api. Instants are UTC milliseconds of the server. */

/** A command as the page shows it, newest first. */
export const fleetCommandSchema = z.object({
	number: z.int(),
	action: commandActionSchema,
	createdBy: z.string().nullable().describe("null: the server sent it by itself"),
	createdAt: instantSchema,
	outcome: commandOutcomeSchema.nullable().describe("null until the station reports it"),
	reason: z.string().nullable(),
	outcomeAt: instantSchema.nullable(),
});
export type FleetCommand = z.infer<typeof fleetCommandSchema>;

/** That an administrator has looked at the forks of a station; one that comes later is to be looked at again. */
export const forksReviewedSchema = z.object({ by: z.string(), at: instantSchema, forks: z.int() });
export type ForksReviewed = z.infer<typeof forksReviewedSchema>;

/** What the server refused with one code, however often. */
export const refusalCountSchema = z.object({ code: z.string(), count: z.int(), lastAt: instantSchema });
export type RefusalCount = z.infer<typeof refusalCountSchema>;

export const fleetStationSchema = z.object({
	id: stationIdSchema,
	site: siteIdSchema,
	enrolledAt: instantSchema.nullable().describe("null until a device was enrolled"),
	revokedAt: instantSchema.nullable().describe("since when its device is revoked"),
	lastSeenAt: instantSchema.nullable(),
	clockOffset: z.int().nullable().describe("the station's clock less the server's, in milliseconds"),
	report: stationReportSchema.nullable().describe("what it reported when it was last seen"),
	forks: z
		.int()
		.describe("how often its log went on in a new stream because the server had events that this disk had not"),
	runsTwice: z.boolean().describe("two devices go on as this station: a disk was copied, and both machines are on"),
	forksReviewed: forksReviewedSchema.nullable().describe("null until an administrator reviewed one"),
	refused: z.array(refusalCountSchema).describe("what was refused to it"),
	codeUntil: instantSchema.nullable().describe("until when an enrolment code of it holds"),
	commands: z.array(fleetCommandSchema).describe("those that administrators sent within the last day"),
});
export type FleetStation = z.infer<typeof fleetStationSchema>;

/** How far the stations' events are in a backup of the server. */
export const fleetBackupSchema = z.object({
	made: z.boolean().describe("false: there never was one"),
	missingSince: instantSchema.nullable().describe("when the oldest event that is in no backup was received"),
});
export type FleetBackup = z.infer<typeof fleetBackupSchema>;

export const fleetSnapshotSchema = z.object({
	time: instantSchema,
	version: z.string(),
	administrator: z.string(),
	documents: z.array(
		z.object({ kind: documentKindSchema, version: z.int(), issuedAt: instantSchema, publishedBy: z.string() }),
	),
	backup: fleetBackupSchema,
	disk: diskReportSchema.nullable().describe("of the server's data folder; null where the system does not say"),
	refused: z.array(refusalCountSchema).describe("requests that no enrolled device signed, the last one first"),
	stations: z.array(fleetStationSchema),
});
export type FleetSnapshot = z.infer<typeof fleetSnapshotSchema>;

const stationChangeSchema = z.object({
	id: stationIdSchema,
	fields: fleetStationSchema
		.partial()
		.optional()
		.describe("the fields that changed; all of them where the station is new"),
	report: stationReportSchema.partial().optional().describe("the fields of its report that changed"),
});
export type StationChange = z.infer<typeof stationChangeSchema>;

const fleetChangesSchema = fleetSnapshotSchema
	.pick({ documents: true, backup: true, disk: true, refused: true })
	.partial()
	.extend({
		time: instantSchema,
		stations: z.array(stationChangeSchema),
		gone: z.array(stationIdSchema).describe("stations that were removed"),
	});
export type FleetChanges = z.infer<typeof fleetChangesSchema>;

/** One message of GET /fleet/api/events. */
export const fleetMessageSchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("whole"), snapshot: fleetSnapshotSchema }),
	z.object({ kind: z.literal("changes"), changes: fleetChangesSchema }),
]);
export type FleetMessage = z.infer<typeof fleetMessageSchema>;

/** Commands in one answer to GET /fleet/api/stations/{station}/commands. */
export const OLDER_COMMANDS_PAGE = 20;

/** The languages of IT's page. */
export const FLEET_LANGUAGES = ["zh-Hans", "en"] as const;
export type FleetLanguage = (typeof FLEET_LANGUAGES)[number];

const namesByIdSchema = z.record(z.enum(FLEET_LANGUAGES), z.record(z.string(), z.string()));

/** The names of the catalogue's sites and topics: of the published catalogue, else of the one that comes with every station. */
export const fleetNamesSchema = z.object({
	version: z.int().nullable().describe("null: none was published"),
	sites: namesByIdSchema,
	topics: namesByIdSchema,
});
export type FleetNames = z.infer<typeof fleetNamesSchema>;

export const administratorSchema = z.object({ administrator: z.string() });

export const createdEnrolmentCodeSchema = z.object({
	station: stationIdSchema,
	site: siteIdSchema,
	code: z.string().describe("ten characters, in two groups"),
	expiresAt: instantSchema,
});
export type CreatedEnrolmentCode = z.infer<typeof createdEnrolmentCodeSchema>;

export const catalogueReviewSchema = z.object({
	errors: z.array(rejectedEntrySchema).describe("entries that every station would reject"),
	difference: catalogueDifferenceSchema.describe("from the catalogue that is published now"),
});
export type CatalogueReview = z.infer<typeof catalogueReviewSchema>;
