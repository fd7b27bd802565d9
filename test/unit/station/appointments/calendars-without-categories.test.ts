import { expect, test } from "vitest";
import type { ListSite } from "../../../../station/appointments/appointment.ts";
import { describeRemark, ListRefused } from "../../../../station/appointments/list-remark.ts";
import { readAppointments } from "../../../../station/appointments/read-appointments.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

/* Google's and Apple's exports write no CATEGORIES. Their shapes, with events of our own. */

const NOW = Date.UTC(2026, 10, 22);
const HOUSING = asTopicId("housing");
const PERMIT = asTopicId("work-permit");
const SITE: ListSite = {
	timezone: "Asia/Shanghai",
	topicIds: [HOUSING, PERMIT],
	topicNames: [
		{ id: HOUSING, name: "Housing registration" },
		{ id: HOUSING, name: "住房登记" },
		{ id: HOUSING, name: "ขึ้นทะเบียนที่พัก" },
		{ id: PERMIT, name: "Work permit (A, B, C)" },
	],
};

const google = (summary: string, uid = "6pgj4d9k65hj2b9p6gs3ib9k6cr3ab9o@google.com") => `BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Bookings
X-WR-TIMEZONE:Asia/Shanghai
BEGIN:VEVENT
DTSTART:20261123T020000Z
DTEND:20261123T023000Z
DTSTAMP:20261120T031500Z
UID:${uid}
CREATED:20261119T031500Z
DESCRIPTION:
LAST-MODIFIED:20261119T031500Z
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:${summary}
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
`;

const apple = (summary: string) => `BEGIN:VCALENDAR
CALSCALE:GREGORIAN
PRODID:-//Apple Inc.//macOS 14.5//EN
VERSION:2.0
X-APPLE-CALENDAR-COLOR:#FF2968
X-WR-CALNAME:Bookings
BEGIN:VTIMEZONE
TZID:Asia/Shanghai
BEGIN:STANDARD
DTSTART:19910915T000000
TZNAME:GMT+8
TZOFFSETFROM:+0900
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
CREATED:20261119T031500Z
DTEND;TZID=Asia/Shanghai:20261123T103000
DTSTAMP:20261120T031500Z
DTSTART;TZID=Asia/Shanghai:20261123T100000
LAST-MODIFIED:20261119T031500Z
SEQUENCE:1
SUMMARY:${summary}
TRANSP:OPAQUE
UID:0F6D2A54-3C1B-4B52-9A52-4E5F3C8B1D20
X-APPLE-CREATOR-IDENTITY:com.apple.mobilecal
END:VEVENT
END:VCALENDAR
`;

function read(text: string, more: Partial<ListSite> = {}) {
	try {
		const { appointments, madeCodes, skipped } = readAppointments(Buffer.from(text), { ...SITE, ...more }, NOW);
		const topics = appointments.map(({ at, topic }) => `${new Date(at).toISOString().slice(5, 16)} ${topic}`);
		return { topics, made: madeCodes.length, skipped: skipped.map((one) => describeRemark(one).what) };
	} catch (error) {
		if (error instanceof ListRefused) return error.message;
		throw error;
	}
}

test.each([
	["Google", google("housing")],
	["Google", google("HOUSING  Registration")],
	["Google", google("住房登记")],
	["Google", google("ขึ้นทะเบียนที่พัก")],
	["Apple", apple("Housing registration")],
])("an event of %s whose title is a topic's name is a booking for it, with a code that was made", (_, text) => {
	expect(read(text)).toEqual({ topics: ["11-23T02:00 housing"], made: 1, skipped: [] });
});

test("a name is found whatever its punctuation", () => {
	expect(read(apple("Work permit A/B/C"))).toMatchObject({ topics: ["11-23T02:00 work-permit"] });
});

test.each(["Housing registration for Doe", "Lunch", "", "ขนทะเบยนทพก"])(
	"the title %j is never taken for a topic: refused with what helps, and read where the whole list is given one",
	(summary) => {
		expect(read(google(summary))).toMatch(/line 8, event 1 .*Say --topic ID where the whole list is of one topic/);
		expect(read(google(summary), { topic: "work-permit" })).toMatchObject({ topics: ["11-23T02:00 work-permit"] });
	},
);

test("a topic that an event names counts before the one that the list was given", () => {
	expect(read(apple("住房登记"), { topic: "work-permit" })).toMatchObject({ topics: ["11-23T02:00 housing"] });
});

test("a list that is given a topic that the site does not have is refused", () => {
	expect(read(google("housing"), { topic: "passport" })).toContain('This site has no topic "passport".');
});

test("a table without a column for the topic is read with the one that it is given", () => {
	const table = "code,time\nHY-2041,2026-11-23 10:00\n";
	expect(read(table)).toContain("no column for topic");
	expect(read(table, { topic: "Housing registration" })).toMatchObject({ topics: ["11-23T02:00 housing"] });
});
