import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { isForbidden } from "../../lib/system-error.ts";
import { writePrivateFile } from "../../lib/write-private-file.ts";
import { stationIdSchema } from "../../protocol/model/ids.ts";
import type { DeviceEnrolment, EnrolmentStore, RequestedEnrolment } from "../sync/enrolment/device-enrolment.ts";

/** Kept beside the database, not in it: a copy of the database alone lets no one sign in */
export interface Secrets {
	/** The `key` of the kiosk's address. It stays the same through a restart, so that an open kiosk goes on. */
	kioskKey: string;
	/** Goes into every PIN's hash. */
	pinPepper: Buffer;
	/** The central server that this device is enrolled at. */
	enrolment: DeviceEnrolment | undefined;
	/** An enrolment that the server has not answered yet. */
	requested?: RequestedEnrolment | undefined;
}

const SECRETS_FILE = "secrets.json";
const fileSchema = z.object({
	kioskKey: z.string().min(20),
	pinPepper: z.base64(),
	enrolment: z
		.object({
			server: z.url(),
			station: stationIdSchema,
			privateKey: z.base64url(),
			signers: z.array(z.string()).optional(),
			signersVersion: z.int().min(0).optional(),
			commands: z.int().min(0).optional(),
		})
		.optional(),
	requested: z.object({ server: z.url(), codeDigest: z.string(), privateKey: z.base64url() }).optional(),
});

/** The folder's secrets; makes them if there are none. Throws UserError SECRETS_DAMAGED. */
export function openSecrets(folder: string): Secrets {
	const found = readSecrets(folder);
	if (found) return found;
	const file = join(folder, SECRETS_FILE);
	const fresh = { kioskKey: randomBytes(24).toString("base64url"), pinPepper: randomBytes(32) };
	write(file, { ...fresh, enrolment: undefined });
	return { ...fresh, enrolment: undefined };
}

/** The enrolment in the folder's secrets. Each call reads the file: `paihao enrol` writes it while the station runs. */
export function openEnrolmentStore(folder: string): EnrolmentStore {
	const change = (changed: Partial<Secrets>) =>
		write(join(folder, SECRETS_FILE), { ...openSecrets(folder), ...changed });
	return {
		read: () => readSecrets(folder) ?? {},
		keepRequested: (requested) => change({ requested }),
		keepEnrolment: (enrolment) => change({ enrolment, requested: undefined }),
	};
}

function write(file: string, { pinPepper, ...rest }: Secrets): void {
	const text = JSON.stringify({ ...rest, pinPepper: pinPepper.toString("base64") }, undefined, "\t");
	writePrivateFile(file, `${text}\n`);
}

/** Undefined if the folder has none. Throws UserError SECRETS_DAMAGED. */
export function readSecrets(folder: string): Secrets | undefined {
	const file = join(folder, SECRETS_FILE);
	if (!existsSync(file)) return undefined;
	try {
		const { kioskKey, pinPepper, enrolment, requested } = fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
		return { kioskKey, pinPepper: Buffer.from(pinPepper, "base64"), enrolment, requested };
	} catch (cause) {
		if (isForbidden(cause))
			throw new UserError(
				"SECRETS_UNREADABLE",
				`This user may not read ${file}. Make the station's user its owner (chown), or run as that user.`,
				{ cause },
			);
		throw new UserError(
			"SECRETS_DAMAGED",
			`The file ${file} cannot be read. Restore it from a backup; without it no member of staff can sign in.`,
			{ cause },
		);
	}
}
