import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { DocumentKind } from "../../../protocol/documents/signed-document.ts";
import { instant } from "./columns.ts";

/** The two public keys that stations pin: 1 signs now, 2 is the next. A small table that every machine of a distributed database holds. */
export const signer = pgTable("signer", {
	position: integer().primaryKey(),
	publicKey: text("public_key").notNull(),
});

/** Signed documents for all stations. The signature is over `text`, byte for byte. */
export const document = pgTable(
	"document",
	{
		kind: text().$type<DocumentKind>().notNull(),
		version: bigint({ mode: "number" }).notNull(),
		text: text().notNull(),
		signer: text().notNull(),
		signature: text().notNull(),
		issuedAt: instant("issued_at").notNull(),
		publishedBy: text("published_by").notNull(),
	},
	(table) => [primaryKey({ columns: [table.kind, table.version] })],
);
