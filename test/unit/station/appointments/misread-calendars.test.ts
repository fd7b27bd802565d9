import { describe, expect, test } from "vitest";
import { describeRemark, ListRefused } from "../../../../station/appointments/list-remark.ts";
import { readAppointments } from "../../../../station/appointments/read-appointments.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

/*
 * What a parser reads as something else without a word: each is read as it was meant, or refused with the property that
 * cannot be read for sure.
 */

const NOW = Date.UTC(2026, 10, 22);
const SITE = { timezone: "Asia/Shanghai", topicIds: [asTopicId("housing"), asTopicId("tax")] };
const START = "DTSTART:20261201T013000Z";
const IN_SHANGHAI = "DTSTART;TZID=Asia/Shanghai:20261201T093000";
const IN_NEW_YORK = "DTSTART;TZID=America/New_York:20261201T093000";
const DAILY = "RRULE:FREQ=DAILY;COUNT=3";

interface Event {
	lines: readonly string[];
	uid?: string;
	topic?: string;
}

function calendarOf(events: readonly Event[], head: readonly string[] = []): string {
	const bodies = events.flatMap(({ lines, uid = "AB12@x", topic = "housing" }) => [
		...["BEGIN:VEVENT", `UID:${uid}`, ...lines],
		...[`CATEGORIES:${topic}`, "END:VEVENT"],
	]);
	return ["BEGIN:VCALENDAR", "VERSION:2.0", ...head, ...bodies, "END:VCALENDAR", ""].join("\r\n");
}

function read(text: string) {
	const list = readAppointments(Buffer.from(text), SITE, NOW);
	return {
		times: list.appointments.map(({ at }) => new Date(at).toISOString().slice(0, 16)),
		cancelled: list.cancelled.map(({ source }) => source),
		skipped: list.skipped.map(describeRemark).map(({ what }) => what),
	};
}

function refusalOf(text: string): string {
	try {
		return `It was read: ${JSON.stringify(read(text))}`;
	} catch (error) {
		if (error instanceof ListRefused) return error.message;
		throw error;
	}
}

const one = (...lines: string[]) => calendarOf([{ lines }]);

