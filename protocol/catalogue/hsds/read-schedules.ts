import { z } from "zod";
import { type Schedule, scheduleSchema } from "../schedule.ts";
import type { HsdsRemark, HsdsSchedule } from "./shapes.ts";

/**
 * The hours of a site. HSDS says a zone as hours from UTC, which is no zone with summer time: a site whose schedules
 * agree on one other than `timezone` has gets that one. What is not understood is left out and named.
 */
export function readSchedules(
	schedules: readonly HsdsSchedule[],
	{ entry, timezone }: { entry: string; timezone: string },
	leftOut: HsdsRemark[],
): { timezone: string; schedules: Schedule[] } {
	const offsets = [...new Set(schedules.flatMap(({ timezone: hours }) => (isEmpty(hours) ? [] : [hoursOf(hours)])))];
	const [offset] = offsets;
	if (offsets.includes(Number.NaN)) {
		leftOut.push({ entry, what: "its schedules are in a time zone that is no number of hours from UTC" });
		return { timezone, schedules: [] };
	}
	if (offsets.length > 1) {
		leftOut.push({ entry, what: `its schedules are in different time zones (${offsets.join(", ")} hours from UTC)` });
		return { timezone, schedules: [] };
	}
	const zone = offset === undefined || hasOffset(timezone, offset) ? timezone : zoneOf(offset);
	if (zone === undefined) {
		leftOut.push({ entry, what: `its schedules are in a time zone of ${offset} hours from UTC, which is none` });
		return { timezone, schedules: [] };
	}
	const read = schedules.flatMap(({ timezone: _, attributes: _attributes, metadata: _metadata, ...written }) => {
		const parsed = scheduleSchema.safeParse(written);
		if (parsed.success) return [parsed.data];
		leftOut.push({
			entry: `${entry}, schedule ${written.id ?? ""}`.trim(),
			what: z.prettifyError(parsed.error).replaceAll("\n", " "),
		});
		return [];
	});
	return { timezone: zone, schedules: read };
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === "";

/** Also as text, as some programs write it; NaN where it is no number. */
const hoursOf = (value: unknown) =>
	typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;

/** Whether a zone is so many hours from UTC at some time of the year. */
function hasOffset(timezone: string, hours: number): boolean {
	return [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)].some((at) => offsetHours(at, timezone) === hours);
}

/** How many hours a zone is from UTC at an instant (UTC milliseconds). */
export function offsetHours(at: number, timezone: string): number {
	const parts = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" }).formatToParts(at);
	const [, sign, hours, minutes] =
		/GMT(?:([+-])(\d\d):(\d\d))?/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "") ?? [];
	return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) + Number(minutes ?? 0) / 60);
}

/** A zone of whole hours without summer time. IANA counts its sign the other way round. */
function zoneOf(offset: number): string | undefined {
	if (!Number.isInteger(offset) || offset < -12 || offset > 14) return undefined;
	return offset === 0 ? "Etc/UTC" : `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}
