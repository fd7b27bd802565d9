import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { ForksReviewed } from "../../../protocol/api/fleet.ts";
import type { StationReport } from "../../../protocol/sync/sync.ts";
import { instant } from "./columns.ts";

/*
 * The central server's memory. Every table that is a station's begins its key with the station, so that the tables
 * can be spread over machines by it (docs/guide/scale.md); nothing is unique across stations. Instants are UTC milliseconds.
 */

/** A site's station. Its device is known by its key alone; enrolling again puts another device in its place. */
export const station = pgTable("station", {
	id: uuid().primaryKey(),
	site: text().notNull(),
	/** Ed25519, SPKI in base64url; null until a device was enrolled. */
	publicKey: text("public_key"),
	enrolledAt: instant("enrolled_at"),
	/** Shut out: tokens of its device are refused from then on. */
	revokedAt: instant("revoked_at"),
	lastSeenAt: instant("last_seen_at"),
	/** The station's clock less the server's when it was last heard, in milliseconds. */
	clockOffset: integer("clock_offset"),
	/** How it said it was. */
	report: jsonb().$type<StationReport>(),
	/** Since when it says the same of itself, without a silence between. */
	reportSince: instant("report_since"),
	/** Who has looked at its forks. */
	forksReviewed: jsonb("forks_reviewed").$type<ForksReviewed>(),
	/** The number of its last command, or a later one that the station had already passed. */
	commands: bigint({ mode: "number" }).notNull().default(0),
});

/** A code that enrols one device, once. Only its digest is kept. */
export const enrolmentCode = pgTable(
	"enrolment_code",
	{
		/** Whose place the device takes; of a code for no site, the id of a station that is yet to be. */
		station: uuid().notNull(),
		digest: text().notNull(),
		/** For this site alone; null: for the site of whichever device comes with it. */
		site: text(),
		expiresAt: instant("expires_at").notNull(),
		usedAt: instant("used_at"),
	},
	(table) => [primaryKey({ columns: [table.station, table.digest] }), index("enrolment_code_digest").on(table.digest)],
);
