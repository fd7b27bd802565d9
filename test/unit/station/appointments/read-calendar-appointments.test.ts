import { describe, expect, test } from "vitest";
import { UserError } from "../../../../lib/errors.ts";
import { describeRemark } from "../../../../station/appointments/list-remark.ts";
import { readCalendarAppointments } from "../../../../station/appointments/read-calendar-appointments.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

const site = { timezone: "Asia/Shanghai", topicIds: [asTopicId("work-permit"), asTopicId("housing")] };
const TEN = Date.UTC(2026, 10, 23, 2, 0);
const NOW = TEN - 86_400_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Outlook's way of describing China. */
const vtimezone = (tzid: string, offset = "+0800") => [
	"BEGIN:VTIMEZONE",
	`TZID:${tzid}`,
	"BEGIN:STANDARD",
	"DTSTART:16010101T000000",
	`TZOFFSETFROM:${offset}`,
	`TZOFFSETTO:${offset}`,
	"END:STANDARD",
	"END:VTIMEZONE",
];

function calendarOf(parts: readonly string[], ...events: string[][]): string {
	const lines = events.flatMap((event) => ["BEGIN:VEVENT", ...event, "END:VEVENT"]);
	return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", ...parts, ...lines, "END:VCALENDAR", ""].join("\r\n");
}
const calendar = (...events: string[][]) => calendarOf([], ...events);
const read = (text: string) => readCalendarAppointments(text, site, NOW);
const atOf = (text: string) => read(text).appointments.map(({ at }) => at);

function refusalOf(text: string): string {
	try {
		read(text);
	} catch (error) {
		if (error instanceof UserError && error.code === "APPOINTMENTS_INVALID") return error.message;
		throw error;
	}
	throw new Error("It was not refused.");
}

