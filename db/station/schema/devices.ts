import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DeviceKind } from "../../../protocol/model/device.ts";
import type { DeviceId } from "../../../protocol/model/ids.ts";

/* Devices on the network. */

/** A desk, board or further kiosk that staff paired. Only the credential's hash is kept. */
export const pairedDevice = sqliteTable("paired_device", {
	id: text().$type<DeviceId>().primaryKey(),
	kind: text().$type<DeviceKind>().notNull(),
	name: text().notNull(),
	credentialHash: text("credential_hash").notNull().unique(),
	pairedAt: integer("paired_at").notNull(),
	/** To the minute: a write each time would cost a commit each time. */
	seenAt: integer("seen_at").notNull(),
});

/** Codes that are not used yet. `digest` is keyed with the pepper: eight digits alone are soon guessed. */
export const pairingCode = sqliteTable("pairing_code", {
	digest: text().primaryKey(),
	kind: text().$type<DeviceKind>().notNull(),
	name: text().notNull(),
	expiresAt: integer("expires_at").notNull(),
});
