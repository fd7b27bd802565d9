const UNITS = [
	["year", 365 * 86_400_000],
	["day", 86_400_000],
	["hour", 3_600_000],
	["minute", 60_000],
] as const;

/** "3 hours", "1 day": the largest unit that fits, rounded. */
export function formatLength(ms: number): string {
	const [unit, length] = UNITS.find(([, one]) => Math.abs(ms) >= one) ?? UNITS[3];
	const count = Math.max(1, Math.round(Math.abs(ms) / length));
	return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
