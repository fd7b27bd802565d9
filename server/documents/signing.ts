import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { nameOfSigner } from "../../protocol/judge-document.ts";
import { PlainError } from "../../protocol/plain-error.ts";
import type { SignedDocument } from "../../protocol/signed-document.ts";

/** In the server's folder, for its owner only. Whoever has it can tell every station what to offer. */
const KEY_FILE = "signing-keys.json";
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
	const found = readSigningKeys(join(folder, KEY_FILE));
	if (found) return found;
	const made = { current: makeSigningKey(), next: makeSigningKey() };
	keepSigningKeys(folder, made);
	return made;
}

export function keepSigningKeys(folder: string, { current, next }: SigningKeys): void {
	const file = join(folder, KEY_FILE);
	const text = JSON.stringify({ current: current.secret, next: next.secret }, undefined, "\t");
	writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true });
	renameSync(`${file}.new`, file);
}

/** Undefined where there is no such file. Throws PlainError SIGNING_KEYS_DAMAGED. */
export function readSigningKeys(file: string): SigningKeys | undefined {
	if (!existsSync(file)) return undefined;
	try {
		const { current, next } = fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
		return { current: openSecret(current), next: openSecret(next) };
	} catch (cause) {
		throw new PlainError(
			"SIGNING_KEYS_DAMAGED",
			`The file ${file} cannot be read. Bring it back from a backup: without it nothing can be published.`,
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
