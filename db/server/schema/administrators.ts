import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

export const administrator = pgTable("administrator", {
	name: text().primaryKey(),
	salt: text().notNull(),
	hash: text().notNull(),
});

/** Only the token's hash is kept. */
export const administratorSession = pgTable("administrator_session", {
	tokenHash: text("token_hash").primaryKey(),
	administrator: text().notNull(),
	expiresAt: instant("expires_at").notNull(),
});
