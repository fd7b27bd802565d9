import { describe, expect, test } from "vitest";
import { describeRemark, ListRefused } from "../../../../station/appointments/list-remark.ts";
import { readAppointments } from "../../../../station/appointments/read-appointments.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

/* What iCalendar allows and few programs write: read as RFC 5545 says, or refused with the event and its property. */

const NOW = Date.UTC(2026, 10, 22);
const SITE = {
	timezone: "Asia/Shanghai",
	topicIds: [asTopicId("housing")],
	topicNames: [{ id: asTopicId("housing"), name: "住房登记" }],
};

const event = (...lines: string[]) => ["BEGIN:VEVENT", "UID:AB12@x", "CATEGORIES:housing", ...lines, "END:VEVENT"];
const calendar = (...parts: string[][]) => ["BEGIN:VCALENDAR", ...parts.flat(), "END:VCALENDAR", ""].join("\r\n");

function read(content: string | Uint8Array) {
	const bytes = typeof content === "string" ? Buffer.from(content) : content;
	const { appointments, cancelled, skipped } = readAppointments(bytes, SITE, NOW);
	return {
		days: appointments.map(({ at }) => new Date(at).toISOString().slice(5, 16)).toSorted(),
		...{ cancelled: cancelled.length, skipped: skipped.map(describeRemark) },
	};
}

function refusalOf(content: string): string {
	try {
		return `It was read: ${JSON.stringify(read(content))}`;
	} catch (error) {
		if (error instanceof ListRefused) return error.message;
		throw error;
	}
}

/** 10:00 in Shanghai is 02:00 UTC. 23 November 2026 is a Monday. */
const LOCAL = "DTSTART;TZID=Asia/Shanghai:20261123T100000";
const MON = "11-23T02:00";
const TUE = "11-24T02:00";
const WED = "11-25T02:00";

