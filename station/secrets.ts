import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PlainError } from "../protocol/plain-error.ts";

/** Kept beside the database, not in it: a copy of the database alone opens nothing. */
export interface Secrets {
	/** The kiosk's own secret, the `key` of its address. It outlives a restart, so that an open kiosk goes on. */
	kioskKey: string;
	/** Goes into every PIN's hash. */
	pinPepper: Buffer;
}

const SECRETS_FILE = "secrets.json";
const fileSchema = z.object({ kioskKey: z.string().min(20), pinPepper: z.base64() });

/** The folder's secrets, made where there are none yet. Throws PlainError SECRETS_DAMAGED. */
export function openSecrets(folder: string): Secrets {
	const found = readSecrets(folder);
	if (found) return found;
	const file = join(folder, SECRETS_FILE);
	const fresh = { kioskKey: randomBytes(24).toString("base64url"), pinPepper: randomBytes(32).toString("base64") };
	writeFileSync(`${file}.new`, `${JSON.stringify(fresh, undefined, "\t")}\n`, { mode: 0o600, flush: true });
	renameSync(`${file}.new`, file);
	return { kioskKey: fresh.kioskKey, pinPepper: Buffer.from(fresh.pinPepper, "base64") };
}

/** Undefined where the folder has none. Throws PlainError SECRETS_DAMAGED. */
export function readSecrets(folder: string): Secrets | undefined {
	const file = join(folder, SECRETS_FILE);
	if (!existsSync(file)) return undefined;
	try {
		const { kioskKey, pinPepper } = fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
		return { kioskKey, pinPepper: Buffer.from(pinPepper, "base64") };
	} catch (cause) {
		throw new PlainError(
			"SECRETS_DAMAGED",
			`The file ${file} cannot be read. Bring it back from a backup; without it no member of staff can sign in.`,
			{ cause },
		);
	}
}
