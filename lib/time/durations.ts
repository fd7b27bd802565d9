/*
 * Durations in milliseconds. DAY_MS is 24 hours by the clock of physics: for days on a wall clock, which may have 23
 * or 25 hours, see wall-clock.ts.
 */

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
