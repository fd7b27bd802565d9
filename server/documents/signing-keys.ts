import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { isForbidden } from "../../lib/system-error.ts";
import { giveToFolderOwner } from "../../lib/write-private-file.ts";
import type { SignedDocument } from "../../protocol/documents/signed-document.ts";
import { nameOfSigner } from "../../protocol/documents/verify-document.ts";

/** In the server's folder, readable by its owner only: these keys decide what every station offers. */
export const signingKeysIn = (folder: string) => join(folder, "signing-keys.json");
const fileSchema = z.strictObject({ current: z.base64url(), next: z.base64url() });

/** One Ed25519 key that signs documents. */
export interface SigningKey {
	/** SPKI in base64url. */
	publicKey: string;
	sign(text: string): SignedDocument;
	/** PKCS 8 in base64url: what the file keeps. */
	secret: string;
}

export interface SigningKeys {
	current: SigningKey;
	next: SigningKey;
}

export function makeSigningKey(): SigningKey {
	return openKey(generateKeyPairSync("ed25519").privateKey);
}

/** The folder's keys; makes them where there are none. Throws UserError SIGNING_KEYS_DAMAGED. */
export function openSigningKeys(folder: string): SigningKeys {
	const file = signingKeysIn(folder);
	const found = readSigningKeys(file);
	if (found) return found;
	const made = { current: makeSigningKey(), next: makeSigningKey() };
	// Servers that share a folder may start at the same time: all use the keys that are there first.
	const temporary = writeTemporary(file, made);
	try {
		linkSync(temporary, file);
	} catch (error) {
		if (!existsSync(file)) throw error;
	} finally {
		rmSync(temporary);
	}
	return readSigningKeys(file) ?? made;
}

export function saveSigningKeys(file: string, keys: SigningKeys): void {
	renameSync(writeTemporary(file, keys), file);
}

/** Writes the keys to a file with a name of its own, flushed to disk. Returns the name. */
function writeTemporary(file: string, { current, next }: SigningKeys): string {
	const temporary = `${file}.${process.pid}.${randomUUID()}`;
	const text = JSON.stringify({ current: current.secret, next: next.secret }, undefined, "\t");
	writeFileSync(temporary, `${text}\n`, { mode: 0o600, flush: true });
	giveToFolderOwner(temporary);
	return temporary;
}

/** Undefined where there is no such file. Throws UserError SIGNING_KEYS_DAMAGED. */
export function readSigningKeys(file: string): SigningKeys | undefined {
	if (!existsSync(file)) return undefined;
	try {
		const { current, next } = fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
		return { current: openSecret(current), next: openSecret(next) };
	} catch (cause) {
		if (isForbidden(cause))
			throw new UserError(
				"SIGNING_KEYS_UNREADABLE",
				`This user may not read ${file}. Make the server's user its owner (chown), or run as that user.`,
				{ cause },
			);
		throw new UserError(
			"SIGNING_KEYS_DAMAGED",
			`The file ${file} cannot be read. Restore it from a backup. If there is none, move it away and see paihao catalogue replace-keys.`,
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
