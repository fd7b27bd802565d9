import { describe, expect, test } from "vitest";
import type { ListSite } from "../../../../station/appointments/appointment.ts";
import { describeRemark } from "../../../../station/appointments/list-remark.ts";
import { readAppointments } from "../../../../station/appointments/read-appointments.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

/* What a list may mean otherwise than it looks: it is refused, or said. */

const NOW = Date.UTC(2026, 10, 30);
const SITE: ListSite = { timezone: "Asia/Shanghai", topicIds: [asTopicId("housing"), asTopicId("tax")] };

function read(text: string, site: Partial<ListSite> = {}) {
	const list = readAppointments(Buffer.from(text), { ...SITE, ...site }, NOW);
	return {
		times: list.appointments.map(({ at }) => new Date(at).toISOString().slice(0, 16)),
		cancelled: list.cancelled.length,
		said: [...list.skipped, ...list.notes].map((one) => describeRemark(one).what),
	};
}

function refusalOf(text: string, site: Partial<ListSite> = {}): string {
	try {
		return `It was read: ${JSON.stringify(read(text, site))}`;
	} catch (error) {
		return String(error);
	}
}

const event = (...lines: string[]) => ["BEGIN:VEVENT", "UID:AB12@x", "CATEGORIES:housing", ...lines, "END:VEVENT"];
const calendar = (...events: string[][]) =>
	["BEGIN:VCALENDAR", "VERSION:2.0", ...events.flat(), "END:VCALENDAR", ""].join("\r\n");
const START = "DTSTART;TZID=Asia/Shanghai:20261201T093000";

