import { offsetAt } from "../../lib/time/wall-clock.ts";
import { findTimezone } from "./calendar-zones.ts";

const OF_UTC = /(?:UTC|GMT|Utc|Gmt|(?<![A-Za-z])(?:utc|gmt))(?![A-Za-z])(?:\s*[+-]\d{1,2}(?::?\d{2})?)?/;
const IN_BRACKETS = /[[(（［【]\s*([^\])）］】]+?)\s*[\])）］】]\s*$/;
/** "America/New_York", "Eastern Standard Time", "EST", 东京时间; not "hh:mm", "24h" or "local". */
const ZONE = /^[A-Za-z_]+\/[A-Za-z_/]+$|\b(?:standard|daylight|summer)?\s*time$|^[A-Z]{3,5}$|(?:时间|時間|时区)$/i;
const SHORT_NAME = /^[A-Z]{3,5}$/;
const HERE = /local|当地|本地|現地|ortszeit|locale|预约|開始|开始|date|日期/i;
const CHINESE = /^(?:北京|上海|中国)(?:标准)?时间$|^(?:beijing|shanghai|china(?: standard)?) time$/i;

/** A zone that the heading of a time names, as in "Start Time (UTC)". */
export function zoneInHeading(heading: string): string | undefined {
	const utc = OF_UTC.exec(heading)?.[0];
	if (utc !== undefined) return utc;
	const text = IN_BRACKETS.exec(heading)?.[1] ?? "";
	if (!ZONE.test(text) || HERE.test(text)) return undefined;
	// "hhmm" is no zone; names of three letters are in capitals.
	return /^[A-Za-z]{3,5}$/.test(text) && !SHORT_NAME.test(text) ? undefined : text;
}

const OFFSET = /^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/i;

/** Whether a zone that a table names shows the same time as the site's, so that it does not matter whose the time is. */
export function fitsZone(name: string, timezone: string, at: number): boolean {
	if (name === "") return true;
	const own = offsetAt(at, timezone);
	const [, sign, hours, minutes = "0"] = OFFSET.exec(name) ?? [];
	if (hours !== undefined) return own === (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
	const found = CHINESE.test(name) ? "Asia/Shanghai" : findTimezone(name);
	return found !== undefined && offsetAt(at, found) === own;
}
