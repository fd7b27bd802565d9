import ICAL from "ical.js";
import { findIana } from "windows-iana";
import { wallClock } from "../../lib/time/wall-clock.ts";

/** How a calendar's local times become instants: by its own VTIMEZONE, or by an IANA zone. */
export type CalendarZone = { kind: "own"; zone: ICAL.Timezone } | { kind: "iana"; timezone: string };

/** The zones of one calendar by their TZID; undefined where one is not known. */
export type ZoneOf = (tzid: string) => CalendarZone | undefined;

const QUOTED = /^"(.*)"$/;

/** A calendar names the same few zones for each of its events, so each is looked up once. */
export function zonesOf(calendar: ICAL.Component): ZoneOf {
	const own = ownZones(calendar);
	const known = new Map<string, CalendarZone | undefined>();
	return (tzid) => {
		if (!known.has(tzid)) known.set(tzid, zoneOf(tzid, own));
		return known.get(tzid);
	};
}

/** The zone behind a TZID. The calendar's own VTIMEZONE wins, whatever the name says. */
function zoneOf(tzid: string, own: ReadonlyMap<string, OwnZone>): CalendarZone | undefined {
	const zone = own.get(tzid);
	if (zone) return zone.isClear ? { kind: "own", zone: zone.zone } : undefined;
	const timezone = findTimezone(tzid);
	return timezone === undefined ? undefined : { kind: "iana", timezone };
}

/**
 * The IANA zone behind a name: Windows' names (CLDR), then an IANA name, also behind a prefix such as
 * "/freeassociation.sourceforge.net/". Undefined where it is none of them.
 */
export function findTimezone(tzid: string): string | undefined {
	const [windows] = findIana(tzid);
	if (windows !== undefined) return windows;
	const name = tzid.replace(QUOTED, "$1");
	if (name.toLowerCase() === MICROSOFT_UTC) return "UTC";
	const [, offset] = FROM_UTC.exec(name) ?? [];
	if (offset !== undefined) return isOffset(offset) ? offset : undefined;
	const parts = name.split("/").filter((part) => part !== "");
	// The longest ending that is a zone: America/Argentina/Ushuaia has three parts.
	if (AMBIGUOUS.has(name.toUpperCase())) return undefined;
	const iana = [3, 2, 1].map((count) => parts.slice(-count).join("/")).find((one) => one.includes("/") && isZone(one));
	return iana ?? (isZone(name) ? name : undefined);
}

/** Its other one, tzone://Microsoft/Custom, is described by a VTIMEZONE, or not known. */
const MICROSOFT_UTC = "tzone://microsoft/utc";

/** "UTC+08:00", as people read it; "Etc/GMT-8" is IANA's. An offset is the name of a zone as well. */
const FROM_UTC = /^(?:UTC|GMT)([+-]\d{2}:\d{2})$/i;

/**
 * Abbreviations that ICU knows as old names of zones, and people as others: CST is China's standard time here and
 * Chicago's there, BST London's and Dhaka's. None of them is an IANA name.
 */
const AMBIGUOUS: ReadonlySet<string> = new Set(
	"ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST".split(" "),
);

/** `isClear`: it is described whole, and once or always alike. */
interface OwnZone {
	zone: ICAL.Timezone;
	text: string;
	isClear: boolean;
}

function ownZones(calendar: ICAL.Component): Map<string, OwnZone> {
	const zones = new Map<string, OwnZone>();
	for (const component of calendar.getAllSubcomponents("vtimezone")) {
		// Some programs put its name into quotation marks here too, where they belong to the value.
		const tzid = String(component.getFirstPropertyValue("tzid") ?? "").replace(QUOTED, "$1");
		const text = component.toString();
		const known = zones.get(tzid);
		const isClear = isWhole(component) && (known === undefined || (known.isClear && known.text === text));
		zones.set(tzid, { zone: new ICAL.Timezone({ component, tzid }), text, isClear });
	}
	return zones;
}

/** ical.js takes a zone without a description for UTC, and brings an offset that no zone has back among those of zones. */
function isWhole(zone: ICAL.Component): boolean {
	const parts = [...zone.getAllSubcomponents("standard"), ...zone.getAllSubcomponents("daylight")];
	return (
		parts.length > 0 &&
		parts.every(
			(part) =>
				isOffset(part.getFirstProperty("tzoffsetfrom")?.toJSON()[3]) &&
				isOffset(part.getFirstProperty("tzoffsetto")?.toJSON()[3]) &&
				part.getFirstPropertyValue("dtstart") instanceof ICAL.Time,
		)
	);
}

const FURTHEST_MINUTES = 14 * 60;

function isOffset(text: unknown): boolean {
	const [, hours, minutes] = /^[+-](\d{2}):(\d{2})(?::\d{2})?$/.exec(String(text)) ?? [];
	return hours !== undefined && Number(minutes) < 60 && Number(hours) * 60 + Number(minutes) <= FURTHEST_MINUTES;
}

function isZone(name: string): boolean {
	try {
		wallClock(0, name);
		return true;
	} catch {
		return false;
	}
}