describe("a table with a column that somebody named", () => {
	const table = (heading: string, cell: string) => `Ref,time,topic,${heading}\nAB12,2026-12-01 10:00,housing,${cell}\n`;
	const columns = { code: "Ref" };

	test.each([
		["Deleted", "TRUE"],
		["Cancelled at", "2026-11-30 09:00"],
		["取消时间", "2026-11-30"],
		["Cancellation reason", "ill"],
		["State", "void"],
		["Active", "FALSE"],
		["有效", "否"],
	])("%s: %s may cancel, so it is refused", (heading, cell) => {
		const said = refusalOf(table(heading, cell), { columns });
		expect(said).toMatch(cell === "void" ? /It was read/ : /stands in a column that is not read/);
	});

	test.each([
		["Deleted", ""],
		["Deleted", "no"],
		["Deleted", "confirmed"],
		["Active", "TRUE"],
		["Remarks", "TRUE"],
	])("%s: %j does not", (heading, cell) => {
		expect(read(table(heading, cell), { columns }).times).toHaveLength(1);
	});

	test.each([
		["Start Time (America/New_York)", false],
		["Start Time (EST)", false],
		["Start (Eastern Standard Time)", false],
		["开始时间（东京时间）", false],
		["Start Time (Asia/Shanghai)", true],
		["开始时间（北京时间）", true],
		["Start Time (local time)", true],
		["Start time (hh:mm)", true],
		["Start time (24h)", true],
		["预约时间（当地时间）", true],
	])("the time's heading %s fits the site: %s", (heading, fits) => {
		const said = refusalOf(`code,${heading},topic\nAB12,2026-12-01 10:00,housing\n`, { columns: { time: heading } });
		expect(said).toMatch(fits ? /It was read: {"times":\["2026-12-01T02:00"\]/ : /It is in the zone/);
	});
});

describe("what Excel left in the place of a code", () => {
	const table = (id: string) => `Booking ID,time,topic\n${id},2026-12-01 10:00,housing\n`;

	test.each(["12-mar", "12-mars", "mars-26", "3-Mrz", "1-Dez", "12-ago", "12-MAR", "12-Mar-26", "3月12日"])(
		"%s is a date",
		(id) => expect(refusalOf(table(id))).toMatch(/is a date that Excel made/),
	);

	test.each(["#REF!", "#N/A", "N/A", "null", "=A2", "1.23457E+18", "20261201093000100000", "####", "合计"])(
		"%s is nobody's booking",
		(id) => expect(refusalOf(table(id))).toMatch(/is not what stood there/),
	);

	test.each(["4E12", "NULL7", "123456789012345", "12-3-26-A"])("%s is a code", (id) => {
		expect(read(table(id)).times).toHaveLength(1);
	});

	test('="001234" is 001234', () => {
		expect(read(table('"=""001234"""')).times).toHaveLength(1);
	});
});

test("times at night are said: a day alone is 0:00 in Excel", () => {
	const said = read("code,time,topic\nAB12,2026/12/1 0:00,housing\nCD34,2026-12-01 21:30,housing\n").said;
	expect(said).toEqual([expect.stringContaining("Times at night: 1, the first at 2026-12-01 00:00")]);
});

describe("an event that is no booking, or no more", () => {
	test.each([
		[
			"Microsoft's mark in UTC",
			["DTSTART:20261130T160000Z", "DTEND:20261201T160000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"],
		],
		[
			"Microsoft's mark elsewhere",
			["DTSTART;TZID=America/New_York:20261130T110000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"],
		],
		["a DURATION of days", ["DTSTART;TZID=Asia/Shanghai:20261201T000000", "DURATION:P1D"]],
	])("a whole day: %s", (_, lines) => {
		expect(read(calendar(event(...lines), event("UID:CD34@x", START).toSpliced(1, 1)))).toMatchObject({
			times: ["2026-12-01T01:30"],
			said: [expect.stringContaining("all-day")],
		});
	});

	test.each([
		...[
			"Visa - CANCELLED",
			"Visa CANCELLED",
			"居住证-已取消",
			"Storniert: Visa",
			"*Cancelled* Visa",
			"<Cancelled> Visa",
		],
		...["Cancelled | Visa", "❌ Cancelled: Visa", "Visa cancelled by client", "Đã hủy: Visa", "Zrušeno: Visa"],
	])("the title %s cancels", (title) => {
		const said = refusalOf(calendar(event(START, `SUMMARY:${title}`)));
		expect(said).toMatch(/"times":\[\],"cancelled":1/);
	});

	test.each(["Cancelled visa: what now", "取消 居住证", "How to cancel a permit", "Visa"])(
		"the title %s does not",
		(title) => {
			expect(read(calendar(event(START, `SUMMARY:${title}`))).times).toHaveLength(1);
		},
	);
});

test("two bookings under one UID are refused; one that stands there twice is one", () => {
	const other = event("DTSTART;TZID=Asia/Shanghai:20261201T150000");
	expect(refusalOf(calendar(event(START), other))).toMatch(/event 2 \(AB12@x\): It is the booking of line 3 again/);
	expect(read(calendar(event(START), event(START))).times).toHaveLength(1);
	const stamped = (stamp: string, start: string) => event(`DTSTAMP:${stamp}`, start);
	const moved = stamped("20261120T000000Z", "DTSTART;TZID=Asia/Shanghai:20261201T150000");
	expect(read(calendar(stamped("20261101T000000Z", START), moved)).times).toEqual(["2026-12-01T07:00"]);
});

test("an EXDATE that leaves out no time of the series is said", () => {
	const lines = [START, "RRULE:FREQ=DAILY;COUNT=3"];
	expect(read(calendar(event(...lines, "EXDATE;TZID=Asia/Shanghai:20261202T100000")))).toMatchObject({
		times: ["2026-12-01T01:30", "2026-12-02T01:30", "2026-12-03T01:30"],
		said: ["It leaves out a time that it does not have: 2026-12-02T02:00:00.000Z."],
	});
	expect(read(calendar(event(...lines, "EXDATE;TZID=Asia/Shanghai:20261202T093000"))).said).toEqual([]);
});

test("a start that is not one of its rule's days is said", () => {
	expect(read(calendar(event(START, "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=1")))).toMatchObject({
		times: ["2026-12-07T01:30"],
		said: [expect.stringContaining("Its start is not one of the days that its rule gives")],
	});
});

test("a vCalendar of version 1.0 is no iCalendar", () => {
	expect(refusalOf(calendar(event(START)).replace("VERSION:2.0", "VERSION:1.0"))).toMatch(/VERSION:1.0/);
});

test.each(["UTC", "GMT", "Etc/UTC", '"Etc/UTC"', "tzone://Microsoft/Utc", '"tzone://Microsoft/Utc"'])(
	"TZID=%s is UTC however it is written",
	(zone) => {
		expect(read(calendar(event(`DTSTART;TZID=${zone}:20261201T013000`))).times).toEqual(["2026-12-01T01:30"]);
	},
);

test.each([
	["two zones", "DTSTART;TZID=Asia/Shanghai;TZID=Asia/Tokyo:20261201T093000", /DTSTART: It names two zones/],
	["a zone without a name", "DTSTART;TZID=:20261201T093000", /DTSTART: It names a zone, but the name is empty/],
	["Microsoft's zone without its description", "DTSTART;TZID=tzone://Microsoft/Custom:20261201T093000", /is not known/],
])("a start with %s is refused", (_what, start, sentence) => {
	expect(refusalOf(calendar(event(start)))).toMatch(sentence);
});

test.each(["VTODO", "VTIMEZONE", "VCALENDAR"])("an event inside of %s is not passed over in silence", (outer) => {
	const inside = [`BEGIN:${outer}`, ...event(START), `END:${outer}`];
	expect(refusalOf(calendar(event(START), inside))).toMatch(/line 9: An event stands inside of/);
});

describe("a table whose letters are not what they look like", () => {
	const westernBars = (name: string, more = "") =>
		Buffer.from(`code|time|topic|name|status\nAB12|2026-12-01 10:00|housing|${name}|cancelled\n${more}`, "latin1");
	const readBytes = (bytes: Uint8Array) => () => readAppointments(bytes, SITE, NOW);

	test.each(["Jos\xe9", "M\xfcller", "Ren\xe9 Fran\xe7ois"])("%s of Windows-1252 is no GB18030", (name) => {
		expect(readBytes(westernBars(name))).toThrow(/line 2|Line 2 is neither UTF-8 nor GB18030/i);
	});

	test("a bar that another letter took along is missed, though Chinese stands there as well", () => {
		const chinese = Buffer.concat([westernBars("Jos\xe9"), Buffer.from([0xd6, 0xd0, 0xb9, 0xfa]), Buffer.from("\n")]);
		expect(readBytes(chinese)).toThrow(/neither UTF-8 nor GB18030/);
	});

	test("Chinese in GB18030 beside Latin letters is read", () => {
		const head = Buffer.from("code,time,topic,name\nAB12,2026-12-01 10:00,housing,Li ");
		const rows = Buffer.concat([head, Buffer.from([0xc0, 0xee, 0xc4, 0xc8]), Buffer.from("\n")]);
		expect(readAppointments(rows, SITE, NOW).appointments).toHaveLength(1);
	});
});

test("a code in the form that keeps Excel from taking it for a number is the code", () => {
	const list = readAppointments(
		Buffer.from('code;time;topic\n="001234";2026-12-01 10:00;housing\n"=""005678""";2026-12-01 11:00;housing\n'),
		SITE,
		NOW,
	);
	expect(list.appointments.map(({ code }) => code)).toEqual(["001234", "005678"]);
});

test.each([
	[
		'code,time,topic\nAB12,"2026-12-01 10:00,housing\nAB13,2026-12-01 11:00,housing\n',
		/line 2, column 2: .*never closed/,
	],
	['sep=,\r\ncode,time,topic\r\nAB1"2,2026-12-01 10:00,housing\r\n', /line 3, column 1: .*inside of a cell/],
	[
		'code,time,topic\n"A\r\nB",2026-12-01 10:00,housing\nAB13,"2026"x,housing\n',
		/line 4, column 2: .*closing quotation/,
	],
])("a table with a misplaced quotation mark is refused at its place: %j", (text, sentence) => {
	expect(refusalOf(text)).toMatch(sentence);
});

test("a day with dots is not read against an order that somebody named", () => {
	const table = (day: string) => `code,time,topic\nAB12,${day} 10:00,housing\n`;
	expect(refusalOf(table("11.12.2026"), { dateOrder: "mdy" })).toMatch(
		/Day and month cannot be told apart in "11.12.2026/,
	);
	expect(read(table("11.12.2026"), { dateOrder: "dmy" }).times).toEqual(["2026-12-11T02:00"]);
	expect(read(table("12.12.2026"), { dateOrder: "mdy" }).times).toEqual(["2026-12-12T02:00"]);
	expect(read(table("30.12.2026"), { dateOrder: "mdy" }).times).toEqual(["2026-12-30T02:00"]);
});
