import type { Logger } from "pino";
import {
	afterLook,
	afterServer,
	type Clocks,
	confirmed,
	type Doubt,
	holdsDay,
	resumedTime,
	startTime,
	type TrustedTime,
	trustedNow,
} from "./trust-rules.ts";

export interface TrustedClock {
	/** The time to go by, UTC milliseconds: the machine's clock while it is believed. */
	now(): number;
	/** Why the machine's clock is not believed; null while it is. */
	doubt(): Doubt | null;
	/** True while no day may be turned and nothing may be closed. */
	holdsDay(): boolean;
	/** The server told its time just now. */
	heardServer(serverTime: number): void;
	/** An administrator looked at the machine's clock, and it is right. */
	confirm(): void;
}

/** Keeps a trusted instant across restarts of the program, for as long as the machine stays on. */
export interface ClockMemory {
	read(): Clocks | undefined;
	write(trusted: Clocks): void;
}

export interface TrustedClockDeps {
	/** The machine's clock, UTC milliseconds. */
	wall(): number;
	/** Milliseconds since the machine was switched on, sleep included. May be slow: it is read seldom. */
	uptime(): number;
	/** Milliseconds that pass while the machine is awake, from any origin. Cheap: it is read with every `now`. */
	awake(): number;
	lastEventAt: number | undefined;
	builtAt: number;
	/** Without it each start knows the last event only. */
	memory?: ClockMemory | undefined;
	log: Pick<Logger, "info" | "warn">;
	/** The doubt began, changed its kind or ended. */
	changed(): void;
}

/**
 * What passes by the wall clock beyond the time that the machine was awake, and is not worth a look at the uptime. More is
 * a short sleep, or somebody set the clock. Sleeps that went uncounted would add up in the anchor.
 */
const UNEXPLAINED_MS = 500;
/** How far the kept instant may lie back: in this time no two clocks of a machine drift apart by a second. */
const KEEP_EVERY_MS = 3_600_000;

/**
 * The station's clock. Looking costs a microsecond while all is well: the uptime is worked out from the time that the
 * machine was awake, and read exactly only where the wall clock is ahead of that or behind it: it may only have slept.
 */
export function openTrustedClock({
	wall,
	uptime,
	awake,
	lastEventAt,
	builtAt,
	memory,
	log,
	changed,
}: TrustedClockDeps): TrustedClock {
	let read = { uptime: uptime(), awake: awake() };
	const cheaply = (): Clocks => ({ wall: wall(), uptime: read.uptime + Math.max(0, awake() - read.awake) });
	const exactly = (): Clocks => {
		read = { uptime: uptime(), awake: awake() };
		return { wall: wall(), uptime: read.uptime };
	};

	const kept = memory?.read();
	const known = { lastEventAt, builtAt };
	let time = kept === undefined ? startTime(cheaply(), known) : resumedTime(cheaply(), kept, known);
	let keptAt = Number.NEGATIVE_INFINITY;
	/** In doubt the instant before it stays. */
	const keep = () => {
		if (memory === undefined || time.doubt !== null || time.anchor.uptime - keptAt < KEEP_EVERY_MS) return;
		keptAt = time.anchor.uptime;
		try {
			memory.write(time.anchor);
		} catch (err) {
			log.warn({ err }, "clock.not-kept");
		}
	};
	const set = (next: TrustedTime) => {
		const before = time.doubt?.kind;
		time = next;
		if (next.doubt?.kind !== before) keptAt = Number.NEGATIVE_INFINITY;
		keep();
		if (next.doubt?.kind === before) return;
		if (next.doubt) log.warn({ ...next.doubt }, "clock.doubted");
		else log.info("clock.trusted");
		changed();
	};
	if (time.doubt) log.warn({ ...time.doubt }, "clock.doubted");
	keep();

	/** Takes another look at the clocks, and gives the time. */
	const now = (): number => {
		// In doubt only the exact time counts: a clock that is behind by just as long as the machine slept is not right.
		let clocks = time.doubt === null ? cheaply() : exactly();
		if (Math.abs(clocks.wall - trustedNow(time, clocks)) > UNEXPLAINED_MS) clocks = exactly();
		const next = afterLook(time, clocks);
		if (next.doubt === null) {
			set(next);
			return clocks.wall;
		}
		const exact = exactly();
		set(afterLook(time, exact));
		return holdsDay(time) ? trustedNow(time, exact) : exact.wall;
	};

	return {
		now,
		doubt: () => {
			now();
			return time.doubt;
		},
		holdsDay: () => {
			now();
			return holdsDay(time);
		},
		heardServer: (serverTime) => set(afterServer(time, exactly(), serverTime)),
		confirm: () => set(confirmed(exactly())),
	};
}

/** A clock that is always believed: of programs and tests that have no second clock to hold against it. */
export function believe(wall: () => number): TrustedClock {
	return { now: wall, doubt: () => null, holdsDay: () => false, heardServer: () => {}, confirm: () => {} };
}
