/*
 * The time that a station goes by. Three clocks are held against each other: the machine's wall clock, which anybody
 * can set and which comes up wrong on a machine with an empty battery; the time since the machine was switched on,
 * which nobody can set and which counts sleep; and the server's, where there is a network. Pure rules: all instants
 * come in as arguments, in UTC milliseconds.
 */

/** A difference that time servers and a slow read make. Beyond it somebody, or something, set the clock. */
export const TOLERANCE_MS = 2 * 60_000;
/** A station that was switched off longer than this is rare enough to be asked about: the summer's closing is shorter. */
export const LONGEST_ABSENCE_MS = 100 * 86_400_000;
/** A program without any event of its own cannot be older than this at its first start. */
const LONGEST_SHELF_LIFE_MS = 3 * 365 * 86_400_000;

export interface Clocks {
	/** The machine's clock. */
	wall: number;
	/** Milliseconds since the machine was switched on, sleep included. */
	uptime: number;
}

/** Why the machine's clock is not believed. */
export type Doubt =
	/** It was moved while the machine was on. */
	| { kind: "jumped"; byMs: number }
	/** It is before the station's last event, or before the program was built. */
	| { kind: "behind"; byMs: number }
	/** It is so far after the last event, or after the program was built, that it is more likely wrong. */
	| { kind: "ahead"; byMs: number }
	/** The server's clock differs from this one, and either may be wrong: a person must look, and the station goes on. */
	| { kind: "server-differs"; byMs: number };

/** What the station knows of the time: an instant that it trusts, and how long the machine was on at that instant. */
export interface TrustedTime {
	anchor: Clocks;
	doubt: Doubt | null;
}

/** The instant to go by now: the trusted one and the time that has passed since, whatever the wall clock says. Whole milliseconds. */
export function trustedNow({ anchor }: TrustedTime, { uptime }: Pick<Clocks, "uptime">): number {
	return Math.floor(anchor.wall + Math.max(0, uptime - anchor.uptime));
}

/**
 * The time at the start. `lastEventAt` is the station's last event, or its last confirmed time; `builtAt` is when the
 * program was built. A wall clock that fits is believed; else the station goes on from its last event.
 */
export function startTime(now: Clocks, known: { lastEventAt: number | undefined; builtAt: number }): TrustedTime {
	const { lastEventAt, builtAt } = known;
	const earliest = lastEventAt ?? builtAt;
	const latest = earliest + (lastEventAt === undefined ? LONGEST_SHELF_LIFE_MS : LONGEST_ABSENCE_MS);
	if (now.wall < earliest - TOLERANCE_MS)
		return {
			anchor: { wall: earliest, uptime: now.uptime },
			doubt: { kind: "behind", byMs: earliest - now.wall },
		};
	if (now.wall > latest)
		return { anchor: { wall: earliest, uptime: now.uptime }, doubt: { kind: "ahead", byMs: now.wall - latest } };
	return { anchor: now, doubt: null };
}

/**
 * The time at a start of the program on a machine that has been on since `kept`, an instant that was trusted then: what
 * has passed since is known, so a clock that was moved meanwhile, or before, is still in doubt.
 */
export function resumedTime(
	now: Clocks,
	kept: Clocks,
	known: { lastEventAt: number | undefined; builtAt: number },
): TrustedTime {
	if (kept.uptime > now.uptime) return startTime(now, known);
	const resumed = afterLook({ anchor: kept, doubt: null }, now);
	return resumed.doubt === null ? startTime(now, known) : resumed;
}

/**
 * The time after another look at the clocks. A wall clock that agrees with the time that has passed moves the anchor
 * along, so that a time server's small corrections are followed. One that does not is in doubt, and the anchor stays:
 * the station goes on by the time that has passed. When the wall clock comes back, the doubt ends.
 */
export function afterLook(time: TrustedTime, now: Clocks): TrustedTime {
	const byMs = now.wall - trustedNow(time, now);
	if (Math.abs(byMs) <= TOLERANCE_MS)
		return { anchor: now, doubt: time.doubt?.kind === "server-differs" ? time.doubt : null };
	// At the start only the last event was known: any clock that fits it is believed now.
	if (time.doubt?.kind === "behind" || time.doubt?.kind === "ahead") {
		const fits = byMs >= -TOLERANCE_MS && byMs <= LONGEST_ABSENCE_MS;
		return fits ? { anchor: now, doubt: null } : { ...time, doubt: byMs < 0 ? behind(-byMs) : ahead(byMs) };
	}
	return { ...time, doubt: { kind: "jumped", byMs } };
}

const behind = (byMs: number): Doubt => ({ kind: "behind", byMs });
const ahead = (byMs: number): Doubt => ({ kind: "ahead", byMs });

/**
 * The time after the server told its own, `server`, when the clocks were `now`. Where the server and the wall clock
 * agree, both are right. Where the server agrees with the trusted time, the wall clock is wrong. Where it agrees with
 * neither, there is a doubt that a person must end: a server's clock can be wrong as well.
 */
export function afterServer(time: TrustedTime, now: Clocks, server: number): TrustedTime {
	if (Math.abs(server - now.wall) <= TOLERANCE_MS) return { anchor: now, doubt: null };
	const looked = afterLook(time, now);
	if (Math.abs(server - trustedNow(looked, now)) <= TOLERANCE_MS)
		return looked.doubt?.kind === "server-differs" ? { ...looked, doubt: null } : looked;
	return { ...looked, doubt: looked.doubt ?? { kind: "server-differs", byMs: now.wall - server } };
}

/**
 * Whether the day stands still: no day is turned, nothing is closed or redacted, quotas and bookings go by the last
 * trusted day. A server that differs does not stop the day: its clock may be the wrong one.
 */
export function holdsDay({ doubt }: Pick<TrustedTime, "doubt">): boolean {
	return doubt !== null && doubt.kind !== "server-differs";
}

/** An administrator has looked at the wall clock, and it is right. */
export function confirmed(now: Clocks): TrustedTime {
	return { anchor: now, doubt: null };
}
