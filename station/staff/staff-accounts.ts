import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { eq, ne } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { session, staff } from "../../db/station/schema/staff.ts";
import { compareNaturally } from "../../lib/compare-naturally.ts";
import { UserError } from "../../lib/errors.ts";
import { RateLimiter } from "../../lib/rate-limiter.ts";
import { MINUTE_MS } from "../../lib/time/durations.ts";
import type { NewId, StaffId } from "../../protocol/model/ids.ts";
import type { SessionEndReason, StaffRole } from "../../protocol/model/staff.ts";
import type { Append, EventLog } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";
import { noteSessionEnd } from "./sessions.ts";
import { isStaffName, nameKey, tidyName } from "./staff-name.ts";

/**
 * Wrong PINs for a name before a device is held back from it, and for how long. The device is held back, never the
 * account: else anyone at one desk could lock all staff out at every other. Names that have no account count alike, so
 * that an answer does not say which exist. Kept in memory: a restart forgets it.
 */
const MAX_WRONG_PINS = 5;
const LOCKOUT_MS = 15 * MINUTE_MS;

/** scrypt's N. It works under Electron's BoringSSL as well as under Node; 2^15 takes about 80 ms (measured). */
const PIN_COST = 2 ** 15;
const HASH_BYTES = 32;
/** In place of salt and hash where an account has no PIN. */
const NO_PIN = Buffer.alloc(0);

const scryptAsync = promisify<string | Buffer, Buffer, number, object, Buffer>(scrypt);

export interface StaffAccount {
	id: StaffId;
	name: string;
	role: StaffRole;
	/** False for an account that came from a device before this one, until somebody gives it a PIN. */
	hasPin: boolean;
}

type NamedAccount = Pick<StaffAccount, "id" | "name">;

/** Who changes an account and when (UTC ms). */
export interface AccountActor {
	/** Left out for the command line, which has no account. */
	by?: StaffId | undefined;
	now: number;
}

/** Names are found in any case: see nameKey. */
export interface StaffAccounts {
	/** Adds an account, or gives an existing name a new PIN and role and ends its sessions. PIN: 4 to 12 digits. */
	setPin(name: string, pin: string, role: StaffRole, actor: AccountActor): Promise<void>;
	/** Adds the accounts whose id and name are new here. Nobody can sign in with one before setPin. */
	addWithoutPin(accounts: readonly Omit<StaffAccount, "hasPin">[], actor: AccountActor): void;
	/** Adds an account. Refuses with STAFF_EXISTS where the name has one, also one that was made while the PIN was hashed. */
	add(name: string, pin: string, role: StaffRole, actor: AccountActor): Promise<NamedAccount>;
	/**
	 * Gives an account a new PIN and ends its sessions; its role stays as it is then. Refuses with STAFF_UNKNOWN where the
	 * account has been removed.
	 */
	resetPin(id: StaffId, pin: string, actor: AccountActor): Promise<NamedAccount>;
	/** Takes the account and its sessions away; false where there is none of that name. */
	remove(name: string, actor: AccountActor): boolean;
	/** By name. */
	list(): StaffAccount[];
	find(name: string): StaffAccount | undefined;
	/** Gives an account another role. Its session stays, and has the new role at once. */
	setRole(id: StaffId, role: StaffRole, actor: AccountActor): void;
	/** Until when wrong PINs hold a device back from an account; null where none is. */
	lockedUntil(id: StaffId, now: number): number | null;
	/** Forgets the wrong PINs of an account, on every device. */
	unlock(id: StaffId, actor: AccountActor): void;
	/** A supervisor or administrator with this PIN. Counts nothing: whoever asks must hold back those who try many. */
	findSupervisor(pin: string): Promise<{ id: StaffId } | undefined>;
	/**
	 * Checks a PIN that came from a device or address, at an instant. Rejects with Refusal SIGN_IN_REFUSED, PIN_MISSING,
	 * or STAFF_LOCKED after too many wrong PINs from there.
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
	/** scrypt's N; PIN_COST unless a test wants its answers sooner. A PIN is checked at the cost that it was set at. */
	pinCost?: number | undefined;
	/** After a change that screens show. */
	changed?(): void;
}