/** New York's clocks as the file itself describes them. */
const OWN_ZONE = [
	...["BEGIN:VTIMEZONE", "TZID:Office", "BEGIN:STANDARD", "DTSTART:20071104T020000"],
	...["RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "END:STANDARD"],
	...["BEGIN:DAYLIGHT", "DTSTART:20070311T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"],
	...["TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "END:DAYLIGHT", "END:VTIMEZONE"],
];
const inOwnZone = (time: string) => calendarOf([{ lines: [`DTSTART;TZID=Office:${time}`] }], OWN_ZONE);

describe("a time that is not written as RFC 5545 writes it", () => {
	test.each([
		["with an offset", "DTSTART:20261201T093000+0800"],
		["with parts of a second", "DTSTART:20261201T013000.000Z"],
		["with a small z", "DTSTART:20261201t013000z"],
		["with one of those behind a folded line", "DTSTART:20261201T0130\r\n 00.000Z"],
	])("%s is refused", (_name, start) => {
		expect(refusalOf(one(start))).toMatch(/line 3.*DTSTART: .*is no time/);
	});

	test.each(["20261201T0130", "20261201013000", "20261201T09.30"])("%s is shown as it is written", (value) => {
		expect(refusalOf(one(`DTSTART:${value}`))).toContain(`DTSTART: "${value}" is no time`);
	});

	test("that is left out of a rule is refused as well", () => {
		expect(refusalOf(one(START, DAILY, "EXDATE:20261202T013000z"))).toMatch(/EXDATE: .*is no time/);
	});

	test("a day without VALUE=DATE is an all-day event, and the booking beside it is read", () => {
		const list = read(calendarOf([{ lines: ["DTSTART:20261201"] }, { uid: "CD34@x", lines: [START] }]));
		expect(list).toMatchObject({ times: ["2026-12-01T01:30"], skipped: ["It is an all-day event."] });
	});

	test.each([
		["Outlook's mark", ["DTSTART:20261201T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"]],
		["midnight to midnight", ["DTSTART:20261201T000000", "DTEND:20261202T000000"]],
	])("a day told by %s is no booking at midnight", (_name, lines) => {
		expect(read(calendarOf([{ lines }, { uid: "CD34@x", lines: [START] }])).times).toEqual(["2026-12-01T01:30"]);
	});
});

describe("whose time it is", () => {
	test("the zone that a calendar is shown in refuses a time without one where the site's is another", () => {
		const local = [{ lines: ["DTSTART:20261201T093000"] }];
		expect(refusalOf(calendarOf(local, ["X-WR-TIMEZONE:America/New_York"]))).toMatch(/DTSTART: .*America\/New_York/);
		expect(refusalOf(calendarOf(local, ["X-WR-TIMEZONE:Mars"]))).toMatch(/DTSTART: .*Mars/);
		expect(read(calendarOf(local, ["X-WR-TIMEZONE:Asia/Taipei"])).times).toEqual(["2026-12-01T01:30"]);
		expect(read(calendarOf([{ lines: [START] }], ["X-WR-TIMEZONE:Mars"])).times).toEqual(["2026-12-01T01:30"]);
	});

	test("an abbreviation that means several zones is none", () => {
		for (const zone of ["CST", "BST", "IST"])
			expect(refusalOf(one(`DTSTART;TZID=${zone}:20261201T093000`))).toMatch(/DTSTART: Its zone "\w{3}" is not known/);
	});

	test("a time of the file's own zone that its clocks leave out or show twice is refused; beside it it is read", () => {
		expect(refusalOf(inOwnZone("20261101T013000"))).toMatch(/happens twice/);
		expect(refusalOf(inOwnZone("20270314T023000"))).toMatch(/does not exist/);
		expect(read(inOwnZone("20261101T003000")).times).toEqual(["2026-11-01T04:30"]);
		expect(read(inOwnZone("20261101T020000")).times).toEqual(["2026-11-01T07:00"]);
		expect(read(inOwnZone("20270314T013000")).times).toEqual(["2027-03-14T06:30"]);
		expect(read(inOwnZone("20270314T030000")).times).toEqual(["2027-03-14T07:00"]);
	});

	test("a time without a zone in a series that has one is refused where it is another one at the site", () => {
		expect(refusalOf(one(IN_NEW_YORK, DAILY, "EXDATE:20261202T093000"))).toMatch(/EXDATE: It has no zone/);
		expect(refusalOf(one(START, DAILY, "RDATE:20261205T093000"))).toMatch(/RDATE: It has no zone/);
		expect(read(one(IN_SHANGHAI, DAILY, "EXDATE:20261202T093000")).times).toHaveLength(2);
	});
});

describe("a rule is read whole or refused", () => {
	test.each(["INTERVAL=0", "INTERVAL=-1", "COUNT=0", "RSCALE=CHINESE", "SKIP=FORWARD", "BYEASTER=0", "BYDAY=2TU"])(
		"%s is refused by its name",
		(part) => {
			expect(refusalOf(one(START, `RRULE:FREQ=WEEKLY;${part}`))).toContain(
				`RRULE: Its rule has a part that is not read: ${part}`,
			);
		},
	);

	test("a part that is there twice is refused; the second Tuesday of a month is read", () => {
		expect(refusalOf(one(START, "RRULE:FREQ=DAILY;COUNT=2;COUNT=3"))).toMatch(/RRULE: .*COUNT=2;COUNT=3/);
		expect(read(one(IN_SHANGHAI, "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=1")).times).toEqual(["2026-12-08T01:30"]);
	});
});

describe("whether a booking holds", () => {
	test.each(["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"])("METHOD:%s is no booking", (method) => {
		expect(refusalOf(calendarOf([{ lines: [START] }], [`METHOD:${method}`]))).toContain(
			`METHOD:${method} neither books`,
		);
	});

	test("two methods that differ are none", () => {
		expect(refusalOf(calendarOf([{ lines: [START] }], ["METHOD:PUBLISH", "METHOD:CANCEL"]))).toMatch(/neither books/);
	});

	test.each([
		...[
			"Canceled: Residence permit",
			"Cancelled: x",
			"已取消: 居留许可",
			"Abgesagt: Termin",
			"Annullato: x",
			"취소됨: x",
		],
		...["[Cancelled] Residence permit", "Residence permit (cancelled)", "【已取消】居留许可", "居留许可（取消）"],
		...["Cancelled - Residence permit", "Cancelled", "已取消", "已取消 居留许可"],
		...["CANCELLED Residence permit", "FW: Canceled: x", "RE: Fwd: Cancelled: x", "转发：已取消: x", "Declined: x"],
	])("the title %j cancels", (title) => {
		expect(read(one(START, `SUMMARY:${title}`))).toMatchObject({ times: [], cancelled: ["calendar AB12@x"] });
	});

	test.each([
		"Cancellation of a permit",
		"Cancelled visa",
		"取消登记",
		"Permit (not cancelled)",
		"FW: Permit",
		"Declined permit",
	])("the title %j says what the visitor wants", (title) => {
		expect(read(one(START, `SUMMARY:${title}`))).toMatchObject({ times: ["2026-12-01T01:30"], cancelled: [] });
	});

	test("of two versions with one SEQUENCE the later DTSTAMP counts, wherever it stands", () => {
		const live = { lines: [START, "DTSTAMP:20261101T000000Z"] };
		const cancelled = { lines: [START, "DTSTAMP:20261102T000000Z", "STATUS:CANCELLED"] };
		for (const events of [
			[live, cancelled],
			[cancelled, live],
		])
			expect(read(calendarOf(events))).toMatchObject({ times: [], cancelled: ["calendar AB12@x"] });
	});

	test("a series that is cancelled takes the times with it that were moved before, and not those moved after", () => {
		const series = { lines: [START, DAILY, "STATUS:CANCELLED", "SEQUENCE:2"] };
		const moved = (sequence: number) => ({
			lines: ["DTSTART:20261202T060000Z", "RECURRENCE-ID:20261202T013000Z", `SEQUENCE:${sequence}`],
		});
		const list = read(calendarOf([series, moved(0)]));
		expect(list.times).toEqual([]);
		expect(list.cancelled).toEqual(["calendar AB12@x"]);
		expect(read(calendarOf([series, moved(3)])).times).toEqual(["2026-12-02T06:00"]);
	});

	test("an event of two topics is refused with both; one topic under two names is one", () => {
		expect(refusalOf(calendarOf([{ lines: [START], topic: "housing,tax" }]))).toMatch(/CATEGORIES: .*housing, tax/);
		expect(read(calendarOf([{ lines: [START], topic: "Other,tax,tax" }])).times).toHaveLength(1);
	});
});

test("a list whose year is wrong says how many of its times are over", () => {
	const table = "code,time,topic\nAB12,2022-11-30 09:30,housing\nCD34,2026-12-01 09:30,housing\n";
	const { notes } = readAppointments(Buffer.from(table), SITE, NOW);
	expect(notes.map(describeRemark)).toMatchObject([
		{ what: "Times on days that are over: 1, the first on 2022-11-30.", code: "days-past" },
	]);
});
