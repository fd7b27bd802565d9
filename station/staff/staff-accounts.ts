import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { session, staff } from "../../db/station/schema/staff.ts";
import { UserError } from "../../lib/errors.ts";
import { RateLimiter } from "../../lib/rate-limiter.ts";
import { MINUTE_MS } from "../../lib/time/durations.ts";
import type { NewId, StaffId } from "../../protocol/model/ids.ts";
import type { StaffRole } from "../../protocol/model/staff.ts";
import type { Append, EventLog } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";

/**
 * Wrong PINs for a name before a device is held back from it, and for how long. The device is held back, never the
 * account: else anyone at one desk could lock all staff out at every other. Names that have no account count alike, so
 * that an answer does not say which exist. Kept in memory: a restart forgets it.
 */
const MAX_WRONG_PINS = 5;
const LOCKOUT_MS = 15 * MINUTE_MS;

/** scrypt works under Electron's BoringSSL as well as under Node; N = 2^15 takes about 80 ms (measured). */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

const scryptAsync = promisify<string | Buffer, Buffer, number, object, Buffer>(scrypt);

export interface StaffAccounts {
	/** Adds an account, or gives an existing name a new PIN and role and ends its sessions. PIN: 4 to 12 digits. */
	setPin(name: string, pin: string, role?: StaffRole): Promise<void>;
	/** Takes the account and its sessions away; false where there is none of that name. */
	remove(name: string): boolean;
	list(): { name: string; role: StaffRole }[];
	/**
	 * Checks a PIN that came from a device or address, at an instant. Rejects with Refusal SIGN_IN_REFUSED, or
	 * STAFF_LOCKED after too many wrong PINs from there.
	 */
	check(
		name: string,
		pin: string,
		attempt: { from: string; now: number },
	): Promise<{ id: StaffId; name: string; role: StaffRole }>;
}

export interface StaffAccountsDeps {
	database: StationDatabase;
	eventLog: EventLog;
	pepper: Buffer;
	newId: NewId;
}

/** Staff and their PINs. `pepper` is kept outside the database: who steals the file alone cannot try PINs. */
export function openStaffAccounts({ database, eventLog, pepper, newId }: StaffAccountsDeps): StaffAccounts {
	const inTransaction = <T>(work: () => T): T => database.transaction(work, { behavior: "immediate" });
	const hashPin = (pin: string, salt: Buffer) => scryptAsync(pin, Buffer.concat([salt, pepper]), HASH_BYTES, COST);
	const find = (name: string) => database.select().from(staff).where(eq(staff.name, name)).get();
	// An unknown name costs the same time as a known one, so that names cannot be found out by the clock.
	const decoy = { pinSalt: randomBytes(16), pinHash: randomBytes(HASH_BYTES) };

	const limiter = new RateLimiter({
		maxAttempts: MAX_WRONG_PINS,
		windowMs: LOCKOUT_MS,
		refuse: (until) => new Refusal("STAFF_LOCKED", { until }),
	});

	const endSessions = (id: StaffId, append: Append, now: number) => {
		const ended = database.delete(session).where(eq(session.staff, id)).returning().all();
		for (const { counter } of ended) append({ type: "counter.left", data: { counter } }, now);
	};

	return {
		async setPin(name, pin, role = "agent") {
			if (!/^\d{4,12}$/.test(pin)) throw new UserError("PIN_REFUSED", "A PIN is 4 to 12 digits. Choose another.");
			if (name.trim() === "" || name.length > 64)
				throw new UserError("NAME_REFUSED", "A name is 1 to 64 characters. Choose another.");
			const pinSalt = randomBytes(16);
			const pinHash = await hashPin(pin, pinSalt);
			const fresh = { role, pinSalt, pinHash };
			const now = Date.now();
			inTransaction(() =>
				eventLog.write((append) => {
					const { id } = database
						.insert(staff)
						.values({ id: newId(now), name, ...fresh })
						.onConflictDoUpdate({ target: staff.name, set: fresh })
						.returning({ id: staff.id })
						.get();
					endSessions(id, append, now);
					append({ type: "staff.saved", data: { staff: id, role } }, now);
				}),
			);
		},
		remove(name) {
			const now = Date.now();
			return inTransaction(() => {
				const found = find(name);
				if (!found) return false;
				eventLog.write((append) => {
					endSessions(found.id, append, now);
					database.delete(staff).where(eq(staff.id, found.id)).run();
					append({ type: "staff.removed", data: { staff: found.id } }, now);
				});
				return true;
			});
		},
		list: () => database.select({ name: staff.name, role: staff.role }).from(staff).orderBy(staff.name).all(),
		async check(name, pin, { from, now }) {
			const account = find(name);
			// With the salt, so that a new PIN begins with all attempts.
			const key = JSON.stringify([from, name, account?.pinSalt.toString("hex")]);
			limiter.requireBelowLimit(key, now);
			// Counted before the PIN is hashed, which takes a while: many attempts at once are many.
			const attempts = limiter.count(key, now);
			const hash = await hashPin(pin, (account ?? decoy).pinSalt);
			if (timingSafeEqual(hash, (account ?? decoy).pinHash) && account) {
				limiter.reset(key);
				return { id: account.id, name: account.name, role: account.role };
			}
			if (account && attempts === MAX_WRONG_PINS) {
				const data = { staff: account.id, until: now + LOCKOUT_MS };
				inTransaction(() => eventLog.write((append) => append({ type: "staff.locked", data }, now)));
			}
			limiter.requireBelowLimit(key, now);
			throw new Refusal("SIGN_IN_REFUSED", { triesLeft: MAX_WRONG_PINS - attempts });
		},
	};
}
