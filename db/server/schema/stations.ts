import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { ForksReviewed } from "../../../protocol/api/fleet.ts";
import type { SiteId, StationId } from "../../../protocol/model/ids.ts";
import type { InheritedSettings } from "../../../protocol/sync/inherited-settings.ts";
import type { StationReport } from "../../../protocol/sync/sync.ts";
import { instant } from "./columns.ts";

/*
 * The central server's data. The key of every table with stations' data begins with the station, so that the tables
 * can be distributed by it (docs/guide/scale.md); nothing is unique across stations. Instants are UTC milliseconds.
 */

/** A site's station. Its device is identified by its key alone; another enrolment replaces the device. */
export const station = pgTable("station", {
	id: uuid().$type<StationId>().primaryKey(),
	site: text().$type<SiteId>().notNull(),
	/** Ed25519, SPKI in base64url; null until a device was enrolled. */
	publicKey: text("public_key"),
	enrolledAt: instant("enrolled_at"),
	/** Its device's tokens are refused from then on. */
	revokedAt: instant("revoked_at"),
	lastSeenAt: instant("last_seen_at"),
	/** The station's clock less the server's when it was last seen, in milliseconds. */
	clockOffset: integer("clock_offset"),
	/** Its last report. */
	report: jsonb().$type<StationReport>(),
	/** Since when its reports are the same, without a silence in between. */
	reportSince: instant("report_since"),
	/** Who reviewed its forks last. */
	forksReviewed: jsonb("forks_reviewed").$type<ForksReviewed>(),
	/** What the next device takes over from its present one; null before that sent it. */
	settings: jsonb().$type<InheritedSettings>(),
	/** The number of its last command, or a later one that the station had already passed. */
	commands: bigint({ mode: "number" }).notNull().default(0),
});

/** A code that enrols one device, once. Only its digest is kept. */
export const enrolmentCode = pgTable(
	"enrolment_code",
	{
		/** The station that the device becomes; for a code without a site, the id for a new station. */
		station: uuid().$type<StationId>().notNull(),
		digest: text().notNull(),
		/** For this site alone; null: for the site that the device names. */
		site: text().$type<SiteId>(),
		expiresAt: instant("expires_at").notNull(),
		usedAt: instant("used_at"),
	},
	(table) => [primaryKey({ columns: [table.station, table.digest] }), index("enrolment_code_digest").on(table.digest)],
);
