import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { and, eq, gt, lte } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { administrator, administratorSession } from "../../db/server/schema/administrators.ts";
import { UserError } from "../../lib/errors.ts";
import { HOUR_MS } from "../../lib/time/durations.ts";
import { Refusal } from "../refusal.ts";

/** A session ends by itself after a working day. */
const SESSION_MS = 12 * HOUR_MS;
/** As for the PINs of staff: about 80 ms (measured). */
const SCRYPT_COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;
const scryptAsync = promisify<string, Buffer, number, object, Buffer>(scrypt);

export interface Administrators {
	/** Makes an account, or gives it a new password and ends its sessions. Returns the password, which is kept nowhere. */
	add(name: string): Promise<string>;
	/** The names of all accounts, sorted. */
	list(): Promise<string[]>;
	/** Removes an account and ends its sessions. False if there is no such account. */
	remove(name: string): Promise<boolean>;
	/**
	 * Opens a session. Throws Refusal SIGN_IN_REFUSED, after the same time for an unknown name as for a known one.
	 * Wrong passwords never lock an account: anyone could lock IT out with them. The caller limits each address, and
	 * 100 random bits cannot be guessed.
	 */
	signIn(name: string, password: string, now: number): Promise<{ token: string; expiresAt: number }>;
	/** The name of the administrator who is signed in with a token; undefined where there is none. */
	find(token: string | undefined, now: number): Promise<string | undefined>;
	signOut(token: string): Promise<void>;
}

/** The accounts of the server's administrators. Passwords are generated, never chosen: 100 random bits. */
export function openAdministrators(database: ServerDatabase): Administrators {
	const noAccount = { salt: randomBytes(16).toString("hex"), hash: randomBytes(HASH_BYTES).toString("hex") };
	const hashOf = (password: string, salt: string) =>
		scryptAsync(password, Buffer.from(salt, "hex"), HASH_BYTES, SCRYPT_COST);

	return {
		async add(name) {
			if (name.trim() === "" || name.length > 64)
				throw new UserError("NAME_REFUSED", "A name is 1 to 64 characters. Choose another.");
			const password = Array.from({ length: 4 }, () => randomBytes(4).toString("base64url").slice(0, 5)).join("-");
			const salt = randomBytes(16).toString("hex");
			const fresh = { salt, hash: (await hashOf(password, salt)).toString("hex") };
			await database
				.insert(administrator)
				.values({ name, ...fresh })
				.onConflictDoUpdate({ target: administrator.name, set: fresh });
			await database.delete(administratorSession).where(eq(administratorSession.administrator, name));
			return password;
		},
		async list() {
			const rows = await database.select({ name: administrator.name }).from(administrator);
			return rows.map(({ name }) => name).sort();
		},
		remove: (name) =>
			database.transaction(async (tx) => {
				await tx.delete(administratorSession).where(eq(administratorSession.administrator, name));
				const removed = await tx
					.delete(administrator)
					.where(eq(administrator.name, name))
					.returning({ name: administrator.name });
				return removed.length === 1;
			}),
		async signIn(name, password, now) {
			const [found] = await database.select().from(administrator).where(eq(administrator.name, name));
			const { salt, hash } = found ?? noAccount;
			const isRight = timingSafeEqual(await hashOf(password, salt), Buffer.from(hash, "hex"));
			if (!found || !isRight) throw new Refusal("SIGN_IN_REFUSED");
			await database.delete(administratorSession).where(lte(administratorSession.expiresAt, now));
			const token = randomBytes(32).toString("base64url");
			const expiresAt = now + SESSION_MS;
			await database
				.insert(administratorSession)
				.values({ tokenHash: digestOf(token), administrator: name, expiresAt });
			return { token, expiresAt };
		},
		async find(token, now) {
			if (token === undefined) return undefined;
			const [found] = await database
				.select({ name: administratorSession.administrator })
				.from(administratorSession)
				.where(and(eq(administratorSession.tokenHash, digestOf(token)), gt(administratorSession.expiresAt, now)));
			return found?.name;
		},
		async signOut(token) {
			await database.delete(administratorSession).where(eq(administratorSession.tokenHash, digestOf(token)));
		},
	};
}

/** A token is 256 random bits, so a plain hash is enough. */
const digestOf = (token: string) => createHash("sha256").update(token).digest("hex");
