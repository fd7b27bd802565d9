import { describe, expect, test } from "vitest";
import { UserError } from "../../../../lib/errors.ts";
import { describeRemark } from "../../../../station/appointments/list-remark.ts";
import { readAppointments } from "../../../../station/appointments/read-appointments.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

/*
 * What is wrong with lists as they come: each is refused in one message with line and column, and none is read as
 * something else.
 */

const NOW = Date.UTC(2026, 10, 22);
const SHANGHAI = { timezone: "Asia/Shanghai", topicIds: [asTopicId("housing")] };
const NEW_YORK = { ...SHANGHAI, timezone: "America/New_York" };

function refusalOf(content: string | Uint8Array, site = SHANGHAI): string {
	try {
		const { appointments } = readAppointments(typeof content === "string" ? Buffer.from(content) : content, site, NOW);
		throw new Error(`It was read: ${JSON.stringify(appointments)}`);
	} catch (error) {
		if (error instanceof UserError && error.code.startsWith("APPOINTMENTS_")) return error.message;
		throw error;
	}
}

const atOf = (content: string) => readAppointments(Buffer.from(content), SHANGHAI, NOW).appointments[0]?.at;
const tableOf = (cells: { code?: string; time?: string; party?: string }) => {
	const { code = "AB12", time = "2026-11-30 10:00", party = "1" } = cells;
	return `code,time,topic,party\n"${code}","${time}",housing,"${party}"\n`;
};

describe("a cell of a table is never read as something else", () => {
	test.each([
		...["2026/13/40 10:00", "2026-02-29 10:00", "2027-02-30 09:30", "2026-11-31 10:00", "2026-11-30 24:00"],
		...["2026-11-30 25:00", "2026-11-30 10:60", "2026-11-30 12:00 am", "2026-11-30 13:00 PM"],
		...["12/11/2026 9:05 PM", "2026-11-30 上午12:30", "46356.4375", "46356", "20261130", "20261130T100000", "1e5"],
		...[
			"２０２６-１１-３０ １０:００",
			"٢٠٢٦-١١-٣٠ ١٠:٠٠",
			"2026‑11‑30 10:30",
			"2026-11-30",
			"10:00",
			"=A1",
			"#REF!",
			"########",
		],
		...[
			"30 Nov 26 10:00",
			"30 Novembre 2026 10:00",
			"2026-11-30 10.30",
			"30.11.26 10:30",
			"2026-11-30 10:30 CST",
			"115-11-30 10:00",
		],
		...["2569-11-30 10:00", "2026-11-30 10:30+15:00", ""],
	])("the time %j", (time) => {
		expect(refusalOf(tableOf({ time }))).toContain("line 2, column time: ");
	});

	test("29 February is read in a leap year", () => {
		expect(atOf(tableOf({ time: "2028-02-29 10:00" }))).toBe(Date.UTC(2028, 1, 29, 2));
	});

	test.each([
		...["=HYPERLINK(1)", "@SUM(A1)", "+AB12", "-AB12", "'0012", "#N/A", "1e5", "1.00E+05", "4.5E+10", "1.23457E+14"],
		...["ＡＢ１２", "٤٥٦٧", "AB12/CD", "AB1", "123456789012345678901", "AB12\u200b", ""],
	])("the code %j", (code) => {
		expect(refusalOf(tableOf({ code }))).toMatch(
			/line 2, column code: (?:Its code must be|".*" is not what stood there)/,
		);
	});

	test.each(["0", "-1", "2.0", "21", "1e1", "two", "2人", "２"])("the party %j", (party) => {
		expect(refusalOf(tableOf({ party }))).toContain("line 2, column party: Its party must be");
	});

	test.each(["12-Mar", "12-Mar-26", "12-Mar-2026", "2026-03-12", "Mar-12", "3月12日", "2012年3月"])(
		"the code %j, of which Excel made a date",
		(code) => {
			expect(refusalOf(tableOf({ code }))).toContain("line 2, column code: ");
			expect(refusalOf(tableOf({ code }))).toContain("is a date that Excel made of a code");
		},
	);

	test.each(["已取消", "Cancelled", " declined "])(
		"the note %j, which nobody reads, cancels nothing in silence",
		(note) => {
			const table = `code,time,topic,notes\nAB12,2026-11-30 10:00,housing,${note}\n`;
			expect(refusalOf(table)).toMatch(/line 2, column notes: .* may cancel the booking/);
			const kept = `code,time,topic,notes\nAB12,2026-11-30 10:00,housing,asked whether it was ${note}\n`;
			expect(readAppointments(Buffer.from(kept), SHANGHAI, NOW).appointments).toHaveLength(1);
		},
	);

	test.each(["0.4375", ".4375", "0,4375"])("the time of day %j, as Excel keeps it, is told as such", (time) => {
		expect(refusalOf(tableOf({ time }))).toContain("is a number, as Excel keeps dates");
	});

	test("leading zeros of a code are kept", () => {
		expect(readAppointments(Buffer.from(tableOf({ code: "00123" })), SHANGHAI, NOW).appointments[0]?.code).toBe(
			"00123",
		);
	});

	test.each([
		["2027-03-14 02:30", /line 2, column time: .*does not exist/],
		["2026-11-01 01:30", /line 2, column time: .*happens twice/],
	])("%s where the clocks change", (time, why) => {
		expect(refusalOf(tableOf({ time }), NEW_YORK)).toMatch(why);
	});
});

