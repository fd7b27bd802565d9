import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../lib/errors.ts";
import { makeFolder } from "../../lib/make-folder.ts";

/*
 * Who makes backups cannot read them: a station has only the public half, and restoring needs the private
 * one. X25519 (RFC 7748), PEM files.
 */

/** The public key's name in a station's folder, where `paihao backup` finds it by itself. */
export const PUBLIC_KEY_FILE = "backup-public-key.pem";
const PRIVATE_KEY_FILE = "backup-private-key.pem";

/** Makes a pair in a folder. Never writes over a key: what it sealed could not be opened again. Throws UserError KEY_EXISTS. */
export function makeBackupKeys(folder: string): { publicKey: string; privateKey: string; fingerprint: string } {
	const files = { publicKey: join(folder, PUBLIC_KEY_FILE), privateKey: join(folder, PRIVATE_KEY_FILE) };
	const there = Object.values(files).find((file) => existsSync(file));
	if (there !== undefined)
		throw new UserError(
			"KEY_EXISTS",
			`${there} is there already and was left as it is. Name another folder with --out.`,
		);
	const { publicKey, privateKey } = generateKeyPairSync("x25519");
	makeFolder(folder);
	const once = { flag: "wx", flush: true } as const;
	writeFileSync(files.privateKey, privateKey.export({ format: "pem", type: "pkcs8" }), { ...once, mode: 0o600 });
	writeFileSync(files.publicKey, publicKey.export({ format: "pem", type: "spki" }), once);
	return { ...files, fingerprint: fingerprintOf(publicKey) };
}

/** Throws UserError KEY_UNREADABLE. */
export function readPublicKey(file: string): KeyObject {
	return requireX25519(file, "public", (text) => createPublicKey(text));
}

/** Throws UserError KEY_UNREADABLE. */
export function readPrivateKey(file: string): KeyObject {
	return requireX25519(file, "private", (text) => createPrivateKey(text));
}

/** Tells keys apart for people: the first 16 hex digits of SHA-256 over the SPKI. */
export function fingerprintOf(publicKey: KeyObject): string {
	const spki = publicKey.export({ format: "der", type: "spki" });
	return createHash("sha256").update(spki).digest("hex").slice(0, 16);
}

function requireX25519(file: string, half: "public" | "private", read: (text: string) => KeyObject): KeyObject {
	try {
		const text = readFileSync(file, "utf8");
		// Node makes a public key of a private one by itself: a station must not hold it.
		if (half === "public" && !text.includes("BEGIN PUBLIC KEY")) throw new Error("not a public key");
		const key = read(text);
		if (key.asymmetricKeyType !== "x25519") throw new Error("not an X25519 key");
		return key;
	} catch (cause) {
		throw new UserError(
			"KEY_UNREADABLE",
			`${file} is not the ${half} key of a pair for backups. "paihao backup key --out DIR" makes a pair.`,
			{ cause },
		);
	}
}
