import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import type { SignedDocument } from "../../protocol/documents/signed-document.ts";
import { nameOfSigner } from "../../protocol/documents/verify-document.ts";

/** In the server's folder, for its owner only. Whoever has it can tell every station what to offer. */
export const signingKeysIn = (folder: string) => join(folder, "signing-keys.json");
const fileSchema = z.strictObject({ current: z.base64url(), next: z.base64url() });

/** One Ed25519 key that signs documents. */
export interface SigningKey {
	/** SPKI in base64url. */
	publicKey: string;
	sign(text: string): SignedDocument;
	/** PKCS 8 in base64url, to be kept. */
	secret: string;
}

export interface SigningKeys {
	current: SigningKey;
	next: SigningKey;
}

export function makeSigningKey(): SigningKey {
	return openKey(generateKeyPairSync("ed25519").privateKey);
}

/** The folder's keys, made where there are none. Throws PlainError SIGNING_KEYS_DAMAGED. */
export function openSigningKeys(folder: string): SigningKeys {
	const file = signingKeysIn(folder);
	const found = readSigningKeys(file);
	if (found) return found;
	const made = { current: makeSigningKey(), next: makeSigningKey() };
	// Servers that share a folder may start at once: one's keys are there first, and are everybody's.
	const own = writeBeside(file, made);
	try {
		linkSync(own, file);
	} catch (error) {
		if (!existsSync(file)) throw error;
	} finally {
		rmSync(own);
	}
	return readSigningKeys(file) ?? made;
}

export function keepSigningKeys(file: string, keys: SigningKeys): void {
	renameSync(writeBeside(file, keys), file);
}

/** Whole and on the disk under a name of this process's own. */
function writeBeside(file: string, { current, next }: SigningKeys): string {
	const own = `${file}.${process.pid}.${randomUUID()}`;
	const text = JSON.stringify({ current: current.secret, next: next.secret }, undefined, "\t");
	writeFileSync(own, `${text}\n`, { mode: 0o600, flush: true });
	return own;
}

/** Undefined where there is no such file. Throws PlainError SIGNING_KEYS_DAMAGED. */
export function readSigningKeys(file: string): SigningKeys | undefined {
	if (!existsSync(file)) return undefined;
	try {
		const { current, next } = fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
		return { current: openSecret(current), next: openSecret(next) };
	} catch (cause) {
		throw new UserError(
			"SIGNING_KEYS_DAMAGED",
			`The file ${file} cannot be read. Bring it back from a backup; if there is none, move it away and see paihao catalogue replace-keys.`,
			{ cause },
		);
	}
}

function openSecret(secret: string): SigningKey {
	return openKey(createPrivateKey({ key: Buffer.from(secret, "base64url"), format: "der", type: "pkcs8" }));
}

function openKey(key: KeyObject): SigningKey {
	const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64url");
	return {
		publicKey,
		secret: key.export({ format: "der", type: "pkcs8" }).toString("base64url"),
		sign: (text) => ({
			text,
			signer: nameOfSigner(publicKey),
			signature: sign(null, Buffer.from(text), key).toString("base64url"),
		}),
	};
}
