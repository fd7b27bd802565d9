import { z } from "zod";
import { instantSchema } from "../model/ticket.ts";

/*
 * What the server publishes for all its stations: documents, each signed with Ed25519 over its exact bytes. A station
 * pins two keys at its enrolment, the one that signs now and the one that follows, so that keys can change without
 * anybody travelling; the document `signers` puts two others in their place.
 */

export const DOCUMENT_KINDS = ["catalogue", "configuration", "signers"] as const;
export const documentKindSchema = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof documentKindSchema>;

export const DOCUMENT_FORMAT = 1;
/** How long a document may be taken after it was published, in milliseconds; what was taken before stays in force. */
export const DOCUMENT_LIFE = 365 * 24 * 3_600_000;
/** A document's text at most, in characters: a catalogue of twelve languages has 200,000. */
const MAX_TEXT = 8_000_000;

/** An Ed25519 public key: SPKI in base64url. */
export const signerSchema = z.base64url().max(128);
/** The one that signs now, and the one that follows. */
const signersSchema = z.array(signerSchema).min(1).max(2);

/** The catalogue's files by their names (CATALOGUE_FILES), as JSON. */
export const catalogueBodySchema = z.record(z.string().max(64), z.unknown());
export type CatalogueBody = z.infer<typeof catalogueBodySchema>;

/** What IT sets for every station; what is absent stays as the station's own settings have it. */
export const configurationBodySchema = z.strictObject({
	/** Under which visitors' phones reach the stations. */
	phoneAddress: z.url({ protocol: /^https$/ }).optional(),
});
export type ConfigurationBody = z.infer<typeof configurationBodySchema>;

const head = {
	format: z.literal(DOCUMENT_FORMAT),
	/** Of its kind, and only ever rising: an older one is never taken. */
	version: z.int().min(1),
	issuedAt: instantSchema,
	expiresAt: instantSchema,
};

/** The exact text parses to this. */
export const documentSchema = z.discriminatedUnion("kind", [
	z.strictObject({ ...head, kind: z.literal("catalogue"), body: catalogueBodySchema }),
	z.strictObject({ ...head, kind: z.literal("configuration"), body: configurationBodySchema }),
	z.strictObject({ ...head, kind: z.literal("signers"), body: z.strictObject({ keys: signersSchema }) }),
]);
export type SignedContent = z.infer<typeof documentSchema>;

/** As it travels and is kept: nothing is rebuilt, what is signed is the text. */
export const signedDocumentSchema = z.strictObject({
	text: z.string().max(MAX_TEXT),
	/** The name of the key: see nameOfSigner. */
	signer: z.string().regex(/^[0-9a-f]{16}$/),
	signature: z.base64url().max(128),
});
export type SignedDocument = z.infer<typeof signedDocumentSchema>;

/** Why a document is not taken. The station goes on with what it has. */
export const DOCUMENT_REFUSALS = {
	DOCUMENT_SIGNER_UNKNOWN: "It is signed with a key that this station does not know. Enrol the station anew.",
	DOCUMENT_SIGNATURE_INVALID: "Its signature does not fit its text.",
	DOCUMENT_INVALID: "It is of no format that this station reads. Update the station.",
	DOCUMENT_EXPIRED: "Its time is over. Publish it anew, or set the station's clock.",
	DOCUMENT_OUTDATED: "The station has a newer one.",
	DOCUMENT_UNUSABLE: "It holds no topic for this site. Publish a catalogue that has the site.",
} as const;
export type DocumentRefusalCode = keyof typeof DOCUMENT_REFUSALS;
