import { createHash, createPublicKey, randomBytes, randomUUID } from "node:crypto";
import { and, desc, eq, gt, isNull, max } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { document, enrolmentCode, signer, station } from "../../db/server/schema.ts";
import { CODE_LIFE, type EnrolmentAnswer } from "../../protocol/enrolment.ts";
import { SyncRefusal } from "../refusal.ts";

export interface Enrolment {
	/** Makes a code for a site's station, and the station where the site has none. The code is told once, here. */
	makeCode(site: string, now: number): Promise<{ code: string; station: string; expiresAt: number }>;
	/**
	 * Puts a device in the station's place: from now on only its key counts. The code is used up by it. Throws
	 * SyncRefusal CODE_REFUSED, SITE_OTHER, KEY_REFUSED.
	 */
	enrol(request: { code: string; site: string; publicKey: string }, now: number): Promise<EnrolmentAnswer>;
	/** Refuses the device of a station from now on, until another is enrolled. False where there is no such station. */
	shutOut(station: string, now: number): Promise<boolean>;
}

export function openEnrolment(database: ServerDatabase): Enrolment {
	return {
		async makeCode(site, now) {
			const [known] = await database
				.select({ id: station.id })
				.from(station)
				.where(eq(station.site, site))
				.orderBy(desc(station.enrolledAt))
				.limit(1);
			const id = known?.id ?? randomUUID();
			if (!known) await database.insert(station).values({ id, site });
			const code = toCode(randomBytes(7));
			const expiresAt = now + CODE_LIFE;
			await database.insert(enrolmentCode).values({ station: id, digest: digestOf(code), expiresAt });
			return { code, station: id, expiresAt };
		},
		enrol: ({ code, site, publicKey }, now) =>
			database.transaction(async (tx) => {
				requireEd25519(publicKey);
				const [found] = await tx
					.select({ station: enrolmentCode.station, site: station.site })
					.from(enrolmentCode)
					.innerJoin(station, eq(station.id, enrolmentCode.station))
					.where(eq(enrolmentCode.digest, digestOf(code)));
				if (!found) throw new SyncRefusal("CODE_REFUSED");
				if (found.site !== site) throw new SyncRefusal("SITE_OTHER", { site });
				// The code is used up by whoever changes its row first: two that come together enrol one device.
				const used = await tx
					.update(enrolmentCode)
					.set({ usedAt: now })
					.where(
						and(
							eq(enrolmentCode.station, found.station),
							eq(enrolmentCode.digest, digestOf(code)),
							isNull(enrolmentCode.usedAt),
							gt(enrolmentCode.expiresAt, now),
						),
					)
					.returning({ station: enrolmentCode.station });
				if (used.length !== 1) throw new SyncRefusal("CODE_REFUSED");
				await tx
					.update(station)
					.set({ publicKey, enrolledAt: now, retiredAt: null })
					.where(eq(station.id, found.station));
				const [{ commands }] = (await tx
					.select({ commands: station.commands })
					.from(station)
					.where(eq(station.id, found.station))) as [{ commands: number }];
				const signers = await tx.select({ publicKey: signer.publicKey }).from(signer).orderBy(signer.place);
				const [told] = await tx
					.select({ version: max(document.version) })
					.from(document)
					.where(eq(document.kind, "signers"));
				const pinned = { signers: signers.map((one) => one.publicKey), signersVersion: told?.version ?? 0 };
				return { station: found.station, site, time: now, ...pinned, commands };
			}),
		shutOut: (id, now) =>
			database.transaction(async (tx) => {
				const shut = await tx
					.update(station)
					.set({ retiredAt: now })
					.where(eq(station.id, id))
					.returning({ id: station.id });
				// A code that is still open would let a device in again.
				await tx
					.update(enrolmentCode)
					.set({ usedAt: now })
					.where(and(eq(enrolmentCode.station, id), isNull(enrolmentCode.usedAt)));
				return shut.length === 1;
			}),
	};
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Ten characters of Crockford's base 32 from fifty of the bits given. */
function toCode(bytes: Uint8Array): string {
	let bits = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
	let code = "";
	for (let index = 0; index < 10; index += 1) {
		code += ALPHABET[Number(bits & 31n)];
		bits >>= 5n;
	}
	return code;
}

const digestOf = (code: string) => createHash("sha256").update(code).digest("hex");

function requireEd25519(publicKey: string): void {
	try {
		const key = createPublicKey({ key: Buffer.from(publicKey, "base64url"), format: "der", type: "spki" });
		if (key.asymmetricKeyType === "ed25519") return;
	} catch {
		// Not a key at all: refused below, like a key of another kind.
	}
	throw new SyncRefusal("KEY_REFUSED");
}
