import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { session, staff } from "../../db/station/schema/staff.ts";
import { UserError } from "../../lib/errors.ts";
import type { StaffRole } from "../../protocol/model/staff.ts";
import type { EventLog } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";

/** Wrong PINs in a row before the account rests, and for how long (milliseconds). */
const MAX_WRONG_PINS = 5;
const LOCKOUT_MS = 15 * 60_000;

/** scrypt works under Electron's BoringSSL as well as under Node; N = 2^15 takes about 80 ms (measured). */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

const scryptAsync = promisify<string | Buffer, Buffer, number, object, Buffer>(scrypt);

export interface StaffAccounts {
	/** Adds an account, or gives an existing name a new PIN and role. PIN: 4 to 12 digits. */
	setPin(name: string, pin: string, role?: StaffRole): Promise<void>;
	/** Takes the account and its sessions away; false where there is none of that name. */
	remove(name: string): boolean;
	list(): { name: string; role: StaffRole }[];
	/** Checks a PIN at an instant. Refuses with SIGN_IN_REFUSED or STAFF_LOCKED. */
	check(name: string, pin: string, now: number): Promise<{ id: string; name: string; role: StaffRole }>;
}

export interface StaffAccountsDeps {
	database: StationDatabase;
	eventLog: EventLog;
	pepper: Buffer;
	newId(at: number): string;
}

/** Staff and their PINs. `pepper` is kept outside the database: who steals the file alone cannot try PINs. */
export function openStaffAccounts({ database, eventLog, pepper, newId }: StaffAccountsDeps): StaffAccounts {
	const inTransaction = <T>(work: () => T): T => database.transaction(work, { behavior: "immediate" });
	const hashPin = (pin: string, salt: Buffer) => scryptAsync(pin, Buffer.concat([salt, pepper]), HASH_BYTES, COST);
	const find = (name: string) => database.select().from(staff).where(eq(staff.name, name)).get();
	// An unknown name costs the same time as a known one, so that names cannot be found out by the clock.
	const nobody = { salt: randomBytes(16), hash: randomBytes(HASH_BYTES) };

	const lockOf = ({ lockedUntil }: { lockedUntil: number | null }, now: number) =>
		lockedUntil !== null && lockedUntil > now ? lockedUntil : null;

	/** Within a transaction. */
	function lock(id: string, now: number): number {
		const until = now + LOCKOUT_MS;
		eventLog.write((append) => {
			database.update(staff).set({ failedPins: 0, lockedUntil: until }).where(eq(staff.id, id)).run();
			append({ type: "staff.locked", data: { staff: id, until } }, now);
		});
		return until;
	}

	/**
	 * Counts a try as wrong before its PIN is hashed: hashing takes a while, and many tries at once would all
	 * find the account open. One more than the most, while those are still being hashed, locks the account
	 * by itself; so does the first after a station that ended amid them, whose count would else stand for ever.
	 */
	const begin = (name: string, now: number) =>
		inTransaction(() => {
			const account = find(name);
			if (!account) return undefined;
			const tries = account.failedPins + 1;
			const lockedUntil = lockOf(account, now);
			if (lockedUntil !== null) return { account, tries, lockedUntil };
			if (tries > MAX_WRONG_PINS) return { account, tries, lockedUntil: lock(account.id, now) };
			database.update(staff).set({ failedPins: tries }).where(eq(staff.id, account.id)).run();
			return { account, tries, lockedUntil };
		});

	/** Ends a try that was begun at `now`; until when the account is locked, or null. A lock that others set meanwhile stands, also against the right PIN. */
	const conclude = (id: string, tries: number, right: boolean, now: number) =>
		inTransaction(() => {
			const account = database.select().from(staff).where(eq(staff.id, id)).get();
			if (!account) throw new Refusal("SIGN_IN_REFUSED");
			const lockedUntil = lockOf(account, now);
			if (lockedUntil !== null) return lockedUntil;
			if (!right) return tries < MAX_WRONG_PINS ? null : lock(id, now);
			database.update(staff).set({ failedPins: 0, lockedUntil: null }).where(eq(staff.id, id)).run();
			return null;
		});

	return {
		async setPin(name, pin, role = "agent") {
			if (!/^\d{4,12}$/.test(pin)) throw new UserError("PIN_REFUSED", "A PIN is 4 to 12 digits. Choose another.");
			if (name.trim() === "" || name.length > 64)
				throw new UserError("NAME_REFUSED", "A name is 1 to 64 characters. Choose another.");
			const pinSalt = randomBytes(16);
			const pinHash = await hashPin(pin, pinSalt);
			const fresh = { role, pinSalt, pinHash, failedPins: 0, lockedUntil: null };
			const now = Date.now();
			inTransaction(() =>
				eventLog.write((append) => {
					const { id } = database
						.insert(staff)
						.values({ id: newId(now), name, ...fresh })
						.onConflictDoUpdate({ target: staff.name, set: fresh })
						.returning({ id: staff.id })
						.get();
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
					const left = database.delete(session).where(eq(session.staff, found.id)).returning().all();
					for (const { counter } of left) append({ type: "counter.left", data: { counter } }, now);
					database.delete(staff).where(eq(staff.id, found.id)).run();
					append({ type: "staff.removed", data: { staff: found.id } }, now);
				});
				return true;
			});
		},
		list: () => database.select({ name: staff.name, role: staff.role }).from(staff).orderBy(staff.name).all(),
		async check(name, pin, now) {
			const begun = begin(name, now);
			if (begun?.lockedUntil) throw new Refusal("STAFF_LOCKED", { until: begun.lockedUntil });
			const hash = await hashPin(pin, begun?.account.pinSalt ?? nobody.salt);
			const right = timingSafeEqual(hash, begun?.account.pinHash ?? nobody.hash);
			if (!begun) throw new Refusal("SIGN_IN_REFUSED");
			const { account, tries } = begun;
			const until = conclude(account.id, tries, right, now);
			if (until !== null) throw new Refusal("STAFF_LOCKED", { until });
			if (!right) throw new Refusal("SIGN_IN_REFUSED", { triesLeft: MAX_WRONG_PINS - tries });
			return { id: account.id, name: account.name, role: account.role };
		},
	};
}
