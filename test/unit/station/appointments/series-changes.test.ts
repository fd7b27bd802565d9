import { isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { expectedVisit } from "../../../../db/station/schema/tickets.ts";
import { openVisits } from "../../../../station/appointments/expected-visits.ts";
import { importList } from "../../../../station/appointments/import-list.ts";
import { readAppointments } from "../../../../station/appointments/read-appointments.ts";
import { calendarServiceDay } from "../../../../station/tickets/service-day.ts";
import { asTopicId } from "../../../fixtures/ids.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

/* What the station has of an event when the event changes: two files, or two polls, one after the other. */

const SITE = { timezone: "Asia/Shanghai", topicIds: [asTopicId("work-permit"), asTopicId("housing")] };
/** On Tuesday 24 November 2026. */
const HALF_PAST_NINE = "DTSTART;TZID=Asia/Shanghai:20261124T093000";
const TEN = "DTSTART;TZID=Asia/Shanghai:20261124T100000";
const WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=3";
const LONG = "a-uid-that-is-too-long-to-be-typed@booking.example";

function openStation() {
	const opened = openTestTicketService();
	const { database, eventLog, tickets, newId } = opened;
	const visits = openVisits({
		...{ database, eventLog, newId, serviceDay: tickets.serviceDay },
		calendarServiceDay: (at) => calendarServiceDay(at, { timezone: "Asia/Shanghai", dayStartsAt: "00:00" }),
		placeOfAppointment: (bookedAt) => ({ class: "appointment", queuePosition: bookedAt }),
	});
	return {
		tickets,
		visits,
		/** Imports a calendar with these events, each of them lines of its own. */
		take(events: readonly (readonly string[])[], { uid = LONG, head = [] as string[], now = MONDAY_NINE } = {}) {
			const bodies = events.flatMap((lines) => {
				const topic = lines.some((line) => line.startsWith("CATEGORIES")) ? [] : ["CATEGORIES:housing"];
				const own = lines.some((line) => line.startsWith("UID:")) ? [] : [`UID:${uid}`];
				return ["BEGIN:VEVENT", ...own, ...topic, ...lines, "END:VEVENT"];
			});
			const text = ["BEGIN:VCALENDAR", ...head, ...bodies, "END:VCALENDAR", ""].join("\r\n");
			const list = readAppointments(Buffer.from(text), SITE, now);
			return { ...importList({ list, visits, isDryRun: false, now }).imported, codes: list.madeCodes };
		},
		/** The times that stand, on the site's clock. */
		times: () =>
			database
				.select({ at: expectedVisit.at })
				.from(expectedVisit)
				.where(isNull(expectedVisit.withdrawnAt))
				.all()
				.map(({ at }) => new Date(at + 8 * 3_600_000).toISOString().slice(5, 16))
				.toSorted(),
	};
}

const THREE_AT_NINE = ["11-24T09:30", "12-01T09:30", "12-08T09:30"];
const THREE_AT_TEN = ["11-24T10:00", "12-01T10:00", "12-08T10:00"];

test.each([LONG, "AB1234@booking.example"])("a series that is moved leaves no earlier time behind: %s", (uid) => {
	const station = openStation();
	station.take([[HALF_PAST_NINE, WEEKLY]], { uid });
	expect(station.times()).toEqual(THREE_AT_NINE);
	expect(station.take([[TEN, WEEKLY, "SEQUENCE:1"]], { uid })).toMatchObject({ kept: 3, withdrawn: 3, older: 0 });
	expect(station.times()).toEqual(THREE_AT_TEN);
	// As a poll finds it again.
	expect(station.take([[TEN, WEEKLY, "SEQUENCE:1"]], { uid })).toMatchObject({ kept: 0, withdrawn: 0, unchanged: 3 });
});

test("a code that was made for the earlier time of the day finds the time that it was moved to", () => {
	const station = openStation();
	const { codes } = station.take([[HALF_PAST_NINE, WEEKLY]]);
	station.take([[TEN, WEEKLY, "SEQUENCE:1"]]);
	const found = station.visits.checkIn(String(codes[0]?.code), MONDAY_NINE + 24 * 3_600_000);
	expect(new Date(found.bookedAt ?? 0).toISOString()).toBe("2026-11-24T02:00:00.000Z");
});

test.each([LONG, "AB1234@booking.example"])("one event becomes a series, and a series one event: %s", (uid) => {
	const station = openStation();
	station.take([[HALF_PAST_NINE]], { uid });
	station.take([[HALF_PAST_NINE, WEEKLY, "SEQUENCE:1"]], { uid });
	expect(station.times()).toEqual(THREE_AT_NINE);
	station.take([[TEN, "SEQUENCE:2"]], { uid });
	expect(station.times()).toEqual(["11-24T10:00"]);
});

test.each([
	["RRULE:FREQ=WEEKLY;COUNT=1", ["11-24T09:30"]],
	["RRULE:FREQ=WEEKLY;UNTIL=20261201T013000Z", ["11-24T09:30", "12-01T09:30"]],
	[`${WEEKLY}\r\nEXDATE;TZID=Asia/Shanghai:20261201T093000`, ["11-24T09:30", "12-08T09:30"]],
])("a series that is shortened to %j", (rule, times) => {
	const station = openStation();
	station.take([[HALF_PAST_NINE, WEEKLY]]);
	station.take([[HALF_PAST_NINE, rule]]);
	expect(station.times()).toEqual(times);
});

test.each([
	[["METHOD:CANCEL"], "SEQUENCE:1"],
	[[], "STATUS:CANCELLED"],
])("a series is cancelled without its rule: %j %s", (head, line) => {
	const station = openStation();
	station.take([[HALF_PAST_NINE, WEEKLY]]);
	expect(station.take([[HALF_PAST_NINE, line]], { head })).toMatchObject({ withdrawn: 3, unmatched: 0 });
	expect(station.times()).toEqual([]);
});

test.each([
	["another topic", ["DTSTART;TZID=Asia/Shanghai:20261201T093000", "CATEGORIES:elsewhere"]],
	["a whole day", ["DTSTART;VALUE=DATE:20261201"]],
])("a time that becomes no booking any more, %s, is withdrawn", (_, lines) => {
	const station = openStation();
	const master = [HALF_PAST_NINE, WEEKLY];
	station.take([master]);
	const result = station.take([master, ["RECURRENCE-ID;TZID=Asia/Shanghai:20261201T093000", ...lines]]);
	expect(result).toMatchObject({ withdrawn: 1 });
	expect(station.times()).toEqual(["11-24T09:30", "12-08T09:30"]);
	const alone = "UID:alone@booking.example";
	station.take([master, [alone, TEN]]);
	expect(station.take([master, [alone, ...lines]])).toMatchObject({ withdrawn: 1 });
	expect(station.times()).toEqual(THREE_AT_NINE);
});

test("a calendar with one time alone, or with a time more, says nothing of the others", () => {
	const station = openStation();
	station.take([[HALF_PAST_NINE, WEEKLY]]);
	station.take([["RECURRENCE-ID:20261201T013000Z", "DTSTART;TZID=Asia/Shanghai:20261201T140000"]]);
	expect(station.times()).toEqual(["11-24T09:30", "12-01T14:00", "12-08T09:30"]);
	station.take([["DTSTART;TZID=Asia/Shanghai:20261202T110000", "SEQUENCE:1"]], { head: ["METHOD:ADD"] });
	expect(station.times()).toEqual(["11-24T09:30", "12-01T14:00", "12-02T11:00", "12-08T09:30"]);
});

test("an event that is not in the calendar any more stays: a feed may show a few weeks alone", () => {
	const station = openStation();
	station.take([[HALF_PAST_NINE, WEEKLY]]);
	station.take([[TEN]], { uid: "another@x" });
	expect(station.times()).toContain("12-08T09:30");
});

test("what is older than the station's version changes nothing, and is counted", () => {
	const station = openStation();
	station.take([[TEN, "SEQUENCE:2"]]);
	expect(station.take([[HALF_PAST_NINE, "SEQUENCE:1"]])).toMatchObject({ kept: 0, older: 1 });
	expect(station.take([[TEN, "SEQUENCE:1", "STATUS:CANCELLED"]])).toMatchObject({ withdrawn: 0, older: 1 });
	expect(station.times()).toEqual(["11-24T10:00"]);
	station.take([[TEN, "SEQUENCE:3", "STATUS:CANCELLED"]]);
	expect(station.take([[TEN, "SEQUENCE:2"]])).toMatchObject({ kept: 0, older: 1 });
	expect(station.times()).toEqual([]);
});

test("an older series changes nothing, also where its times are others", () => {
	const station = openStation();
	station.take([[TEN, WEEKLY, "SEQUENCE:2"]]);
	expect(station.take([[HALF_PAST_NINE, WEEKLY, "SEQUENCE:1"]])).toMatchObject({ kept: 0, withdrawn: 0, older: 3 });
	expect(station.times()).toEqual(THREE_AT_TEN);
});

test("a time that was moved by itself counts its own versions", () => {
	const station = openStation();
	const moved = ["RECURRENCE-ID:20261201T013000Z", "DTSTART;TZID=Asia/Shanghai:20261201T140000", "SEQUENCE:5"];
	const master = [HALF_PAST_NINE, WEEKLY, "SEQUENCE:1"];
	station.take([master, moved]);
	expect(station.take([master, moved])).toMatchObject({ kept: 0, unchanged: 3, older: 0 });
	station.take([[HALF_PAST_NINE, "RRULE:FREQ=WEEKLY;COUNT=1", "SEQUENCE:2"]]);
	expect(station.times()).toEqual(["11-24T09:30"]);
});

test("who has come keeps the ticket, and past times stay as they were", () => {
	const station = openStation();
	const { codes } = station.take([[HALF_PAST_NINE, WEEKLY]]);
	const tuesday = MONDAY_NINE + 24 * 3_600_000;
	const found = station.visits.checkIn(String(codes[0]?.code), tuesday);
	const visit = { id: found.visit, queuePosition: found.queuePosition, bookedAt: found.bookedAt };
	station.tickets.issue({ ...request("comes"), class: found.class, visit }, tuesday);
	const late = { now: tuesday + 9 * 24 * 3_600_000 };
	station.take([[TEN, WEEKLY, "SEQUENCE:1"]], late);
	expect(station.times()).toEqual(["11-24T09:30", "12-01T09:30", "12-08T10:00"]);
});
