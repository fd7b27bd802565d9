import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { endedSession, session, staff } from "../../db/station/schema/staff.ts";
import { DAY_MS } from "../../lib/time/durations.ts";
import type { Change } from "../../protocol/events/event.ts";
import type { CounterNumber, StaffId } from "../../protocol/model/ids.ts";
import type { PauseReason, SessionEnd, SessionEndReason, StaffRole } from "../../protocol/model/staff.ts";
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
	pauseReason: PauseReason | null;
}

/** How long a desk can still learn why its session is over. */
const ENDS_KEPT_MS = 3 * DAY_MS;

export interface Sessions {
	/** Refuses with COUNTER_OCCUPIED where somebody else is at a counter. */
	requireFree(counter: CounterNumber, staffId: StaffId, now: number): void;
	/**
	 * Opens a session at a counter: one for each counter, one for each member of staff, so that an
	 * earlier one of the same person ends. Refuses with COUNTER_OCCUPIED where another person is there,
	 * unless the counter is taken over: then theirs ends (handover).
	 */
	open(
		staffId: StaffId,
		at: { counter: CounterNumber; takeOver: boolean; now: number },
	): { token: string; expiresAt: number };
	/** The session of a bearer token. */
	find(token: string | undefined, now: number): DeskSession | undefined;
	/** The same, and refuses with SIGN_IN_REQUIRED where there is none; the refusal says why it ended. */
	require(token: string | undefined, now: number): DeskSession;
	close(session: DeskSession, now: number): void;
	/** A supervisor ends somebody's session. */
	endBy(session: DeskSession, by: StaffId, now: number): void;
	/** Begins a break, or ends it (null). */
	pause(session: DeskSession, pause: { reason: PauseReason | null } | null, now: number): void;
	/** Moves a member of staff to another counter; `by` is the supervisor. Refuses with COUNTER_OCCUPIED. */
	move(session: DeskSession, to: { counter: CounterNumber; by: StaffId; now: number }): void;
	/** Everybody who is signed in. */
	list(now: number): DeskSession[];
	/** Every counter with a member of staff, and whether they are on a break. */
	staffed(now: number): readonly { counter: CounterNumber; isPaused: boolean }[];
	/** To be called after another room ended sessions. */
	refresh(): void;
	/** How many counters have a member of staff at work. */
	openCounters(now: number): number;
}

