/** Date (YYYY-MM-DD), time (HH:MM) and weekday (0 is Monday) on the wall clock of a zone. */
export function wallClock(instant: number, timezone: string): { date: string; time: string; weekday: number } {
	const parts = Object.fromEntries(
		formatterFor(timezone)
			.formatToParts(instant)
			.map(({ type, value }) => [type, value]),
	);
	const date = `${parts.year}-${parts.month}-${parts.day}`;
	return { date, time: `${parts.hour}:${parts.minute}`, weekday: (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7 };
}

// Making a formatter takes 100 times as long as using one: one per zone is kept. A cache, not a state.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timezone: string): Intl.DateTimeFormat {
	const known = formatters.get(timezone);
	if (known) return known;
	const made = new Intl.DateTimeFormat("en-u-nu-latn-ca-gregory", {
		timeZone: timezone,
		hourCycle: "h23",
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
	});
	formatters.set(timezone, made);
	return made;
}