describe("an event that repeats", () => {
	test.each<[string, string[], string[]]>([
		["ends with an UNTIL in UTC, the last time included", ["RRULE:FREQ=DAILY;UNTIL=20261125T020000Z"], [MON, TUE, WED]],
		["ends a second before its third time", ["RRULE:FREQ=DAILY;UNTIL=20261125T015959Z"], [MON, TUE]],
		["leaves out a time in UTC", ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20261124T020000Z"], [MON, WED]],
		[
			"leaves out a time of another zone",
			["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20261124T030000"],
			[MON, WED],
		],
		[
			"leaves out two times in one line",
			["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Asia/Shanghai:20261124T100000,20261125T100000"],
			[MON],
		],
		["has times of its own", ["RDATE;TZID=Asia/Shanghai:20261125T100000"], [MON, WED]],
		["has a time of its own in UTC", ["RDATE:20261125T020000Z"], [MON, WED]],
		["has a time of its own in another zone", ["RDATE;TZID=Europe/Berlin:20261125T030000"], [MON, WED]],
		["names one time twice", ["RRULE:FREQ=DAILY;COUNT=2", "RDATE;TZID=Asia/Shanghai:20261124T100000"], [MON, TUE]],
		["counts from its start, also where that was long ago", ["RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=2"], [MON, WED]],
		["on the last Wednesday of a month", ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-1;COUNT=1"], ["11-30T02:00"]],
		["has a DURATION in place of its end", ["DURATION:PT15M", "RRULE:FREQ=DAILY;COUNT=2"], [MON, TUE]],
	])("%s", (_, lines, days) => {
		expect(read(calendar(event(LOCAL, ...lines)))).toMatchObject({ days });
	});

	test.each<[string, string[], RegExp]>([
		["an EXDATE that is a day", ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261124"], /EXDATE: It names a day/],
		["an UNTIL that is a day", ["RRULE:FREQ=DAILY;UNTIL=20261124"], /RRULE UNTIL: It names a day/],
		["BYSETPOS within a week", ["RRULE:FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1;COUNT=2"], /RRULE: .*BYSETPOS/],
	])("%s is refused, since it cannot be told what is meant", (_, lines, why) => {
		expect(refusalOf(calendar(event(LOCAL, ...lines)))).toMatch(why);
	});

	test("a change of one time and of all that follow is refused", () => {
		const from = event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Shanghai:20261124T100000", LOCAL);
		expect(refusalOf(calendar(event(LOCAL, "RRULE:FREQ=DAILY;COUNT=3"), from))).toMatch(
			/event 2 \(AB12@x\), RECURRENCE-ID: .*THISANDFUTURE/,
		);
	});

	test("a time that is told by its UTC moves the same time", () => {
		const moved = event("RECURRENCE-ID:20261124T020000Z", "DTSTART;TZID=Asia/Shanghai:20261124T150000");
		expect(read(calendar(event(LOCAL, "RRULE:FREQ=DAILY;COUNT=2"), moved)).days).toEqual([MON, "11-24T07:00"]);
	});

	test("where clocks change, it stays at its time of day", () => {
		const berlin = event("DTSTART;TZID=Europe/Berlin:20270326T100000", "RRULE:FREQ=DAILY;COUNT=4");
		expect(read(calendar(berlin)).days).toEqual(["03-26T09:00", "03-27T09:00", "03-28T08:00", "03-29T08:00"]);
	});
});

describe("a zone", () => {
	const zone = (tzid: string, ...rules: string[]) => ["BEGIN:VTIMEZONE", `TZID:${tzid}`, ...rules, "END:VTIMEZONE"];
	const part = (kind: string, from: string, to: string, ...more: string[]) =>
		[`BEGIN:${kind}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, ...more, `END:${kind}`] as const;

	test("of the file's own wins over Windows' name, with its own summer time", () => {
		const own = zone(
			"China Standard Time",
			...part("STANDARD", "+0900", "+0800", "DTSTART:16010101T000000", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
			...part("DAYLIGHT", "+0800", "+0900", "DTSTART:16010101T000000", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4"),
		);
		const at = (day: string) => event(`DTSTART;TZID=China Standard Time:${day}T100000`);
		expect(read(calendar(own, at("20261123"))).days).toEqual([MON]);
		expect(read(calendar(own, at("20270701"))).days).toEqual(["07-01T01:00"]);
		expect(read(calendar(at("20270701"))).days).toEqual(["07-01T02:00"]);
	});

	test("of the file's own wins where its name stands in quotation marks", () => {
		const own = zone('"EST"', ...part("STANDARD", "+0800", "+0800", "DTSTART:19700101T000000"));
		expect(read(calendar(own, event('DTSTART;TZID="EST":20261123T100000'))).days).toEqual([MON]);
	});

	test.each<[string, string[]]>([
		["is not described", zone("Nowhere")],
		["is described without where it goes to", zone("Nowhere", "BEGIN:STANDARD", "TZOFFSETFROM:+0800", "END:STANDARD")],
		[
			"is described twice, in two ways",
			[
				...zone("Nowhere", ...part("STANDARD", "+0800", "+0800", "DTSTART:16010101T000000")),
				...zone("Nowhere", ...part("STANDARD", "+0900", "+0900", "DTSTART:16010101T000000")),
			],
		],
		["is further from UTC than any", zone("Nowhere", ...part("STANDARD", "+1500", "+1500", "DTSTART:16010101T000000"))],
	])("that %s is refused", (_, described) => {
		const refusal = refusalOf(calendar(described, event("DTSTART;TZID=Nowhere:20261123T100000")));
		expect(refusal).toMatch(/DTSTART: Its zone "Nowhere" is not known/);
	});

	test("that is described twice alike is read; a time that is in UTC and in a zone is refused", () => {
		const once = zone("Nowhere", ...part("STANDARD", "+0800", "+0800", "DTSTART:16010101T000000"));
		expect(read(calendar(once, once, event("DTSTART;TZID=Nowhere:20261123T100000"))).days).toEqual([MON]);
		expect(refusalOf(calendar(event("DTSTART;TZID=Asia/Shanghai:20261123T100000Z")))).toMatch(
			/UTC \(Z\) and in the zone/,
		);
	});

	test("of a floating time is the site's", () => {
		expect(read(calendar(event("DTSTART:20261123T100000"))).days).toEqual([MON]);
	});
});

describe("a file of events", () => {
	test("METHOD:CANCEL cancels, whatever SEQUENCE came first", () => {
		const cancel = ["BEGIN:VCALENDAR", "METHOD:CANCEL", ...event(LOCAL, "SEQUENCE:2"), "END:VCALENDAR", ""].join(
			"\r\n",
		);
		const request = (sequence: number) => calendar(event(LOCAL, `SEQUENCE:${sequence}`));
		expect(read(cancel + request(1))).toMatchObject({ days: [], cancelled: 1 });
		expect(read(request(1) + cancel)).toMatchObject({ days: [], cancelled: 1 });
		expect(read(cancel + request(3))).toMatchObject({ days: [MON], cancelled: 0 });
	});

	test("an all-day event, a task and a free-busy block are no bookings", () => {
		const others = [
			...["BEGIN:VTODO", "UID:t1", "DTSTART:20261123T100000", "CATEGORIES:housing", "END:VTODO"],
			...["BEGIN:VFREEBUSY", "UID:f1", "END:VFREEBUSY"],
		];
		const list = read(
			calendar(
				others,
				event("DTSTART;VALUE=DATE:20261123", "DURATION:P1D"),
				["BEGIN:VEVENT", ...event(LOCAL).slice(2)].toSpliced(1, 0, "UID:CD34@x"),
			),
		);
		expect(list).toMatchObject({ days: [MON], skipped: [{ place: "line 10, event 1 (AB12@x)", code: "all-day" }] });
	});

	test("a line that is folded inside a character is one line, in its category too", () => {
		const whole = Buffer.from(calendar(event(LOCAL)).replace("CATEGORIES:housing", "SUMMARY:x\r\nCATEGORIES:住房登记"));
		const inside = whole.indexOf(Buffer.from("房")) + 1;
		const folded = Buffer.concat([whole.subarray(0, inside), Buffer.from("\r\n "), whole.subarray(inside)]);
		expect(read(folded).days).toEqual([MON]);
		expect(refusalOf(folded.toString("latin1").slice(0, 60))).not.toMatch(/It was read/);
	});

	test("a topic is found by its name in any language, and marks of direction are shown", () => {
		expect(read(calendar(event(LOCAL)).replace("CATEGORIES:housing", "CATEGORIES:住房登记")).days).toEqual([MON]);
		expect(refusalOf(calendar(event("STATUS:CONF\u202eIRMED", LOCAL)))).toContain("CONF\\u{202e}IRMED");
	});
});