const utf16 = (text: string) => Uint8Array.from(Buffer.from(text, "utf16le"));
const bytesOf = (...parts: (string | readonly number[])[]) =>
	Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part)] : part)));

describe("a file that is not a table", () => {
	test.each<[string, string | Uint8Array, RegExp]>([
		["a zip file", bytesOf([0x50, 0x4b, 3, 4, 20, 0]), /zip file/],
		["an empty zip file", bytesOf([0x50, 0x4b, 5, 6, 0, 0]), /zip file/],
		["a web page with the ending .xls", "<html><table><tr><td>code</td></tr></table>", /web page/],
		["a web page behind a mark", "\ufeff<html><table><tr><td>code</td></tr></table>", /web page/],
		["UTF-16 without its mark", utf16("code,time,topic\r\n"), /UTF-16 without the mark/],
		["UTF-16 cut off in a letter", bytesOf([0xff, 0xfe, 0x63, 0, 0x6f]), /UTF-16LE, and is not/],
		["UTF-32", bytesOf([0xff, 0xfe, 0, 0, 0x63, 0, 0, 0]), /Line 1 holds a zero byte/],
		["a zero byte in a cell", tableOf({ code: "AB\0" }), /Line 2 holds a zero byte/],
		[
			"Big5",
			bytesOf("code,time,topic,status\nAB12,2026-11-30 10:00,housing,", [0xa4, 0x77, 0xa8, 0xfa, 0xae, 0xf8, 0x0a]),
			/Line 2/,
		],
		["five encodings", bytesOf(tableOf({}), "已取消\n", [0xd2, 0xd1, 0xff, 0x0a], [0xe4, 0x74, 0x0a]), /Line 4/],
		["nothing", "", /empty/],
		["only a mark", bytesOf([0xef, 0xbb, 0xbf]), /empty/],
		["a title above the columns", `Bookings of December\n\n${tableOf({})}`, /line 1: It has no column for code/],
		["a merged cell above the columns", `Bookings,,,\n${tableOf({})}`, /line 1: It has no column for code/],
		[
			"a quotation mark inside a cell",
			'code,time,topic\nAB"12,2026-11-30 10:00,housing\n',
			/line 2, column 1: A quotation mark stands inside/,
		],
		[
			"a quotation mark that closes too soon",
			'code,time,topic\n"AB"12,2026-11-30 10:00,housing\n',
			/line 2, column 1: Something stands behind/,
		],
		["half a row", "code,time,topic\nAB12,2026-11-3", /line 2, column time/],
		["a row with more cells than columns", "code,time,topic\nAB12,2026-11-30 10:00,housing,x\n", /line 2, column 4/],
		["JSON", '[{"code":"AB12"}]', /line 1/],
		["a card of a person", "BEGIN:VCARD\nEND:VCARD\n", /line 1: It has no column for code/],
	])("%s", (_name, content, why) => {
		expect(refusalOf(content)).toMatch(why);
	});
});

const calendarOf = (...lines: string[]) =>
	["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:AB12@x", "CATEGORIES:housing", ...lines]
		.concat("END:VEVENT", "END:VCALENDAR", "")
		.join("\r\n");
const AT = "DTSTART:20261130T100000Z";

