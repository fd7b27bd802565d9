import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { session, staff } from "../../db/station/schema.ts";
import { Refusal } from "../refusal.ts";

/** A session ends by itself after a working day, in milliseconds. */
const SESSION_LENGTH = 12 * 60 * 60_000;

export interface DeskSession {
	tokenHash: string;
	staff: string;
	counter: string;
	expiresAt: number;
}

export interface Sessions {
	open(staffId: string, counter: string, now: number): { token: string; expiresAt: number };
	/** The session of a bearer token. Refuses with SIGN_IN_REQUIRED. */
	require(token: string | undefined, now: number): DeskSession;
	close(tokenHash: string): void;
	/** How many counters have a member of staff signed in. */
	openCounters(now: number): number;
}

export function openSessions(database: StationDatabase): Sessions {
	const find = database
		.select({ tokenHash: session.tokenHash, staff: staff.name, counter: session.counter, expiresAt: session.expiresAt })
		.from(session)
		.innerJoin(staff, eq(staff.id, session.staff))
		.where(and(eq(session.tokenHash, sql.placeholder("tokenHash")), gt(session.expiresAt, sql.placeholder("now"))))
		.prepare();
	const counters = database
		.select({ count: sql<number>`count(distinct ${session.counter})` })
		.from(session)
		.where(gt(session.expiresAt, sql.placeholder("now")))
		.prepare();

	return {
		open(staffId, counter, now) {
			const token = randomBytes(32).toString("base64url");
			const expiresAt = now + SESSION_LENGTH;
			database.delete(session).where(lte(session.expiresAt, now)).run();
			database
				.insert(session)
				.values({ tokenHash: hashOf(token), staff: staffId, counter, openedAt: now, expiresAt })
				.run();
			return { token, expiresAt };
		},
		require(token, now) {
			const found = token === undefined ? undefined : find.get({ tokenHash: hashOf(token), now });
			if (!found) throw new Refusal("SIGN_IN_REQUIRED");
			return found;
		},
		close(tokenHash) {
			database.delete(session).where(eq(session.tokenHash, tokenHash)).run();
		},
		openCounters: (now) => counters.get({ now })?.count ?? 0,
	};
}

/** A token is 256 random bits, so a plain hash is enough: it cannot be guessed from it. */
function hashOf(token: string): string {
	return createHash("sha256").update(token).digest("hex");
}
