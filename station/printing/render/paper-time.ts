const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * An instant (UTC milliseconds) on a site's wall clock as "2026-11-23 09:41" (ISO 8601): the one
 * form that reads the same in all twelve languages, with Latin digits and the Gregorian year.
 */
export function paperTime(instant: number, timezone: string): string {
	let format = formats.get(timezone);
	if (!format) {
		// Sweden writes dates as ISO does.
		format = new Intl.DateTimeFormat("sv-SE-u-nu-latn-ca-gregory", {
			timeZone: timezone,
			dateStyle: "short",
			timeStyle: "short",
		});
		formats.set(timezone, format);
	}
	return format.format(instant);
}
