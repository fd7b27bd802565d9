import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { DocumentKind } from "../../../protocol/documents/signed-document.ts";
import { instant } from "./columns.ts";

/** The two public keys that stations pin: 1 signs, 2 follows. Small and read everywhere: on every machine where the tables are spread. */
export const signer = pgTable("signer", {
	position: integer().primaryKey(),
	publicKey: text("public_key").notNull(),
});

/** Signed documents, for all stations: `text` is what is signed, byte for byte. */
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
