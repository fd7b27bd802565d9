import { z } from "zod";
import type { CatalogueDifference } from "../catalogue/compare-catalogues.ts";
import type { RejectedEntry } from "../catalogue/rejected-entry.ts";
import { catalogueBodySchema, type DocumentKind } from "../documents/signed-document.ts";
import type { DiskReport } from "../model/disk.ts";
import type { SiteId, StationId } from "../model/ids.ts";
import { siteIdSchema, stationIdSchema } from "../model/ids.ts";
import {
	ADMINISTRATORS_COMMANDS,
	type CommandAction,
	type CommandOutcome,
	commandActionSchema,
} from "../sync/command.ts";
import type { StationReport } from "../sync/sync.ts";

/* What the fleet's page and the server say to each other, under /fleet/api. Instants are UTC milliseconds of the server. */

/** A command as the page shows it, newest first. */
export interface FleetCommand {
	number: number;
	action: CommandAction;
	/** Null where the server gave it by itself. */
	createdBy: string | null;
	createdAt: number;
	/** Null until the station said what became of it. */
	outcome: CommandOutcome | null;
	reason: string | null;
	outcomeAt: number | null;
}

/** That an administrator has looked at the forks of a station; one that comes later is to be looked at again. */
export interface ForksReviewed {
	by: string;
	at: number;
	forks: number;
}

/** What the server refused with one code, however often. */
export interface Refusals {
	code: string;
	count: number;
	lastAt: number;
}

export interface FleetStation {
	id: StationId;
	site: SiteId;
	/** Null until a device was enrolled. */
	enrolledAt: number | null;
	/** Since when its device is revoked. */
	revokedAt: number | null;
	lastSeenAt: number | null;
	/** The station's clock less the server's, in milliseconds. */
	clockOffset: number | null;
	/** How it said it was when it was last heard. */
	report: StationReport | null;
	/** How often its log went on in a new stream because the server had events that this disk had not. */
	forks: number;
	/** Two devices go on as this station: a disk was copied, and both machines are on. */
	runsTwice: boolean;
	/** Null until an administrator reviewed one. */
	forksReviewed: ForksReviewed | null;
	/** What was refused to it, by code. */
	refused: Refusals[];
	/** Until when an enrolment code of it holds; null where none does. */
	codeUntil: number | null;
	/** Those that administrators gave within the last day, of which something may become still. */
	commands: FleetCommand[];
}

/** Commands in one answer to GET /fleet/api/commands. */
export const OLDER_COMMANDS_PAGE = 20;
export const olderCommandsSchema = z.object({
	station: stationIdSchema,
	/** A command's number; where none is named, the newest are told. */
	before: z.coerce.number().int().min(1).optional(),
});

/** How far the stations' events are in a backup of the server. */
export interface FleetBackup {
	/** False: nothing ever was. */
	made: boolean;
	/** When the oldest event that is in no backup was received; null where there is none. */
	missingSince: number | null;
}

export interface FleetSnapshot {
	time: number;
	version: string;
	administrator: string;
	documents: { kind: DocumentKind; version: number; issuedAt: number; publishedBy: string }[];
	backup: FleetBackup;
	/** Of the server's data folder; null where the system does not say. */
	disk: DiskReport | null;
	/** What was refused of requests that no enrolled device signed, the last one first. */
	refused: Refusals[];
	stations: FleetStation[];
}

/** The languages of IT's page. */
export const FLEET_LANGUAGES = ["zh-Hans", "en"] as const;
export type FleetLanguage = (typeof FLEET_LANGUAGES)[number];

/** What the sites and topics of the catalogue are called: of the published one, else of the one that stations bring. */
export interface FleetNames {
	/** Null: none was published. */
	version: number | null;
	/** Names by id. */
	sites: Readonly<Record<FleetLanguage, Readonly<Record<string, string>>>>;
	topics: Readonly<Record<FleetLanguage, Readonly<Record<string, string>>>>;
}

export const signInRequestSchema = z.strictObject({ name: z.string().max(64), password: z.string().max(256) });
export const codeRequestSchema = z.strictObject({ site: siteIdSchema });
export interface CreatedEnrolmentCode {
	station: StationId;
	site: SiteId;
	/** Ten characters, in two groups. */
	code: string;
	expiresAt: number;
}
export const commandRequestSchema = z.strictObject({
	station: stationIdSchema,
	/** What an administrator may send; the rest is the server's. */
	action: commandActionSchema.refine(({ kind }) => ADMINISTRATORS_COMMANDS.some((one) => one === kind)),
});
export const forksReviewedRequestSchema = z.strictObject({ station: stationIdSchema, forks: z.int().min(1) });
export const revokeRequestSchema = z.strictObject({ station: stationIdSchema });
/** Of a station that was made for a code, and never enrolled. */
export const removeRequestSchema = z.strictObject({ station: stationIdSchema });
/** A catalogue's files by name, in one JSON object. */
export const catalogueRequestSchema = z.strictObject({ catalogue: catalogueBodySchema });
export interface CatalogueReview {
	errors: RejectedEntry[];
	difference: CatalogueDifference;
}
