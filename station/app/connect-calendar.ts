import { toCalendarAddress } from "../appointments/calendar-address.ts";
import { type CalendarPoll, openCalendarPoll, startCalendarPolls } from "../appointments/calendar-poll.ts";
import type { Visits } from "../appointments/expected-visits.ts";
import { fetchCalendar } from "../appointments/fetch-calendar.ts";
import { topicNamesOf } from "../appointments/topic-names.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Foundation } from "./foundation.ts";

/** Polls the calendar of bookings, where one is configured. */
export function connectCalendar(
	opened: AsyncDisposableStack,
	{ configuration, clock, holdsDay, log, changes }: Foundation,
	{ catalogue, visits }: { catalogue: Catalogue; visits: Visits },
): CalendarPoll | undefined {
	const { calendar, calendarMinutes: everyMinutes, calendarTopic: topic } = configuration;
	const address = calendar === undefined ? null : toCalendarAddress(calendar);
	if (address === null) return undefined;
	const closing = new AbortController();
	const poll = openCalendarPoll({
		...{ host: address.host, visits, clock, holdsDay, log, changed: changes.notify },
		signal: closing.signal,
		fetchCalendar: (known) => fetchCalendar(address, known, { signal: closing.signal }),
		site: () => ({
			timezone: catalogue.clock.timezone,
			topicIds: catalogue.topicIds,
			topicNames: topicNamesOf(catalogue.topicIds, catalogue.optionalText),
			topic,
		}),
	});
	opened.defer(
		startCalendarPolls(poll, {
			everyMinutes,
			random: Math.random,
			failed: (err) => log.error({ err }, "calendar.failed"),
		}),
	);
	opened.defer(() => closing.abort());
	return poll;
}
