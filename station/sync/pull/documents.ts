import { and, eq } from "drizzle-orm";
import type { StationDatabase } from "../../../db/station/open.ts";
import { pulledDocument } from "../../../db/station/schema/pulled.ts";
import {
	type DocumentKind,
	type DocumentRefusalCode,
	documentSchema,
	type SignedContent,
	type SignedDocument,
} from "../../../protocol/documents/signed-document.ts";
import { verifyDocument } from "../../../protocol/documents/verify-document.ts";
import type { EventLog } from "../../events/event-log.ts";

export type Taken = { kind: "taken"; content: SignedContent } | { kind: "refused"; code: DocumentRefusalCode };

export interface Documents {
	/** The version of a kind that is in force; 0 where there is none. */
	version(station: string, kind: DocumentKind): number;
	/** What is in force of a kind; undefined also where it is of a shape that this program does not read. */
	read(station: string, kind: DocumentKind): SignedContent | undefined;
	/**
	 * Judges a document and, where it is good, puts it in force with its event in one transaction. Refused, nothing is
	 * changed.
	 */
	take(document: SignedDocument, from: TakenFrom): Taken;
}

export interface TakenFrom {
	/** The station's id at the server. */
	station: string;
	/** The kind that was asked for. */
	kind: DocumentKind;
	/** The keys that were pinned at the enrolment, and the version of the server's own document of them then. */
	signers: readonly string[];
	signersVersion: number;
	now: number;
	/** Whether this site can use it; asked of a catalogue only. */
	fits(content: SignedContent): boolean;
}

/** The documents that the server signed, as this station keeps them. */
export function openDocuments(database: StationDatabase, eventLog: EventLog): Documents {
	const find = (station: string, kind: DocumentKind) =>
		database
			.select()
			.from(pulledDocument)
			.where(and(eq(pulledDocument.station, station), eq(pulledDocument.kind, kind)))
			.get();
	const version = (station: string, kind: DocumentKind) => find(station, kind)?.version ?? 0;
	const read = (station: string, kind: DocumentKind) => {
		const found = find(station, kind);
		// Kept by another version of this program, perhaps a later one: the station starts with what it brings along.
		return found && documentSchema.safeParse(JSON.parse(found.text)).data;
	};

	return {
		version,
		read,
		take(document, { station, kind, signers, signersVersion, now, fits }) {
			// Keys that were rotated before the enrolment say nothing: it pinned those of its own day.
			const rotated = version(station, "signers") > signersVersion ? read(station, "signers") : undefined;
			const pinned = rotated?.kind === "signers" ? rotated.body.keys : signers;
			const held = version(station, kind);
			const classified = verifyDocument(document, { kind, signers: pinned, held, now });
			if (classified.kind === "refused") return classified;
			const { content } = classified;
			if (!fits(content)) return { kind: "refused", code: "DOCUMENT_UNUSABLE" };
			const row = { station, kind, version: content.version, ...document, pulledAt: now };
			database.transaction(
				() =>
					eventLog.write((append) => {
						database
							.insert(pulledDocument)
							.values(row)
							.onConflictDoUpdate({ target: [pulledDocument.station, pulledDocument.kind], set: row })
							.run();
						append({ type: "document.applied", data: { kind, version: content.version } }, now);
					}),
				{ behavior: "immediate" },
			);
			return { kind: "taken", content };
		},
	};
}
