import { quoted, type Reason, reason } from "./list-remark.ts";
import { readRule } from "./recurrence-rule.ts";

/** What is wrong with an event, and in which property. */
export interface EventError {
	why: Reason;
	property?: string | undefined;
}

const LINES = /^(DTSTART|RECURRENCE-ID|EXDATE|RDATE|RRULE)(?=[;:])[^\r\n]*/gim;
const ONE_ZONE = /^[A-Z-]+(?:;TZID=[^;:"]+)?:[^;]*$/;
const TIME = /^\d{8}(?:T\d{6}Z?)?$/;

/**
 * What of an event's times cannot be read for sure as they are written. ical.js reads `...T093000+0800`,
 * `...T093000.000Z` and `...t093000z` as local times. A period in RDATE is told apart by errorIn.
 */
export function errorInLines(text: string): EventError | undefined {
	const isFolded = text.includes("\n ") || text.includes("\n\t");
	const unfolded = isFolded ? text.replaceAll(/\r?\n[ \t]/g, "") : text;
	for (const [line, found = ""] of unfolded.matchAll(LINES)) {
		const name = found.toUpperCase();
		// A zone's name may have colons, a value has none.
		const value = line.slice(line.lastIndexOf(":") + 1).trim();
		const why = name === "RRULE" ? errorInRule(value) : (errorInZone(line) ?? errorInTimes(value));
		if (why !== undefined) return { why, property: name };
	}
	return undefined;
}

/** ical.js takes the last of several zones, and an empty one for none. */
function errorInZone(line: string): Reason | undefined {
	// Nearly every line of a long list names one zone, and it is not empty.
	if (ONE_ZONE.test(line)) return undefined;
	const zones = Array.from(line.matchAll(/;TZID=("[^"]*"|[^;:"]*)/gi), ([, zone = ""]) => zone.replaceAll('"', ""));
	const [first, second] = zones;
	if (second !== undefined) return reason("zones-two", { zones: quoted(`${first}, ${second}`) });
	return first === "" ? reason("zone-empty") : undefined;
}

function errorInTimes(value: string): Reason | undefined {
	const wrong = value.split(",").find((one) => !TIME.test(one.trim()));
	return wrong === undefined ? undefined : reason("value-no-time", { text: quoted(wrong) });
}

/** A rule that is not read: ical.js expands some wrongly, and does not end with others. */
function errorInRule(value: string): Reason | undefined {
	const rule = readRule(value);
	return "code" in rule ? rule : undefined;
}
