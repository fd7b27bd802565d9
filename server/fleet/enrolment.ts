import { createHash, createPublicKey, randomBytes, randomUUID } from "node:crypto";
import { and, eq, gt, isNotNull, isNull, max, sql } from "drizzle-orm";
import type { ServerDatabase, Transaction } from "../../db/server/open.ts";
import { command } from "../../db/server/schema/commands.ts";
import { document, signer } from "../../db/server/schema/documents.ts";
import { enrolmentCode, station } from "../../db/server/schema/stations.ts";
import { type SiteId, type StationId, stationIdSchema } from "../../protocol/model/ids.ts";
import { CODE_LIFE_MS, type EnrolmentAnswer } from "../../protocol/sync/enrolment.ts";
import type { InheritedSettings } from "../../protocol/sync/inherited-settings.ts";
import { latestNumber } from "../commands/commands.ts";
import { sendRevoked } from "../notify/hint-channel.ts";
import { Refusal } from "../refusal.ts";

export interface Enrolment {
	/** Makes a code for a site's station, and the station where the site has none. The code itself is kept nowhere. */
	makeCode(site: SiteId, now: number): Promise<{ code: string; station: StationId; expiresAt: number }>;
	/** Makes a code for a site that has no station yet; the device that uses the code names the site. */
	makeCodeForAnySite(now: number): Promise<{ code: string; expiresAt: number }>;
	/**
	 * Enrols a device as the station: from now on only its key counts. Uses the code up. Throws Refusal
	 * ENROLMENT_CODE_INVALID, SITE_MISMATCH, SITE_OCCUPIED, KEY_INVALID.
	 */
	enrol(request: { code: string; site: SiteId; publicKey: string }, now: number): Promise<EnrolmentAnswer>;
	/** Keeps what the station's next device takes over; the one before is gone. */
	keepSettings(station: StationId, settings: InheritedSettings): Promise<void>;
	/** Refuses a station's device from now on, until another is enrolled. False where there is no such station. */
	revoke(station: StationId, now: number): Promise<boolean>;
	/** Removes a station that was never enrolled, with its codes. Throws Refusal STATION_UNKNOWN, STATION_ALREADY_ENROLLED. */
	remove(station: StationId): Promise<void>;
	/** The sites whose station is enrolled and not revoked, sorted. */
	enrolledSites(): Promise<SiteId[]>;
}

export function openEnrolment(database: ServerDatabase): Enrolment {
	const addCode = async (stationId: StationId, site: SiteId | null, now: number) => {
		const code = toCode(randomBytes(7));
		const expiresAt = now + CODE_LIFE_MS;
		await database.insert(enrolmentCode).values({ station: stationId, digest: digestOf(code), site, expiresAt });
		return { code, expiresAt };
	};
	const enrolDevice: Enrolment["enrol"] = ({ code, site, publicKey }, now) =>
		database.transaction(async (tx) => {
			requireEd25519(publicKey);
			const [found] = await tx
				.select({ station: enrolmentCode.station, site: enrolmentCode.site })
				.from(enrolmentCode)
				.where(eq(enrolmentCode.digest, digestOf(code)));
			if (!found) throw new Refusal("ENROLMENT_CODE_INVALID");
			if (found.site !== null && found.site !== site) throw new Refusal("SITE_MISMATCH", { site });
			// The first request that changes the row uses the code up: two at the same time enrol one device.
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
			if (used.length !== 1) {
				// The answer was lost: the same device with the same code gets it once more.
				const station = await enrolledBy(tx, { code, site, publicKey, now });
				if (!station) throw new Refusal("ENROLMENT_CODE_INVALID");
				return { site, time: now, ...station, ...(await readPinnedKeys(tx)) };
			}
			const id = found.site === null ? await placeFor(tx, { id: found.station, site }) : found.station;
			await takeBackNumbers(tx, id, now);
			const [enrolled] = await tx
				.update(station)
				.set({ publicKey, enrolledAt: now, revokedAt: null })
				.where(eq(station.id, id))
				.returning({ commands: station.commands, settings: station.settings });
			// Its station was removed meanwhile.
			if (!enrolled) throw new Refusal("ENROLMENT_CODE_INVALID");
			return { station: id, site, time: now, ...enrolled, ...(await readPinnedKeys(tx)) };
		}, SERIALLY);
	return {
		async makeCode(site, now) {
			const [known] = await stationsOf(database, site);
			const id = known?.id ?? newStationId();
			if (!known) await database.insert(station).values({ id, site });
			return { ...(await addCode(id, site, now)), station: id };
		},
		makeCodeForAnySite: (now) => addCode(newStationId(), null, now),
		async enrol(request, now) {
			const answer = await enrolDevice(request, now);
			// The device before it, if there was one, hears nothing more.
			await sendRevoked(database, answer.station);
			return answer;
		},
		async keepSettings(id, settings) {
			await database.update(station).set({ settings }).where(eq(station.id, id));
		},
		async revoke(id, now) {
			const isRevoked = await database.transaction(async (tx) => {
				const revoked = await tx
					.update(station)
					.set({ revokedAt: now })
					.where(eq(station.id, id))
					.returning({ id: station.id });
				// A code that is still open would let a device in again.
				await tx
					.update(enrolmentCode)
					.set({ usedAt: now })
					.where(and(eq(enrolmentCode.station, id), isNull(enrolmentCode.usedAt)));
				return revoked.length === 1;
			});
			if (isRevoked) await sendRevoked(database, id);
			return isRevoked;
		},
		remove: (id) =>
			database.transaction(async (tx) => {
				const removed = await tx
					.delete(station)
					.where(and(eq(station.id, id), isNull(station.publicKey)))
					.returning({ id: station.id });
				if (removed.length === 0) {
					const found = await tx.select({ id: station.id }).from(station).where(eq(station.id, id));
					throw new Refusal(found.length === 0 ? "STATION_UNKNOWN" : "STATION_ALREADY_ENROLLED", { station: id });
				}
				await tx.delete(enrolmentCode).where(eq(enrolmentCode.station, id));
				await tx.delete(command).where(eq(command.station, id));
			}),
		async enrolledSites() {
			const rows = await database
				.selectDistinct({ site: station.site })
				.from(station)
				.where(and(isNotNull(station.publicKey), isNull(station.revokedAt)));
			return rows.map(({ site }) => site).sort();
		},
	};
}

