import { DAY_MS } from "../../lib/time/durations.ts";

/** Of an ISO date; 0 is Monday. */
export function weekdayOf(serviceDay: string): number {
	return (new Date(`${serviceDay}T00:00Z`).getUTCDay() + 6) % 7;
}

/** The ISO date so many days later. */
export function addDays(serviceDay: string, days: number): string {
	return new Date(Date.parse(`${serviceDay}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** From one date to another, 0 for the same. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS);
}
