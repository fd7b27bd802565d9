import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { session, staff } from "../../db/station/schema/staff.ts";
import type { Change } from "../../protocol/events/event.ts";
import type { CounterNumber, StaffId } from "../../protocol/model/ids.ts";
import type { StaffRole } from "../../protocol/model/staff.ts";
import type { EventLog } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";

/** A session ends by itself after a working day, in milliseconds. */
const SESSION_LENGTH_MS = 12 * 60 * 60_000;

export interface DeskSession {
	tokenHash: string;
	/** The member of staff: the id stands in events, the name on screens. */
	staffId: StaffId;
	staff: string;
	role: StaffRole;
	counter: CounterNumber;
	openedAt: number;
	expiresAt: number;
	/** Since when the member of staff is on a break. */
	pausedAt: number | null;
}

export interface Sessions {
	/**
	 * Opens a session at a counter: one for each counter, one for each member of staff, so that an
	 * earlier one of the same person ends. Refuses with COUNTER_TAKEN where another person is there,
	 * unless the counter is taken over: then theirs ends (handover).
	 */
	open(
		staffId: StaffId,
		at: { counter: CounterNumber; takeOver: boolean; now: number },
	): { token: string; expiresAt: number };
	/** The session of a bearer token. */
	find(token: string | undefined, now: number): DeskSession | undefined;
	/** The same, and refuses with SIGN_IN_REQUIRED where there is none. */
	require(token: string | undefined, now: number): DeskSession;
	close(session: DeskSession, now: number): void;
	/** Begins or ends a break. */
	pause(session: DeskSession, paused: boolean, now: number): void;
	/** Moves a member of staff to another counter; `by` is the supervisor. Refuses with COUNTER_TAKEN. */
	move(session: DeskSession, to: { counter: CounterNumber; by: StaffId; now: number }): void;
	/** Everybody who is signed in. */
	list(now: number): DeskSession[];
	/** How many counters have a member of staff at work. */
	openCounters(now: number): number;
}

/** Sessions and their events: who was at which counter, from when to when. */
export function openSessions(database: StationDatabase, eventLog: EventLog): Sessions {
	const fields = {
		tokenHash: session.tokenHash,
		staffId: staff.id,
		staff: staff.name,
		role: staff.role,
		counter: session.counter,
		openedAt: session.openedAt,
		expiresAt: session.expiresAt,
		pausedAt: session.pausedAt,
	};
	const live = gt(session.expiresAt, sql.placeholder("now"));
	const withStaff = () => database.select(fields).from(session).innerJoin(staff, eq(staff.id, session.staff));
	const find = withStaff()
		.where(and(eq(session.tokenHash, sql.placeholder("tokenHash")), live))
		.prepare();
	const everybody = withStaff().where(live).orderBy(session.counter).prepare();
	const counters = database
		.select({ count: sql<number>`count(distinct ${session.counter})` })
		.from(session)
		.where(and(live, sql`${session.pausedAt} is null`))
		.prepare();

	const write = (change: Change, now: number, by: StaffId) => eventLog.write((append) => append(change, now, by));
	/** Asked for at every issue; another process (paihao staff) may end sessions, which shows within the second. */
	let counted: { second: number; count: number } | undefined;
	const change = <T>(work: () => T): T => {
		counted = undefined;
		return database.transaction(work, { behavior: "immediate" });
	};
	const atCounter = (counter: CounterNumber, now: number) =>
		everybody.all({ now }).filter((one) => one.counter === counter);
	const end = ({ tokenHash, counter, staffId }: DeskSession, now: number, by = staffId) => {
		database.delete(session).where(eq(session.tokenHash, tokenHash)).run();
		write({ type: "counter.left", data: { counter } }, now, by);
	};

	const sessionOf = (token: string | undefined, now: number) =>
		token === undefined ? undefined : find.get({ tokenHash: hashOf(token), now });

	return {
		open: (staffId, { counter, takeOver, now }) =>
			change(() => {
				const token = randomBytes(32).toString("base64url");
				const expiresAt = now + SESSION_LENGTH_MS;
				database.delete(session).where(lte(session.expiresAt, now)).run();
				for (const other of atCounter(counter, now)) {
					if (other.staffId === staffId) continue;
					if (!takeOver) throw new Refusal("COUNTER_OCCUPIED", { counter, staff: other.staff });
					end(other, now, staffId);
				}
				for (const own of everybody.all({ now }).filter((one) => one.staffId === staffId)) end(own, now);
				database
					.insert(session)
					.values({ tokenHash: hashOf(token), staff: staffId, counter, openedAt: now, expiresAt })
					.run();
				write({ type: "counter.staffed", data: { counter } }, now, staffId);
				return { token, expiresAt };
			}),
		find: sessionOf,
		require(token, now) {
			const found = sessionOf(token, now);
			if (!found) throw new Refusal("SIGN_IN_REQUIRED");
			return found;
		},
		close: (own, now) => change(() => end(own, now)),
		pause: (own, paused, now) =>
			change(() => {
				if ((own.pausedAt !== null) === paused) return;
				database
					.update(session)
					.set({ pausedAt: paused ? now : null })
					.where(eq(session.tokenHash, own.tokenHash))
					.run();
				const { counter, staffId } = own;
				write({ type: paused ? "counter.paused" : "counter.resumed", data: { counter } }, now, staffId);
			}),
		move: (own, { counter, by, now }) =>
			change(() => {
				if (counter === own.counter) return;
				const other = atCounter(counter, now).at(0);
				if (other) throw new Refusal("COUNTER_OCCUPIED", { counter, staff: other.staff });
				database.update(session).set({ counter }).where(eq(session.tokenHash, own.tokenHash)).run();
				write({ type: "counter.left", data: { counter: own.counter } }, now, by);
				write({ type: "counter.staffed", data: { counter } }, now, by);
			}),
		list: (now) => everybody.all({ now }),
		openCounters(now) {
			const second = Math.floor(now / 1_000);
			if (counted?.second !== second) counted = { second, count: counters.get({ now })?.count ?? 0 };
			return counted.count;
		},
	};
}

/** A token is 256 random bits, so a plain hash is enough: it cannot be guessed from it. */
function hashOf(token: string): string {
	return createHash("sha256").update(token).digest("hex");
}
