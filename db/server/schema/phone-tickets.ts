import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { StationId } from "../../../protocol/model/ids.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";
import { instant } from "./columns.ts";

/** Tickets of the day as their stations sent them, for the phones that ask this server. Never the code, only its digest. */
export const phoneTicket = pgTable(
	"phone_ticket",
	{
		station: uuid().$type<StationId>().notNull(),
		codeDigest: text("code_digest").notNull(),
		ticket: jsonb().$type<PhoneTicket>().notNull(),
		reportedAt: instant("reported_at").notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.station, table.codeDigest] }),
		index("phone_ticket_code").on(table.codeDigest),
	],
);
