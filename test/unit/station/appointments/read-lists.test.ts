import { describe, expect, test } from "vitest";
import { UserError } from "../../../../lib/errors.ts";
import { readCalendar } from "../../../../station/appointments/read-calendar.ts";
import { readTable } from "../../../../station/appointments/read-table.ts";

const site = { timezone: "Asia/Shanghai", topicIds: ["work-permit", "housing"] };
const TEN = Date.UTC(2026, 10, 23, 2, 0);

function calendar(...events: string[][]): string {
	const lines = events.flatMap((event) => ["BEGIN:VEVENT", ...event, "END:VEVENT"]);
	return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", ...lines, "END:VCALENDAR", ""].join("\r\n");
}

function complaintOf(read: () => unknown): string {
	try {
		read();
	} catch (error) {
		if (error instanceof UserError && error.code === "APPOINTMENTS_BAD") return error.message;
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
		const read = readCalendar(text, site);
		expect(read).toEqual({
			appointments: [
				{
					source: "calendar 4711@booking.example",
					code: "AB12-CD34",
					at: TEN,
					topic: "work-permit",
					language: "ja",
					partySize: 3,
				},
				{
					source: "calendar 4712@booking.example",
					code: "4712",
					at: TEN,
					topic: "housing",
					language: null,
					partySize: 1,
				},
			],
			calledOff: ["calendar 4713@booking.example"],
		});
		expect(JSON.stringify(read)).not.toMatch(/Jane|E1234567|example\.com/);
	});

	test("a time without a zone is the site's, one with a zone is that zone's", () => {
		const at = (start: string) =>
			readCalendar(calendar(["UID:code1", start, "CATEGORIES:housing"]), site).appointments[0]?.at;
		expect(at("DTSTART:20261123T100000")).toBe(TEN);
		expect(at("DTSTART;TZID=Europe/Berlin:20261123T030000")).toBe(TEN);
	});

	test.each([
		["text of something else", "hello", /not an iCalendar/],
		[
			"a whole day",
			calendar(["UID:code1", "DTSTART;VALUE=DATE:20261123", "CATEGORIES:housing"]),
			/time cannot be read/,
		],
		["an unknown topic", calendar(["UID:code1", "DTSTART:20261123T100000", "CATEGORIES:tea"]), /no topic tea/],
		["a short code", calendar(["UID:x1", "DTSTART:20261123T100000", "CATEGORIES:housing"]), /4 to 20/],
		[
			"an event that repeats",
			calendar(["UID:code1", "DTSTART:20261123T100000", "RRULE:FREQ=DAILY", "CATEGORIES:housing"]),
			/repeats/,
		],
		[
			"a zone that is not known",
			calendar(["UID:code1", "DTSTART;TZID=Moon/Sea:20261123T100000", "CATEGORIES:housing"]),
			/time cannot be read/,
		],
	])("%s is refused, with what is wrong", (_name, text, sentence) => {
		expect(complaintOf(() => readCalendar(text, site))).toMatch(sentence);
	});
});

describe("a CSV file", () => {
	test("gives bookings in any order of columns, with the site's time or an instant", () => {
		const text =
			"\ufefftopic,code,time,party,language,status\r\nwork-permit,AB12,2026-11-23 10:00,2,ko,\nhousing,CD34,2026-11-23T11:00:00+09:00,,,booked\nhousing,EF56,,,,cancelled\n";
		expect(readTable(text, site)).toEqual({
			appointments: [
				{ source: "list AB12", code: "AB12", at: TEN, topic: "work-permit", language: "ko", partySize: 2 },
				{ source: "list CD34", code: "CD34", at: TEN, topic: "housing", language: null, partySize: 1 },
			],
			calledOff: ["list EF56"],
		});
	});

	test.each([
		[
			"a column with names",
			"code,time,topic,name\nAB12,2026-11-23 10:00,housing,Jane\n",
			/column name .* personal data/,
		],
		["a column too few", "code,time\nAB12,2026-11-23 10:00\n", /no column topic/],
		["a line too short", "code,time,topic\nAB12,2026-11-23 10:00\n", /not a CSV file/],
		["a party of fifty", "code,time,topic,party\nAB12,2026-11-23 10:00,housing,50\n", /line 2: its party/],
		["a time of day alone", "code,time,topic\nAB12,10:00,housing\n", /line 2: its time/],
		["a day that is none", "code,time,topic\nAB12,2026-13-40 10:00,housing\n", /line 2: its time/],
		["a language that is none", "code,time,topic,language\nAB12,2026-11-23 10:00,housing,xx\n", /line 2: its language/],
		[
			"the same code twice",
			"code,time,topic\nAB-12,2026-11-23 10:00,housing\nab12,2026-11-23 11:00,housing\n",
			/line 3: its code ab12 is that of line 2/,
		],
	])("%s is refused, with the place", (_name, text, sentence) => {
		expect(complaintOf(() => readTable(text, site))).toMatch(sentence);
	});
});
