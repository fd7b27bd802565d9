import {
	createCipheriv,
	createDecipheriv,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	hkdfSync,
	type KeyObject,
	randomBytes,
} from "node:crypto";
import { z } from "zod";
import { siteIdInputSchema } from "../../protocol/model/ids.ts";
import { hashSchema } from "../../protocol/sync/sync.ts";
import { fingerprintOf } from "./keys.ts";

/*
 * A backup is one file: the line MAGIC, a line of JSON (the header), then the contents of its files one after
 * another, gzip, AES-256-GCM; its last 16 bytes are GCM's tag. The header is authenticated with the contents.
 * The content's key is random and wrapped with AES-256-GCM under HKDF-SHA-256 of an X25519 exchange between a key
 * that lives for this one file and the recipient's (RFC 7748, 5869): as HPKE's base mode does it.
 */

export const MAGIC = "paihao-backup 1\n";
export const TAG_BYTES = 16;
const CIPHER = "aes-256-gcm";
const INFO = "paihao backup key 1";

export const BACKUP_FILES = [
	"station.db",
	"secrets.json",
	"certificate.pem",
	"paihao.json",
	"chosen-settings.json",
] as const;

const base64 = z.base64url();
const envelopeSchema = z.strictObject({
	/** Fingerprint of the public key that it was sealed to. */
	recipient: z.string(),
	/** SPKI of the key that lived for this file. */
	ephemeral: base64,
	wrapNonce: base64,
	/** The wrapped key with its tag. */
	wrapped: base64,
	nonce: base64,
});
export type Envelope = z.infer<typeof envelopeSchema>;

export const headerSchema = z.strictObject({
	site: siteIdInputSchema,
	/** UTC milliseconds. */
	createdAt: z.int(),
	version: z.string(),
	/** The log's end: place of the last event, and its hash. */
	events: z.int().min(0),
	head: hashSchema,
	files: z
		.array(z.strictObject({ name: z.enum(BACKUP_FILES), bytes: z.int().min(0), sha256: hashSchema }))
		.min(2)
		.max(BACKUP_FILES.length),
	envelope: envelopeSchema,
});
export type BackupHeader = z.infer<typeof headerSchema>;

/** A new content key for a recipient, and what the file says so that the recipient finds it. */
export function wrapKey(recipient: KeyObject): { key: Buffer; envelope: Envelope } {
	const key = randomBytes(32);
	const nonce = randomBytes(12);
	const wrapNonce = randomBytes(12);
	const { publicKey, privateKey } = generateKeyPairSync("x25519");
	const ephemeral = publicKey.export({ format: "der", type: "spki" });
	const secret = diffieHellman({ privateKey, publicKey: recipient });
	const cipher = createCipheriv(CIPHER, wrappingKey(secret, ephemeral, recipient), wrapNonce);
	const wrapped = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
	return {
		key,
		envelope: {
			recipient: fingerprintOf(recipient),
			ephemeral: ephemeral.toString("base64url"),
			wrapNonce: wrapNonce.toString("base64url"),
			wrapped: wrapped.toString("base64url"),
			nonce: nonce.toString("base64url"),
		},
	};
}

/** The content key. Throws what Node's crypto throws where the envelope was altered. */
export function unwrapKey(envelope: Envelope, privateKey: KeyObject): Buffer {
	const ephemeral = Buffer.from(envelope.ephemeral, "base64url");
	const publicKey = createPublicKey({ key: ephemeral, format: "der", type: "spki" });
	const secret = diffieHellman({ privateKey, publicKey });
	const wrapped = Buffer.from(envelope.wrapped, "base64url");
	const decipher = createDecipheriv(
		CIPHER,
		wrappingKey(secret, ephemeral, createPublicKey(privateKey)),
		Buffer.from(envelope.wrapNonce, "base64url"),
		{ authTagLength: TAG_BYTES },
	);
	decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
	return Buffer.concat([decipher.update(wrapped.subarray(0, -TAG_BYTES)), decipher.final()]);
}

/** Both take the header's exact line: altered, nothing opens. */
export function contentCipher(key: Buffer, { nonce }: Envelope, headerLine: string) {
	return createCipheriv(CIPHER, key, Buffer.from(nonce, "base64url")).setAAD(Buffer.from(headerLine));
}

export function contentDecipher(key: Buffer, { nonce }: Envelope, headerLine: string, tag: Buffer) {
	return createDecipheriv(CIPHER, key, Buffer.from(nonce, "base64url"), { authTagLength: TAG_BYTES })
		.setAAD(Buffer.from(headerLine))
		.setAuthTag(tag);
}

function wrappingKey(secret: Buffer, ephemeral: Buffer, recipient: KeyObject): Buffer {
	const salt = Buffer.concat([ephemeral, recipient.export({ format: "der", type: "spki" })]);
	return Buffer.from(hkdfSync("sha256", secret, salt, INFO, 32));
}
