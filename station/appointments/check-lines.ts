import { quoted, type Reason, reason } from "./list-remark.ts";

/** What is wrong with an event, and in which property. */
export interface EventError {
	why: Reason;
	property?: string | undefined;
}

const LINES = /^(DTSTART|RECURRENCE-ID|EXDATE|RDATE|RRULE)(?=[;:])[^\r\n]*/gim;
const TIME = /^\d{8}(?:T\d{6}Z?)?$/;

/**
 * What of an event's times cannot be read for sure as they are written. ical.js reads `...T093000+0800`,
 * `...T093000.000Z` and `...t093000z` as local times, and passes over what it does not know in a rule. A period in RDATE
 * is told apart by errorIn.
 */
export function errorInLines(text: string): EventError | undefined {
	const isFolded = text.includes("\n ") || text.includes("\n\t");
	const unfolded = isFolded ? text.replaceAll(/\r?\n[ \t]/g, "") : text;
	for (const [line, found = ""] of unfolded.matchAll(LINES)) {
		const name = found.toUpperCase();
		// A zone's name may have colons, a value has none.
		const value = line.slice(line.lastIndexOf(":") + 1).trim();
		const why = name === "RRULE" ? errorInRule(value) : errorInTimes(value);
		if (why !== undefined) return { why, property: name };
	}
	return undefined;
}

function errorInTimes(value: string): Reason | undefined {
	const wrong = value.split(",").find((one) => !TIME.test(one.trim()));
	return wrong === undefined ? undefined : reason("value-no-time", { text: quoted(wrong) });
}

const PARTS: ReadonlySet<string> = new Set([
	...["FREQ", "UNTIL", "COUNT", "INTERVAL", "WKST", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY"],
	...["BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"],
]);
const MONTHS_AND_YEARS: ReadonlySet<string> = new Set(["MONTHLY", "YEARLY"]);

/** A part that RFC 5545 does not have, or that is once too often, or that has no meaning beside the others. */
function errorInRule(rule: string): Reason | undefined {
	const parts = rule
		.toUpperCase()
		.split(";")
		.filter((part) => part !== "");
	const values = new Map(parts.map((part): [string, string] => [part.split("=")[0] ?? "", part.split("=")[1] ?? ""]));
	const isLong = MONTHS_AND_YEARS.has(values.get("FREQ") ?? "");
	const wrong = parts.find((part) => {
		const [name = "", value = ""] = part.split("=");
		if (!PARTS.has(name)) return true;
		if (name === "COUNT" || name === "INTERVAL") return !/^0*[1-9]\d*$/.test(value);
		// "The second Tuesday" is one of a month or a year; ical.js passes over BYSETPOS but for those.
		return !isLong && (name === "BYSETPOS" || (name === "BYDAY" && /\d/.test(value)));
	});
	if (wrong !== undefined) return reason("rule-unread", { part: quoted(wrong) });
	return values.size < parts.length ? reason("rule-unread", { part: quoted(rule) }) : undefined;
}
