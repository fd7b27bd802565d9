import { formattingLocale } from "../../i18n/languages.ts";
import type { FleetLanguage } from "./messages.ts";

const STEPS = [
	{ unit: "day", length: 86_400_000 },
	{ unit: "hour", length: 3_600_000 },
	{ unit: "minute", length: 60_000 },
	{ unit: "second", length: 1_000 },
] as const;

/** "4 min. ago": how long before `now`, in the largest unit that fits. */
export function formatRelative(instant: number, now: number, language: FleetLanguage): string {
	const past = Math.max(0, now - instant);
	const step = STEPS.find(({ length }) => past >= length) ?? STEPS[3];
	const format = new Intl.RelativeTimeFormat(formattingLocale(language), { style: "short", numeric: "auto" });
	return format.format(-Math.floor(past / step.length), step.unit);
}

/** "+1.4 s": how far a clock is from another, in milliseconds. */
export function formatOffset(milliseconds: number, language: FleetLanguage): string {
	const signs = { signDisplay: "exceptZero", maximumFractionDigits: 1 } as const;
	const [value, unit] =
		Math.abs(milliseconds) < 120_000 ? [milliseconds / 1_000, "second"] : [milliseconds / 60_000, "minute"];
	return new Intl.NumberFormat(formattingLocale(language), { ...signs, style: "unit", unit }).format(value);
}

export function moment(instant: number, language: FleetLanguage): string {
	const parts = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
	return new Intl.DateTimeFormat(formattingLocale(language), parts).format(instant);
}