/** So that two devices of one site, each with a code for any site, see each other. */
const SERIALLY = { isolationLevel: "serializable" } as const;

/** A site's stations, the one that was enrolled last first. */
const stationsOf = (database: Pick<ServerDatabase, "select">, site: SiteId) =>
	database
		.select({ id: station.id, publicKey: station.publicKey, revokedAt: station.revokedAt })
		.from(station)
		.where(eq(station.site, site))
		.orderBy(sql`${station.enrolledAt} desc nulls last`);

/** The station that a device with a code for any site becomes. Only a code for the site replaces a device in use. */
async function placeFor(tx: Transaction, { id, site }: { id: StationId; site: SiteId }): Promise<StationId> {
	const stations = await stationsOf(tx, site);
	if (stations.some(({ publicKey, revokedAt }) => publicKey !== null && revokedAt === null))
		throw new Refusal("SITE_OCCUPIED", { site });
	const [known] = stations;
	if (!known) await tx.insert(station).values({ id, site });
	return known?.id ?? id;
}

/**
 * Command numbers are moments of the server's clock. Those far above it came from a clock that was wrong, or from a
 * device: the new device begins at the clock, and commands with such numbers were the device's before it.
 */
async function takeBackNumbers(tx: Transaction, id: StationId, now: number): Promise<void> {
	const latest = latestNumber(now);
	const taken = await tx
		.update(station)
		.set({ commands: now })
		.where(and(eq(station.id, id), gt(station.commands, latest)))
		.returning({ id: station.id });
	if (taken.length > 0) await tx.delete(command).where(and(eq(command.station, id), gt(command.number, now)));
}

/** The station whose device has this key already, by a used code that has not expired. */
async function enrolledBy(
	tx: Transaction,
	{ code, site, publicKey, now }: { code: string; site: SiteId; publicKey: string; now: number },
): Promise<Pick<EnrolmentAnswer, "station" | "commands" | "settings"> | undefined> {
	const digest = digestOf(code);
	const isUsed = and(
		eq(enrolmentCode.digest, digest),
		isNotNull(enrolmentCode.usedAt),
		gt(enrolmentCode.expiresAt, now),
	);
	const [known] = await tx.select({ station: enrolmentCode.station }).from(enrolmentCode).where(isUsed);
	if (!known) return undefined;
	const isDevice = and(eq(station.site, site), eq(station.publicKey, publicKey), isNull(station.revokedAt));
	const [found] = await tx
		.select({ station: station.id, commands: station.commands, settings: station.settings })
		.from(station)
		.where(isDevice);
	return found;
}

/** The keys that a device pins when it is enrolled. */
async function readPinnedKeys(tx: Transaction): Promise<{ signers: string[]; signersVersion: number }> {
	const signers = await tx.select({ publicKey: signer.publicKey }).from(signer).orderBy(signer.position);
	const [newest] = await tx
		.select({ version: max(document.version) })
		.from(document)
		.where(eq(document.kind, "signers"));
	return { signers: signers.map((one) => one.publicKey), signersVersion: newest?.version ?? 0 };
}

const newStationId = () => stationIdSchema.parse(randomUUID());

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
	throw new Refusal("KEY_INVALID");
}
