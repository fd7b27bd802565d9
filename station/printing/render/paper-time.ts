/** The same instant's hour and minute: "09:41". */
export function paperClock(instant: number, timezone: string): string {
	return paperTime(instant, timezone).slice(-5);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * An instant (UTC milliseconds) in a site's time zone, as "2026-11-23 09:41" (ISO 8601): the form that
 * reads the same in all twelve languages, with Latin digits and the Gregorian year.
 */
export function paperTime(instant: number, timezone: string): string {
	let format = formats.get(timezone);
	if (!format) {
		// Swedish dates are ISO dates.
		format = new Intl.DateTimeFormat("sv-SE-u-nu-latn-ca-gregory", {
			timeZone: timezone,
			dateStyle: "short",
			timeStyle: "short",
		});
		formats.set(timezone, format);
	}
	return format.format(instant);
}
