import { formattingLocale, type Language } from "../../protocol/model/language.ts";

/** Up to here people think in minutes: 45 min, but 1 h 15 min. */
const MAX_MINUTES_ALONE = 60;

export function needsHours(minutes: number): boolean {
	return minutes > MAX_MINUTES_ALONE;
}

/** "1 hr 15 min", "2 hr" or "45 min", in the short units of the language. */
export function formatDuration(totalMinutes: number, language: Language): string {
	const hours = Math.floor(totalMinutes / 60);
	const minutes = totalMinutes % 60;
	const parts = [...(hours > 0 ? [formatUnit(hours, "hour", language)] : [])];
	if (minutes > 0 || hours === 0) parts.push(formatUnit(minutes, "minute", language));
	return parts.join(" ");
}

function formatUnit(value: number, unit: "hour" | "minute", language: Language): string {
	return new Intl.NumberFormat(formattingLocale(language), { style: "unit", unit, unitDisplay: "short" }).format(value);
}