/** Sessions and their events: who was at which counter, from when to when. */
export function openSessions(database: StationDatabase, eventLog: EventLog, changed: () => void): Sessions {
	// Not a join: SQLite plans one anew for each token, and every act of a desk asks for its session.
	const fields = {
		tokenHash: session.tokenHash,
		staffId: session.staff,
		staff: sql<string>`(select name from staff where staff.id = "session"."staff")`,
		role: sql<StaffRole>`(select role from staff where staff.id = "session"."staff")`,
		counter: session.counter,
		openedAt: session.openedAt,
		expiresAt: session.expiresAt,
		pausedAt: session.pausedAt,
		pauseReason: session.pauseReason,
	};
	const live = gt(session.expiresAt, sql.placeholder("now"));
	const withStaff = () => database.select(fields).from(session);
	const find = withStaff()
		.where(and(eq(session.tokenHash, sql.placeholder("tokenHash")), live))
		.prepare();
	const everybody = withStaff().where(live).orderBy(session.counter).prepare();
	const counters = database
		.select({ counter: session.counter, isPaused: sql<number>`${session.pausedAt} is not null` })
		.from(session)
		.where(live)
		.orderBy(session.counter)
		.prepare();
	const endOf = database
		.select({ reason: endedSession.reason, by: staff.name, counter: endedSession.counter, at: endedSession.endedAt })
		.from(endedSession)
		.leftJoin(staff, eq(staff.id, endedSession.by))
		.where(eq(endedSession.tokenHash, sql.placeholder("tokenHash")))
		.prepare();
	const expiryOf = database
		.select({ expiresAt: session.expiresAt })
		.from(session)
		.where(eq(session.tokenHash, sql.placeholder("tokenHash")))
		.prepare();

	const write = (change: Change, now: number, by: StaffId) => eventLog.write((append) => append(change, now, by));
	/** Asked for at every issue; another process (paihao staff) may end sessions, which shows within the second. */
	let known: { second: number; staffed: { counter: CounterNumber; isPaused: boolean }[] } | undefined;
	const change = <T>(work: () => T): T => {
		known = undefined;
		const done = database.transaction(work, { behavior: "immediate" });
		changed();
		return done;
	};
	const staffed = (now: number) => {
		const second = Math.floor(now / 1_000);
		if (known?.second !== second)
			known = {
				second,
				staffed: counters.all({ now }).map(({ counter, isPaused }) => ({ counter, isPaused: isPaused === 1 })),
			};
		return known.staffed;
	};
	const atCounter = (counter: CounterNumber, now: number) =>
		everybody.all({ now }).filter((one) => one.counter === counter);
	const end = ({ tokenHash, counter, staffId }: DeskSession, now: number, by = staffId) => {
		database.delete(session).where(eq(session.tokenHash, tokenHash)).run();
		write({ type: "counter.left", data: { counter } }, now, by);
	};
	const requireFree: Sessions["requireFree"] = (counter, staffId, now) => {
		const other = atCounter(counter, now).find((one) => one.staffId !== staffId);
		if (other) throw new Refusal("COUNTER_OCCUPIED", { counter, staff: other.staff });
	};
	/** Why the session of a token is over; undefined where nothing is known of it. */
	const readEnd = (token: string, now: number): SessionEnd | undefined => {
		const tokenHash = hashOf(token);
		const ended = endOf.get({ tokenHash });
		if (ended) return ended;
		const expired = expiryOf.get({ tokenHash });
		return expired && expired.expiresAt <= now
			? { reason: "expired", by: null, counter: null, at: expired.expiresAt }
			: undefined;
	};
	const forgetOld = (now: number) => {
		const expired = database.delete(session).where(lte(session.expiresAt, now)).returning().all();
		for (const { tokenHash, expiresAt } of expired)
			noteSessionEnd(database, { tokenHash, reason: "expired", endedAt: expiresAt });
		database
			.delete(endedSession)
			.where(lte(endedSession.endedAt, now - ENDS_KEPT_MS))
			.run();
	};

	const sessionOf = (token: string | undefined, now: number) =>
		token === undefined ? undefined : find.get({ tokenHash: hashOf(token), now });

	return {
		requireFree,
		open: (staffId, { counter, takeOver, now }) =>
			change(() => {
				const token = randomBytes(32).toString("base64url");
				const expiresAt = now + SESSION_LENGTH_MS;
				forgetOld(now);
				if (!takeOver) requireFree(counter, staffId, now);
				for (const other of atCounter(counter, now)) {
					if (other.staffId === staffId) continue;
					noteSessionEnd(database, { ...other, reason: "taken-over", by: staffId, endedAt: now });
					end(other, now, staffId);
				}
				for (const own of everybody.all({ now }).filter((one) => one.staffId === staffId)) {
					noteSessionEnd(database, { ...own, reason: "signed-in-elsewhere", counter, endedAt: now });
					end(own, now);
				}
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
			if (found) return found;
			const ended = token === undefined ? undefined : readEnd(token, now);
			throw new Refusal("SIGN_IN_REQUIRED", ended && { ended });
		},
		close: (own, now) => change(() => end(own, now)),
		endBy: (own, by, now) =>
			change(() => {
				noteSessionEnd(database, { ...own, reason: "ended-by-supervisor", by, counter: null, endedAt: now });
				end(own, now, by);
			}),
		pause: (own, pause, now) =>
			change(() => {
				const reason = pause?.reason ?? null;
				// A reason may come after the break began.
				const isExplained = pause !== null && reason !== null && reason !== own.pauseReason;
				if ((own.pausedAt !== null) === (pause !== null) && !isExplained) return;
				database
					.update(session)
					.set({ pausedAt: pause ? (own.pausedAt ?? now) : null, pauseReason: reason })
					.where(eq(session.tokenHash, own.tokenHash))
					.run();
				const { counter, staffId } = own;
				if (pause) write({ type: "counter.paused", data: { counter, ...(reason && { reason }) } }, now, staffId);
				else write({ type: "counter.resumed", data: { counter } }, now, staffId);
			}),
		move: (own, { counter, by, now }) =>
			change(() => {
				if (counter === own.counter) return;
				requireFree(counter, own.staffId, now);
				database.update(session).set({ counter }).where(eq(session.tokenHash, own.tokenHash)).run();
				write({ type: "counter.left", data: { counter: own.counter } }, now, by);
				write({ type: "counter.staffed", data: { counter } }, now, by);
			}),
		list: (now) => everybody.all({ now }),
		staffed,
		refresh() {
			known = undefined;
			changed();
		},
		openCounters: (now) => new Set(staffed(now).flatMap(({ counter, isPaused }) => (isPaused ? [] : [counter]))).size,
	};
}

/** Keeps why a session is over, in the caller's transaction. */
export function noteSessionEnd(
	database: StationDatabase,
	ended: {
		tokenHash: string;
		reason: SessionEndReason;
		by?: StaffId | undefined;
		/** Where the same person signed in instead. */
		counter?: CounterNumber | null;
		endedAt: number;
	},
): void {
	const { tokenHash, reason, by = null, counter = null, endedAt } = ended;
	const kept = { reason, by, counter: reason === "signed-in-elsewhere" ? counter : null, endedAt };
	database
		.insert(endedSession)
		.values({ tokenHash, ...kept })
		.onConflictDoUpdate({ target: endedSession.tokenHash, set: kept })
		.run();
}

/** A token is 256 random bits, so a plain hash is enough: it cannot be guessed from it. */
function hashOf(token: string): string {
	return createHash("sha256").update(token).digest("hex");
}
