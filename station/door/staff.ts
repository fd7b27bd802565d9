import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { eq, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { session, staff } from "../../db/station/schema/staff.ts";
import { PlainError } from "../../protocol/plain-error.ts";
import type { StaffRole } from "../../protocol/staff.ts";
import { Refusal } from "../refusal.ts";
import type { Stream } from "../tickets/stream.ts";

/** Wrong PINs in a row before the account rests, and for how long (milliseconds). */
const MOST_WRONG_PINS = 5;
const LOCKOUT = 15 * 60_000;

/** scrypt works under Electron's BoringSSL as well as under Node; N = 2^15 takes about 80 ms (measured). */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

const scryptAsync = promisify<string | Buffer, Buffer, number, object, Buffer>(scrypt);

export interface StaffBook {
	/** Adds an account, or gives an existing name a new PIN and role. PIN: 4 to 12 digits. */
	setPin(name: string, pin: string, role?: StaffRole): Promise<void>;
	/** Takes the account and its sessions away; false where there is none of that name. */
	remove(name: string): boolean;
	list(): { name: string; role: StaffRole }[];
	/** Checks a PIN at an instant. Refuses with SIGN_IN_REFUSED or STAFF_LOCKED. */
	check(name: string, pin: string, now: number): Promise<{ id: string; name: string; role: StaffRole }>;
}

export interface StaffParts {
	database: StationDatabase;
	stream: Stream;
	pepper: Buffer;
	newId(at: number): string;
}

/** Staff and their PINs. `pepper` is kept outside the database: who steals the file alone cannot try PINs. */
export function openStaffBook({ database, stream, pepper, newId }: StaffParts): StaffBook {
	const inTransaction = <T>(work: () => T): T => database.transaction(work, { behavior: "immediate" });
	const hashPin = (pin: string, salt: Buffer) => scryptAsync(pin, Buffer.concat([salt, pepper]), HASH_BYTES, COST);
	const find = (name: string) => database.select().from(staff).where(eq(staff.name, name)).get();
	// An unknown name costs the same time as a known one, so that names cannot be found out by the clock.
	const nobody = { salt: randomBytes(16), hash: randomBytes(HASH_BYTES) };

	return {
		async setPin(name, pin, role = "agent") {
			if (!/^\d{4,12}$/.test(pin)) throw new PlainError("PIN_REFUSED", "A PIN is 4 to 12 digits. Choose another.");
			if (name.trim() === "" || name.length > 64)
				throw new PlainError("NAME_REFUSED", "A name is 1 to 64 characters. Choose another.");
			const pinSalt = randomBytes(16);
			const pinHash = await hashPin(pin, pinSalt);
			const fresh = { role, pinSalt, pinHash, wrongPins: 0, lockedUntil: null };
			const now = Date.now();
			inTransaction(() =>
				stream.write((append) => {
					const { id } = database
						.insert(staff)
						.values({ id: newId(now), name, ...fresh })
						.onConflictDoUpdate({ target: staff.name, set: fresh })
						.returning({ id: staff.id })
						.get();
					append({ type: "staff.set", data: { staff: id, role } }, now);
				}),
			);
		},
		remove(name) {
			const now = Date.now();
			return inTransaction(() => {
				const found = find(name);
				if (!found) return false;
				stream.write((append) => {
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
			const before = find(name);
			if (before?.lockedUntil && before.lockedUntil > now)
				throw new Refusal("STAFF_LOCKED", { until: before.lockedUntil });
			const hash = await hashPin(pin, before?.pinSalt ?? nobody.salt);
			const right = timingSafeEqual(hash, before?.pinHash ?? nobody.hash);
			if (!before) throw new Refusal("SIGN_IN_REFUSED");
			if (right) {
				database.update(staff).set({ wrongPins: 0, lockedUntil: null }).where(eq(staff.id, before.id)).run();
				return { id: before.id, name: before.name, role: before.role };
			}
			// Counted in the database itself: several tries at once must not share one count.
			const { wrongPins } = database
				.update(staff)
				.set({ wrongPins: sql`${staff.wrongPins} + 1` })
				.where(eq(staff.id, before.id))
				.returning({ wrongPins: staff.wrongPins })
				.get();
			if (wrongPins < MOST_WRONG_PINS) throw new Refusal("SIGN_IN_REFUSED", { triesLeft: MOST_WRONG_PINS - wrongPins });
			const until = now + LOCKOUT;
			inTransaction(() =>
				stream.write((append) => {
					database.update(staff).set({ wrongPins: 0, lockedUntil: until }).where(eq(staff.id, before.id)).run();
					append({ type: "staff.locked", data: { staff: before.id, until } }, now);
				}),
			);
			throw new Refusal("STAFF_LOCKED", { until });
		},
	};
}
