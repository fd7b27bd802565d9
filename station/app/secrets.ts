import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";

/** Kept beside the database, not in it: a copy of the database alone opens nothing. */
export interface Secrets {
	/** The kiosk's own secret, the `key` of its address. It outlives a restart, so that an open kiosk goes on. */
	kioskKey: string;
	/** Goes into every PIN's hash. */
	pinPepper: Buffer;
	/** The central server that this device was enrolled at; undefined until it was. */
	enrolment: DeviceEnrolment | undefined;
	/** An enrolment that was asked for and not answered yet. */
	asked?: AskedEnrolment | undefined;
}

/** Kept before the server is asked: where its answer is lost, the same device asks once more. */
export interface AskedEnrolment {
	server: string;
	/** SHA-256 of the code, hex. */
	codeDigest: string;
	privateKey: string;
}

export interface DeviceEnrolment {
	/** The server's address, without a slash at its end. */
	server: string;
	/** The station's id there. */
	station: string;
	/** The device's own Ed25519 key, PKCS 8 in base64url. */
	privateKey: string;
	/** The server's keys that this device pinned: documents signed with others are refused. */
	signers?: string[] | undefined;
	/** The version of the server's document of its keys at that time. */
	signersVersion?: number | undefined;
	/** The last command before this device's time. */
	commands?: number | undefined;
}

const SECRETS_FILE = "secrets.json";
const fileSchema = z.object({
	kioskKey: z.string().min(20),
	pinPepper: z.base64(),
	enrolment: z
		.object({
			server: z.url(),
			station: z.uuid(),
			privateKey: z.base64url(),
			signers: z.array(z.string()).optional(),
			signersVersion: z.int().min(0).optional(),
			commands: z.int().min(0).optional(),
		})
		.optional(),
	asked: z.object({ server: z.url(), codeDigest: z.string(), privateKey: z.base64url() }).optional(),
});

/** The folder's secrets, made where there are none yet. Throws PlainError SECRETS_DAMAGED. */
export function openSecrets(folder: string): Secrets {
	const found = readSecrets(folder);
	if (found) return found;
	const file = join(folder, SECRETS_FILE);
	const fresh = { kioskKey: randomBytes(24).toString("base64url"), pinPepper: randomBytes(32) };
	write(file, { ...fresh, enrolment: undefined });
	return { ...fresh, enrolment: undefined };
}

/** Keeps where the device was enrolled, in the place of any enrolment before. */
export function keepEnrolment(folder: string, enrolment: DeviceEnrolment): void {
	write(join(folder, SECRETS_FILE), { ...openSecrets(folder), enrolment, asked: undefined });
}

/** Keeps with which key the device asks to be enrolled. */
export function keepAsked(folder: string, asked: AskedEnrolment): void {
	write(join(folder, SECRETS_FILE), { ...openSecrets(folder), asked });
}

function write(file: string, { pinPepper, ...rest }: Secrets): void {
	const text = JSON.stringify({ ...rest, pinPepper: pinPepper.toString("base64") }, undefined, "\t");
	writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true });
	renameSync(`${file}.new`, file);
}

/** Undefined where the folder has none. Throws PlainError SECRETS_DAMAGED. */
export function readSecrets(folder: string): Secrets | undefined {
	const file = join(folder, SECRETS_FILE);
	if (!existsSync(file)) return undefined;
	try {
		const { kioskKey, pinPepper, enrolment, asked } = fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
		return { kioskKey, pinPepper: Buffer.from(pinPepper, "base64"), enrolment, asked };
	} catch (cause) {
		throw new UserError(
			"SECRETS_DAMAGED",
			`The file ${file} cannot be read. Bring it back from a backup; without it no member of staff can sign in.`,
			{ cause },
		);
	}
}
