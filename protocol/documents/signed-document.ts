import { z } from "zod";
import { DAY_MS } from "../../lib/time/durations.ts";
import { instantSchema } from "../model/ticket.ts";

/*
 * The documents that the server publishes for all its stations, each signed with Ed25519 over its exact bytes. At its
 * enrolment a station pins two keys, the one that signs now and the next one. So keys can change without a visit to the
 * station: the document `signers` replaces both.
 */

export const DOCUMENT_KINDS = ["catalogue", "configuration", "signers"] as const;
export const documentKindSchema = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof documentKindSchema>;

export const DOCUMENT_FORMAT = 1;
/** How long a station accepts a document after it was published. A document that was applied before stays in force. */
export const DOCUMENT_LIFE_MS = 365 * DAY_MS;
/** A catalogue of twelve languages has 200,000. */
const MAX_TEXT_CHARACTERS = 8_000_000;

/** An Ed25519 public key: SPKI in base64url. */
export const signerSchema = z.base64url().max(128);
/** The key that signs now, and the next one. */
const signersSchema = z.array(signerSchema).min(1).max(2);

/** The catalogue's files by their names (CATALOGUE_FILES), as JSON. */
export const catalogueBodySchema = z.record(z.string().max(64), z.unknown());
export type CatalogueBody = z.infer<typeof catalogueBodySchema>;

/** What IT sets for every station. Where a field is absent, the station's own setting counts. */
export const configurationBodySchema = z.strictObject({
	/** The address at which visitors' phones reach the stations. */
	phoneAddress: z.url({ protocol: /^https$/ }).optional(),
});
export type ConfigurationBody = z.infer<typeof configurationBodySchema>;

const head = {
	format: z.literal(DOCUMENT_FORMAT),
	/** Rises with each document of the kind: a station never applies an older one. */
	version: z.int().min(1),
	issuedAt: instantSchema,
	expiresAt: instantSchema,
};

/** The content of a document's text. */
export const documentSchema = z.discriminatedUnion("kind", [
	z.strictObject({ ...head, kind: z.literal("catalogue"), body: catalogueBodySchema }),
	z.strictObject({ ...head, kind: z.literal("configuration"), body: configurationBodySchema }),
	z.strictObject({ ...head, kind: z.literal("signers"), body: z.strictObject({ keys: signersSchema }) }),
]);
export type SignedContent = z.infer<typeof documentSchema>;

/** A document as it is sent and stored. The signature is over the exact text, which is never rebuilt. */
export const signedDocumentSchema = z.strictObject({
	text: z.string().max(MAX_TEXT_CHARACTERS),
	/** The name of the key: see nameOfSigner. */
	signer: z.string().regex(/^[0-9a-f]{16}$/),
	signature: z.base64url().max(128),
});
export type SignedDocument = z.infer<typeof signedDocumentSchema>;

/** Why a station refuses a document. It keeps the one that it has. */
export const DOCUMENT_REFUSALS = {
	DOCUMENT_SIGNER_UNKNOWN: "It is signed with a key that this station does not know. Enrol the station again.",
	DOCUMENT_SIGNATURE_INVALID: "Its signature does not fit its text.",
	DOCUMENT_INVALID: "It is of no format that this station reads. Update the station.",
	DOCUMENT_EXPIRED: "It has expired. Publish it again, or set the station's clock.",
	DOCUMENT_OUTDATED: "The station has a newer one.",
	DOCUMENT_UNUSABLE:
		"It holds no topic for this site, or a time zone that this station does not know. Publish a catalogue that has the site.",
} as const;
export type DocumentRefusalCode = keyof typeof DOCUMENT_REFUSALS;
