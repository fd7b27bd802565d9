import { createHash, createHmac, randomBytes, randomInt } from "node:crypto";
import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { pairedDevice, pairingCode } from "../../db/station/schema/devices.ts";
import type { Change } from "../../protocol/events/event.ts";
import type { CreatedCode, DeviceKind, PairedDevice } from "../../protocol/model/device.ts";
import type { DeviceId, NewId, StaffId } from "../../protocol/model/ids.ts";
import type { EventLog } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";

/** Long enough to walk to the device and type; in milliseconds. */
const CODE_LIFE_MS = 10 * 60_000;
/** A device's last sight is written down at most this often: a write is a durable commit. */
const SEEN_INTERVAL_MS = 60_000;

export interface Pairing {
	/** A code that lets one device in; shown once, kept as a keyed digest. */
	makeCode(wanted: { kind: DeviceKind; name: string }, actor: Actor): CreatedCode;
	/** Uses a code up. The credential is returned only here. Refuses with PAIRING_CODE_UNKNOWN. */
	pair(code: string, now: number): { device: PairedDevice; credential: string };
	/** The device of a credential, and writes down that it was seen. */
	find(credential: string, now: number): PairedDevice | undefined;
	list(): PairedDevice[];
	/** Its credential is worth nothing from now on; false where there is no such device. */
	remove(id: DeviceId, actor: Actor): boolean;
}

/** `by` is the supervisor, by id; absent where IT's command did it. */
interface Actor {
	now: number;
	by?: StaffId | undefined;
}

export interface PairingDeps {
	database: StationDatabase;
	eventLog: EventLog;
	/** Kept outside the database, so that codes cannot be tried on a copy. */
	pepper: Buffer;
	newId: NewId;
}

/** Devices on the network that staff paired. The stream records who paired and who removed them. */
export function openPairing({ database, eventLog, pepper, newId }: PairingDeps): Pairing {
	const fields = {
		id: pairedDevice.id,
		kind: pairedDevice.kind,
		name: pairedDevice.name,
		pairedAt: pairedDevice.pairedAt,
		seenAt: pairedDevice.seenAt,
	};
	const find = database
		.select(fields)
		.from(pairedDevice)
		.where(eq(pairedDevice.credentialHash, sql.placeholder("hash")))
		.prepare();
	const digestOf = (code: string) => createHmac("sha256", pepper).update(`pairing ${code}`).digest("hex");

	const write = (change: Change, now: number, by: StaffId | undefined) =>
		eventLog.write((append) => append(change, now, by));
	const inTransaction = <T>(work: () => T): T => database.transaction(work, { behavior: "immediate" });

	return {
		makeCode: ({ kind, name }, { now, by }) =>
			inTransaction(() => {
				database.delete(pairingCode).where(lte(pairingCode.expiresAt, now)).run();
				const code = String(randomInt(0, 100_000_000)).padStart(8, "0");
				const expiresAt = now + CODE_LIFE_MS;
				const fresh = { kind, name, expiresAt };
				database
					.insert(pairingCode)
					.values({ digest: digestOf(code), ...fresh })
					.onConflictDoUpdate({ target: pairingCode.digest, set: fresh })
					.run();
				write({ type: "device.code-created", data: { kind, name } }, now, by);
				return { code, expiresAt };
			}),
		pair: (code, now) =>
			inTransaction(() => {
				// Taken away and read in one statement: of two devices that type at once, one is let in.
				const wanted = database
					.delete(pairingCode)
					.where(and(eq(pairingCode.digest, digestOf(code)), gt(pairingCode.expiresAt, now)))
					.returning()
					.get();
				if (!wanted) throw new Refusal("PAIRING_CODE_UNKNOWN");
				const credential = randomBytes(32).toString("base64url");
				const { kind, name } = wanted;
				const device = { id: newId<DeviceId>(now), kind, name, pairedAt: now, seenAt: now };
				database
					.insert(pairedDevice)
					.values({ ...device, credentialHash: hashOf(credential) })
					.run();
				write({ type: "device.paired", data: { device: device.id, kind, name } }, now, undefined);
				return { device, credential };
			}),
		find(credential, now) {
			const device = find.get({ hash: hashOf(credential) });
			if (device && Math.abs(now - device.seenAt) >= SEEN_INTERVAL_MS)
				database.update(pairedDevice).set({ seenAt: now }).where(eq(pairedDevice.id, device.id)).run();
			return device;
		},
		list: () => database.select(fields).from(pairedDevice).orderBy(pairedDevice.kind, pairedDevice.name).all(),
		remove: (id, { now, by }) =>
			inTransaction(() => {
				const { changes } = database.delete(pairedDevice).where(eq(pairedDevice.id, id)).run();
				if (changes > 0) write({ type: "device.removed", data: { device: id } }, now, by);
				return changes > 0;
			}),
	};
}

/** A credential is 256 random bits, so a plain hash is enough: it cannot be guessed from it. */
function hashOf(credential: string): string {
	return createHash("sha256").update(credential).digest("hex");
}