function requireName(given: string): string {
	const name = tidyName(given);
	if (!isStaffName(name))
		throw new UserError(
			"NAME_REFUSED",
			"A name is 1 to 64 characters, without marks that are not seen. Choose another.",
		);
	return name;
}

/** Staff and their PINs. `pepper` is kept outside the database: who steals the file alone cannot try PINs. */
export function openStaffAccounts({
	database,
	eventLog,
	pepper,
	newId,
	pinCost = PIN_COST,
	changed,
}: StaffAccountsDeps): StaffAccounts {
	const inTransaction = <T>(work: () => T): T => database.transaction(work, { behavior: "immediate" });
	const cost = { N: pinCost, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
	const hashPin = (pin: string, salt: Buffer) => scryptAsync(pin, Buffer.concat([salt, pepper]), HASH_BYTES, cost);
	/** The account of exactly this name first: older stations may have two that differ in their case. */
	const find = (name: string) => {
		const named = database
			.select()
			.from(staff)
			.all()
			.filter((one) => nameKey(one.name) === nameKey(name));
		return named.find((one) => one.name === name) ?? named[0];
	};
	// An unknown name costs the same time as a known one, so that names cannot be found out by the clock.
	const decoy = { pinSalt: randomBytes(16), pinHash: randomBytes(HASH_BYTES) };

	const limiter = new RateLimiter({
		maxAttempts: MAX_WRONG_PINS,
		windowMs: LOCKOUT_MS,
		refuse: (until) => new Refusal("STAFF_LOCKED", { until }),
	});

	/** Until when an account is locked on some device, and how often its attempts were forgotten. */
	const locks = new Map<StaffId, number>();
	const unlocks = new Map<StaffId, number>();

	const endSessions = (id: StaffId, reason: SessionEndReason, append: Append, now: number, by?: StaffId) => {
		const ended = database.delete(session).where(eq(session.staff, id)).returning().all();
		for (const { tokenHash, counter } of ended) {
			// Staff who give themselves a new PIN did it themselves.
			noteSessionEnd(database, { tokenHash, reason, by, endedAt: now });
			append({ type: "counter.left", data: { counter } }, now, by);
		}
	};

	const hashNewPin = async (pin: string) => {
		if (!/^\d{4,12}$/.test(pin)) throw new UserError("PIN_REFUSED", "A PIN is 4 to 12 digits. Choose another.");
		const pinSalt = randomBytes(16);
		return { pinSalt, pinHash: await hashPin(pin, pinSalt) };
	};
	/** `choose` looks at the accounts within the transaction: hashing took a while, and others change them too. */
	const savePin = (choose: () => Omit<typeof staff.$inferInsert, "id">, { by, now }: AccountActor): NamedAccount => {
		const saved = inTransaction(() =>
			eventLog.write((append) => {
				const { name, ...fresh } = choose();
				const account = database
					.insert(staff)
					.values({ id: newId(now), name, ...fresh })
					.onConflictDoUpdate({ target: staff.name, set: fresh })
					.returning({ id: staff.id, name: staff.name, role: staff.role })
					.get();
				endSessions(account.id, "pin-changed", append, now, by);
				append({ type: "staff.saved", data: { staff: account.id, role: account.role } }, now, by);
				locks.delete(account.id);
				return account;
			}),
		);
		changed?.();
		return saved;
	};

	return {
		async setPin(given, pin, role, actor) {
			const name = requireName(given);
			const fresh = await hashNewPin(pin);
			savePin(() => ({ name: find(name)?.name ?? name, role, ...fresh }), actor);
		},
		async add(given, pin, role, actor) {
			const name = requireName(given);
			const fresh = await hashNewPin(pin);
			return savePin(() => {
				const known = find(name);
				if (known) throw new Refusal("STAFF_EXISTS", { name: known.name });
				return { name, role, ...fresh };
			}, actor);
		},
		async resetPin(id, pin, actor) {
			const fresh = await hashNewPin(pin);
			return savePin(() => {
				const found = database.select().from(staff).where(eq(staff.id, id)).get();
				if (!found) throw new Refusal("STAFF_UNKNOWN", { staff: id });
				return { name: found.name, role: found.role, ...fresh };
			}, actor);
		},
		addWithoutPin(accounts, { by, now }) {
			inTransaction(() => {
				const known = database.select().from(staff).all();
				const isNew = ({ id, name }: { id: StaffId; name: string }) =>
					known.every((one) => one.id !== id && nameKey(one.name) !== nameKey(name));
				for (const account of accounts.filter(isNew)) {
					const { id, role } = account;
					eventLog.write((append) => append({ type: "staff.saved", data: { staff: id, role } }, now, by));
					database
						.insert(staff)
						.values({ ...account, pinSalt: NO_PIN, pinHash: NO_PIN })
						.run();
				}
			});
			changed?.();
		},
		remove(name, { by, now }) {
			const isRemoved = inTransaction(() => {
				const found = find(name);
				if (!found) return false;
				eventLog.write((append) => {
					endSessions(found.id, "account-removed", append, now, by);
					database.delete(staff).where(eq(staff.id, found.id)).run();
					append({ type: "staff.removed", data: { staff: found.id } }, now, by);
				});
				return true;
			});
			changed?.();
			return isRemoved;
		},
		list: () =>
			database
				.select()
				.from(staff)
				.all()
				.map(toAccount)
				.sort((one, other) => compareNaturally(one.name, other.name)),
		find(name) {
			const found = find(name);
			return found && toAccount(found);
		},
		setRole(id, role, { by, now }) {
			inTransaction(() =>
				eventLog.write((append) => {
					database.update(staff).set({ role }).where(eq(staff.id, id)).run();
					append({ type: "staff.saved", data: { staff: id, role } }, now, by);
				}),
			);
			changed?.();
		},
		lockedUntil(id, now) {
			const until = locks.get(id) ?? 0;
			return until > now ? until : null;
		},
		unlock(id, { by, now }) {
			inTransaction(() => eventLog.write((append) => append({ type: "staff.unlocked", data: { staff: id } }, now, by)));
			locks.delete(id);
			unlocks.set(id, (unlocks.get(id) ?? 0) + 1);
			changed?.();
		},
		async findSupervisor(pin) {
			const accounts = database.select().from(staff).where(ne(staff.role, "agent")).all().filter(hasPin);
			// All of them, so that the time does not say whose PIN it is.
			const hashes = await Promise.all(accounts.map(({ pinSalt }) => hashPin(pin, pinSalt)));
			return accounts.find(({ pinHash }, index) => timingSafeEqual(hashes[index] ?? decoy.pinHash, pinHash));
		},
		async check(name, pin, { from, now }) {
			const account = find(name);
			if (account && !hasPin(account)) throw new Refusal("PIN_MISSING", { name: account.name });
			// With the salt and the unlocks, so that a new PIN and an unlocked account begin with all attempts.
			const generation = account && [account.pinSalt.toString("hex"), unlocks.get(account.id)];
			const key = JSON.stringify([from, nameKey(name), generation]);
			limiter.requireBelowLimit(key, now);
			// Counted before the PIN is hashed, which takes a while: many attempts at once are many.
			const attempts = limiter.count(key, now);
			// A Chinese keyboard may type the digits in full width.
			const hash = await hashPin(pin.normalize("NFKC"), (account ?? decoy).pinSalt);
			if (timingSafeEqual(hash, (account ?? decoy).pinHash) && account) {
				limiter.reset(key);
				return { id: account.id, name: account.name, role: account.role };
			}
			if (account && attempts === MAX_WRONG_PINS) {
				const data = { staff: account.id, until: now + LOCKOUT_MS };
				inTransaction(() => eventLog.write((append) => append({ type: "staff.locked", data }, now)));
				locks.set(account.id, data.until);
			}
			limiter.requireBelowLimit(key, now);
			throw new Refusal("SIGN_IN_REFUSED", { triesLeft: MAX_WRONG_PINS - attempts });
		},
	};
}

const hasPin = ({ pinHash }: typeof staff.$inferSelect) => pinHash.length > 0;

function toAccount(row: typeof staff.$inferSelect): StaffAccount {
	const { id, name, role } = row;
	return { id, name, role, hasPin: hasPin(row) };
}