describe("a property of an event is never read as something else", () => {
	test.each<[string, string[], RegExp]>([
		["30 February", ["DTSTART:20270230T100000"], /DTSTART: There is no such day/],
		["29 February of a common year", ["DTSTART;TZID=Asia/Shanghai:20270229T100000"], /no such day/],
		["month 13", ["DTSTART:20261330T100000Z"], /no such day/],
		["24:00", ["DTSTART:20261130T240000"], /no such time of day/],
		["the year 1601", ["DTSTART:16010101T000000Z"], /not between 2000 and 2100/],
		["a word for a time", ["DTSTART:soon"], /is no time/],
		["two starts", [AT, "DTSTART:20261201T100000Z"], /DTSTART twice/],
		["two statuses", [AT, "STATUS:CONFIRMED", "STATUS:CANCELLED"], /STATUS twice/],
		["a SEQUENCE that is a word", [AT, "SEQUENCE:abc"], /SEQUENCE "abc"|not iCalendar/],
		["a RECURRENCE-ID that is no day", [AT, "RECURRENCE-ID:20270230T100000"], /RECURRENCE-ID: There is no such day/],
		[
			"an EXDATE that is no day",
			[AT, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20270230T100000"],
			/EXDATE: There is no such day/,
		],
		["an RDATE that is a period", [AT, "RDATE;VALUE=PERIOD:20261202T100000Z/PT1H"], /RDATE: .*is no time/],
		["an UNTIL that is no day", [AT, "RRULE:FREQ=DAILY;UNTIL=20270230T000000Z"], /RRULE UNTIL: There is no such day/],
		["a rule that is none", [AT, "RRULE:FREQ=SOMETIMES"], /SOMETIMES/],
		["a rule by the second", [AT, "RRULE:FREQ=SECONDLY"], /not read: FREQ=SECONDLY/],
		[
			"a rule for every day of ten years and more",
			["DTSTART:20100101T020000Z", "RRULE:FREQ=DAILY;COUNT=20000"],
			/without an end/,
		],
		["a zone that does not exist", ["DTSTART;TZID=Mars/Olympus:20261130T100000"], /zone "Mars\/Olympus" is not known/],
		["a zone that is an offset", ["DTSTART;TZID=GMT+8:20261130T100000"], /zone "GMT\+8" is not known/],
		["an hour that the clocks leave out", ["DTSTART;TZID=America/New_York:20270314T023000"], /does not exist/],
		["an hour that comes twice", ["DTSTART;TZID=America/New_York:20261101T013000"], /happens twice/],
		["an event inside of an event", [AT, "BEGIN:VEVENT", "END:VEVENT"], /Another event begins/],
	])("%s", (_name, lines, why) => {
		const message = refusalOf(calendarOf(...lines));
		expect(message).toMatch(why);
		expect(message).toMatch(/line 3/);
	});

	test("what is no booking does not keep the bookings from being read, whatever it holds", () => {
		const odd = ["BEGIN:VEVENT", "UID:lunch", "DTSTART:soon", "END:VEVENT", "END:VCALENDAR"].join("\r\n");
		const list = readAppointments(Buffer.from(calendarOf(AT).replace("END:VCALENDAR", odd)), SHANGHAI, NOW);
		expect(list.appointments).toHaveLength(1);
		expect(list.skipped.map(describeRemark)).toMatchObject([
			{ place: "line 8, event 2 (lunch)", what: expect.stringContaining("categories") },
		]);
	});
});

describe("what calendars of other programs say", () => {
	test("a calendar as Google publishes it, with neither categories nor a topic for its title, is refused with that reason", () => {
		const google = calendarOf("DTSTAMP:20261101T000000Z", AT, "SUMMARY:Doe", "TRANSP:OPAQUE");
		expect(refusalOf(google.replace("CATEGORIES:housing\r\n", "X-WR-CALNAME:Bookings\r\n"))).toContain("categories");
	});

	test("a calendar as Outlook publishes it, with categories, is read, and its codes are made and listed", () => {
		const uid = "040000008200E00074C5B7101A82E00800000000B0A5C1D2E3F4";
		const outlook = calendarOf("DTSTART;TZID=China Standard Time:20261130T100000", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY");
		const list = readAppointments(Buffer.from(outlook.replace("UID:AB12@x", `UID:${uid}`)), SHANGHAI, NOW);
		expect(list).toMatchObject({ appointments: [{ at: Date.UTC(2026, 10, 30, 2), topic: "housing" }] });
		expect(list.madeCodes).toHaveLength(1);
	});
});