describe("an iCalendar file", () => {
	test("gives bookings with code, time and topic, and nothing of the person", () => {
		const text = calendar(
			[
				"UID:4711@booking.example",
				"SUMMARY:Jane Doe\\, passport E1234567",
				"ATTENDEE;CN=Jane Doe:mailto:jane@example.com",
				"DTSTART;TZID=Asia/Shanghai:20261123T100000",
				"CATEGORIES:VIP,work-permit",
				"X-PAIHAO-CODE:AB12-CD34",
				"X-PAIHAO-LANGUAGE:ja",
				"X-PAIHAO-PARTY:3",
			],
			["UID:4712@booking.example", "DTSTART:20261123T020000Z", "CATEGORIES:housing"],
			["UID:4713@booking.example", "STATUS:CANCELLED", "DTSTART:20261123T030000Z", "CATEGORIES:housing"],
		);
		const list = read(text);
		expect(list.appointments).toEqual([
			{
				...{ source: "calendar 4711@booking.example", code: "AB12-CD34", at: TEN },
				...{ topic: "work-permit", language: "ja", partySize: 3, sequence: 0, listedAs: "event" },
			},
			{
				...{ source: "calendar 4712@booking.example", code: "4712", at: TEN },
				...{ topic: "housing", language: null, partySize: 1, sequence: 0, listedAs: "event" },
			},
		]);
		expect(list.cancelled.map(({ source }) => source)).toEqual(["calendar 4713@booking.example"]);
		expect(JSON.stringify(list)).not.toMatch(/Jane|E1234567|example\.com/);
	});

	test.each([
		["China Standard Time", true],
		["China Standard Time", false],
		["(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", true],
		["/freeassociation.sourceforge.net/Asia/Shanghai", true],
		["/freeassociation.sourceforge.net/Asia/Shanghai", false],
		["Asia/Shanghai", false],
		["Customized Time Zone", true],
		["EST", true],
		["UTC+08:00", false],
	])("the zone %s (its own VTIMEZONE: %s)", (tzid, isOwn) => {
		const text = calendarOf(isOwn ? vtimezone(tzid) : [], [
			...["UID:code1", `DTSTART;TZID="${tzid}":20261123T100000`, "CATEGORIES:housing"],
		]);
		expect(atOf(text)).toEqual([TEN]);
	});

	test("a time without a zone is the site's; one with a zone is that zone's", () => {
		expect(atOf(calendar(["UID:code1", "DTSTART:20261123T100000", "CATEGORIES:housing"]))).toEqual([TEN]);
		expect(atOf(calendar(["UID:code1", "DTSTART;TZID=Europe/Berlin:20261123T030000", "CATEGORIES:housing"]))).toEqual([
			TEN,
		]);
	});

	test("a mark before the calendar and several calendars in one file", () => {
		const one = calendar(["UID:code1", "DTSTART:20261123T100000", "CATEGORIES:housing"]);
		const other = calendar(["UID:code2", "DTSTART:20261123T110000", "CATEGORIES:work-permit"]);
		expect(atOf(`\ufeff${one}${other}`)).toEqual([TEN, TEN + HOUR]);
	});

	test("what is no booking is left out and named, the others are read", () => {
		const list = read(
			calendar(
				["UID:good1", "DTSTART:20261123T100000", "CATEGORIES:housing"],
				["UID:holiday", "DTSTART;VALUE=DATE:20261123", "CATEGORIES:housing"],
				["UID:lunch", "DTSTART:20261123T120000", "SUMMARY:lunch"],
			),
		);
		expect(list.appointments.map(({ code }) => code)).toEqual(["good1"]);
		expect(list.skipped.map(describeRemark)).toMatchObject([
			{ place: "line 9, event 2 (holiday)", what: "It is an all-day event." },
			{ place: "line 14, event 3 (lunch)", what: expect.stringContaining("Say --topic ID") },
		]);
	});

	test("of one booking told twice the higher SEQUENCE counts, in any order", () => {
		const cancelled = ["UID:code1", "SEQUENCE:0", "STATUS:CANCELLED", "DTSTART:20261123T100000", "CATEGORIES:housing"];
		const confirmed = ["UID:code1", "SEQUENCE:1", "STATUS:CONFIRMED", "DTSTART:20261123T110000", "CATEGORIES:housing"];
		for (const text of [calendar(cancelled, confirmed), calendar(confirmed, cancelled)])
			expect(read(text)).toMatchObject({ appointments: [{ at: TEN + HOUR }], cancelled: [] });
	});

	test.each([
		["STATUS:CANCELLED", []],
		["STATUS:CANCELED", []],
		["X-NOTHING:1", ["METHOD:CANCEL"]],
	])("%s %j cancels", (status, head) => {
		const list = read(calendarOf(head, ["UID:code1", status, "DTSTART:20261123T100000", "CATEGORIES:housing"]));
		expect(list).toMatchObject({ appointments: [], cancelled: [{ source: "calendar code1" }] });
	});

	test("an event that repeats is a booking for each time, with its exceptions and its moved times", () => {
		const list = read(
			calendar(
				[
					...["UID:course1", "DTSTART;TZID=Asia/Shanghai:20261123T100000", "CATEGORIES:housing"],
					...["RRULE:FREQ=DAILY;COUNT=4", "EXDATE;TZID=Asia/Shanghai:20261124T100000"],
				],
				[
					...["UID:course1", "RECURRENCE-ID;TZID=Asia/Shanghai:20261125T100000"],
					...["DTSTART;TZID=Asia/Shanghai:20261125T150000", "CATEGORIES:housing"],
				],
				[
					...["UID:course1", "RECURRENCE-ID:20261126T020000Z", "STATUS:CANCELLED"],
					...["DTSTART;TZID=Asia/Shanghai:20261126T100000", "CATEGORIES:housing"],
				],
			),
		);
		expect(list.appointments.map(({ at }) => at).toSorted()).toEqual([TEN, TEN + 2 * DAY + 5 * HOUR]);
		expect(list.cancelled.map(({ source }) => source)).toEqual(["calendar course1\n2026-11-26T02:00:00.000Z"]);
		expect(list.listed).toEqual([{ source: "calendar course1", sequence: 0 }]);
	});

	test("a rule without an end is read a year ahead, and no further", () => {
		const text = calendar(["UID:weekly", "DTSTART:20261123T100000", "RRULE:FREQ=WEEKLY", "CATEGORIES:housing"]);
		expect(read(text).appointments).toHaveLength(53);
	});

	test.each([
		"040000008200E00074C5B7101A82E00800000000B0A5C1D2E3F4",
		"7kukuqrfedlm2f9tegy2jlu4@google.com",
		"c7a9b6ce-5d0c-4e0a-9a52-2d1f8f6f7a31",
	])("a UID that nobody can type (%s) gets a code, always the same, and is listed", (uid) => {
		const text = calendar([`UID:${uid}`, "DTSTART:20261123T100000", "CATEGORIES:housing"]);
		const list = read(text);
		expect(list.madeCodes).toEqual([{ code: list.appointments[0]?.code, at: TEN, topic: "housing" }]);
		expect(list.appointments[0]?.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
		expect(read(text)).toEqual(list);
	});

	test.each([
		["text of something else", "hello", /not an iCalendar/],
		[
			"nothing but all-day events",
			calendar(["UID:a1", "DTSTART;VALUE=DATE:20261123", "CATEGORIES:housing"]),
			/all-day/,
		],
		[
			"a zone that is not known",
			calendar(["UID:c1", "DTSTART;TZID=Moon/Sea:20261123T100000", "CATEGORIES:housing"]),
			/Moon/,
		],
		[
			"an unknown status",
			calendar(["UID:c1", "STATUS:MAYBE", "DTSTART:20261123T100000", "CATEGORIES:housing"]),
			/MAYBE/,
		],
		["no UID", calendar(["DTSTART:20261123T100000", "CATEGORIES:housing"]), /event 1: It has no UID/],
		["half a calendar", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:c1\r\n", /VEVENT of line 2 is not closed/],
		[
			"a local time that does not exist",
			calendar(["UID:c1", "DTSTART;TZID=Europe/Berlin:20260329T023000", "CATEGORIES:housing"]),
			/does not exist/,
		],
	])("%s is refused, with what is wrong", (_name, text, sentence) => {
		expect(refusalOf(text)).toMatch(sentence);
	});
});
