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
import type { StationId } from "../../../protocol/model/ids.ts";
import type { EventLog } from "../../events/event-log.ts";

export type ApplyResult = { kind: "applied"; content: SignedContent } | { kind: "refused"; code: DocumentRefusalCode };

export interface Documents {
	/** The version of a kind that is in force; 0 where there is none. */
	version(station: StationId, kind: DocumentKind): number;
	/** The document of a kind that is in force; undefined also where this program cannot read it. */
	read(station: StationId, kind: DocumentKind): SignedContent | undefined;
	/**
	 * Verifies a document and puts a good one in force, with its event in one transaction. A refused one changes
	 * nothing.
	 */
	apply(document: SignedDocument, source: DocumentSource): ApplyResult;
}

/** Where a document came from, and what it is verified against. */
export interface DocumentSource {
	/** The station's id at the server. */
	station: StationId;
	/** The kind that was asked for. */
	kind: DocumentKind;
	/** The keys that the enrolment pinned, and the version of the server's document of them at that time. */
	signers: readonly string[];
	signersVersion: number;
	now: number;
	/** Whether this site can use it; asked of a catalogue only. */
	isUsable(content: SignedContent): boolean;
}

/** The signed documents that this station keeps. */
export function openDocuments(database: StationDatabase, eventLog: EventLog): Documents {
	const find = (station: StationId, kind: DocumentKind) =>
		database
			.select()
			.from(pulledDocument)
			.where(and(eq(pulledDocument.station, station), eq(pulledDocument.kind, kind)))
			.get();
	const version = (station: StationId, kind: DocumentKind) => find(station, kind)?.version ?? 0;
	const read = (station: StationId, kind: DocumentKind) => {
		const found = find(station, kind);
		// Another version of this program kept it, perhaps a later one: the station starts with its own files.
		return found && documentSchema.safeParse(JSON.parse(found.text)).data;
	};

	return {
		version,
		read,
		apply(document, { station, kind, signers, signersVersion, now, isUsable }) {
			// A rotation before the enrolment does not count: the enrolment pinned the keys of its own day.
			const rotated = version(station, "signers") > signersVersion ? read(station, "signers") : undefined;
			const pinned = rotated?.kind === "signers" ? rotated.body.keys : signers;
			const held = version(station, kind);
			const verified = verifyDocument(document, { kind, signers: pinned, held, now });
			if (verified.kind === "refused") return verified;
			const { content } = verified;
			if (!isUsable(content)) return { kind: "refused", code: "DOCUMENT_UNUSABLE" };
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
			return { kind: "applied", content };
		},
	};
}
