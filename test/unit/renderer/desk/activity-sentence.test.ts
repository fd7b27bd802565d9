import { describe, expect, test } from "vitest";
import { type EventPayload, type EventType, eventPayloads } from "../../../../protocol/events/event.ts";
import { messagesFor } from "../../../../renderer/desk/messages/messages.ts";
import { type ActivityContext, activitySentence } from "../../../../renderer/desk/supervision/activity-sentence.ts";
import { translateIn } from "../../../../renderer/desk/supervision/messages.ts";
import { STAFF_LANGUAGES, type StaffLanguage } from "../../../../renderer/i18n/staff-languages.ts";
import {
	asCounter,
	asDeviceId,
	asEventId,
	asPrintJobId,
	asSiteId,
	asStaffId,
	asTicketId,
	asTopicId,
	asVisitId,
} from "../../../fixtures/ids.ts";

const ID = "00000000-0000-4000-8000-000000000001";
const INSTANT = 1_796_036_425_195;
const change = { ticket: asTicketId(ID), version: 2 };
const atCounter = { ...change, counter: asCounter("3") };
const print = { job: asPrintJobId(ID), ticket: asTicketId(ID) };

/** One payload of every event type. */
const SAMPLES: { [T in EventType]: EventPayload<T> } = {
	"ticket.issued": {
		...{ ...change, number: "A012", series: "A", ordinal: 12, serviceDay: "2026-11-30", topic: asTopicId("visa") },
		...{ language: "ja", partySize: 1, class: "ordinary", queuePosition: INSTANT, job: asPrintJobId(ID) },
	},
	"ticket.called": { ...atCounter, calls: 1 },
	"ticket.recalled": { ...atCounter, calls: 2 },
	"ticket.started": atCounter,
	"ticket.finished": { ...atCounter, outcome: "papers-missing" },
	"ticket.continued": { ...atCounter, outcome: "answered", next: asTopicId("tax"), state: "waiting" },
	"ticket.referred": { ...change, site: asSiteId("art-museum"), topic: asTopicId("visa"), codeDigest: null },
	"ticket.returned": { ...change, notBefore: INSTANT },
	"ticket.parked": change,
	"ticket.transferred": { ...change, topic: asTopicId("tax"), reservedFor: asCounter("5") },
	"ticket.priority-set": { ...change, class: "priority", queuePosition: INSTANT },
	"ticket.delayed": { ...change, notBefore: INSTANT },
	"ticket.yielded": { ...change, behind: 7, queuePosition: INSTANT },
	"ticket.rated": { ticket: asTicketId(ID), rating: 4 },
	"ticket.noted": { ...change, note: "copy follows" },
	"ticket.cancelled": { ...change, reason: "other" },
	"ticket.undone": {
		...change,
		restored: {
			...{
				state: "serving",
				counter: asCounter("3"),
				topic: asTopicId("visa"),
				nextTopics: [],
				reservedFor: null,
				class: "ordinary",
			},
			...{ queuePosition: INSTANT, behind: null, notBefore: null, outcome: null },
		},
	},
	"ticket.missed": atCounter,
	"queue.cleared": { reason: "closed", tickets: 12 },
	"visit.expected": {
		...{ visit: asVisitId(ID), kind: "appointment", serviceDay: "2026-11-30", at: INSTANT },
		...{ topic: asTopicId("visa"), language: null, partySize: 1 },
	},
	"visit.withdrawn": { visit: asVisitId(ID) },
	"counter.staffed": { counter: asCounter("3") },
	"counter.left": { counter: asCounter("3") },
	"counter.paused": { counter: asCounter("3"), reason: "lunch" },
	"counter.resumed": { counter: asCounter("3") },
	"counter.configured": {
		counter: asCounter("3"),
		setting: { topics: [asTopicId("visa"), asTopicId("tax")], languages: ["ja"] },
	},
	"site.closed": { until: INSTANT },
	"site.reopened": {},
	"topic.configured": { topic: asTopicId("visa"), setting: { open: true, quota: 20 } },
	"help.requested": { language: null },
	"help.answered": {},
	"staff.saved": { staff: asStaffId(ID), role: "supervisor" },
	"staff.removed": { staff: asStaffId(ID) },
	"staff.locked": { staff: asStaffId(ID), until: INSTANT },
	"staff.unlocked": { staff: asStaffId(ID) },
	"device.code-created": { kind: "board", name: "Hall" },
	"device.paired": { device: asDeviceId(ID), kind: "board", name: "Hall" },
	"device.removed": { device: asDeviceId(ID) },
	"print.sending": { ...print, attempt: 1 },
	"print.sent": print,
	"print.confirmed": print,
	"print.doubtful": { ...print, reason: "no-answer" },
	"print.requeued": { ...print, reason: "no-answer" },
	"print.failed": { ...print, reason: "expired" },
	"print.reprinted": { ...print, copy: 2, replaces: asPrintJobId(ID) },
	"printer.roll-changed": { tickets: 412 },
	"command.settled": { number: 1, kind: "restart", outcome: "done" },
	"document.applied": { kind: "catalogue", version: 3 },
	"event.duplicate": { event: asEventId(ID) },
};

const NAMES: Readonly<Record<string, string>> = { visa: "Visas", tax: "Taxes" };
const context = (language: StaffLanguage): ActivityContext => ({
	messages: messagesFor(language),
	t: translateIn(language),
	topicName: (id) => NAMES[id] ?? id,
	clock: () => "10:20",
});
const sentence = (type: string, data: object, language: StaffLanguage = "en") =>
	activitySentence({ type, number: "A012", account: "Li", data: { ...data } }, context(language));

describe.each(STAFF_LANGUAGES)("the activity log in %s", (language) => {
	test.each(Object.entries(SAMPLES))("%s is a sentence without gaps, ids or raw times", (type, data) => {
		expect(eventPayloads[type as EventType].parse(data)).toEqual(data);
		const text = sentence(type, data, language);
		expect(text).not.toBe(type);
		expect(text).not.toMatch(/\{\{|undefined|null|object|00000000|1796036425195/);
		expect(text).toMatch(language === "en" ? /^[A-Z].*[.\w]$/ : /\p{Script=Han}/u);
		// A value that the sentence needs but does not get would leave nothing in its place.
		expect(text).not.toMatch(/ {2}|“”|\(\)| [.,:]|：。/);
	});
});

test("names, times and variants", () => {
	expect(sentence("ticket.returned", SAMPLES["ticket.returned"])).toBe(
		"A012 did not come. Back in the queue, called again from 10:20.",
	);
	expect(sentence("ticket.returned", { ...change, notBefore: null })).toBe("Put A012 back in the queue.");
	expect(sentence("ticket.transferred", SAMPLES["ticket.transferred"])).toBe(
		"Transferred A012 to counter 5 for Taxes.",
	);
	expect(sentence("ticket.transferred", { ...change, topic: "tax", reservedFor: null })).toBe(
		"Transferred A012 to Taxes.",
	);
	expect(sentence("ticket.finished", SAMPLES["ticket.finished"])).toBe(
		"Finished A012 at counter 3: Documents missing.",
	);
	expect(sentence("ticket.undone", SAMPLES["ticket.undone"])).toBe(
		"Undid the last action on A012. It is being served again.",
	);
	expect(sentence("counter.configured", SAMPLES["counter.configured"])).toBe("Set counter 3 to serve: Visas · Taxes.");
	expect(sentence("counter.configured", { counter: "3", setting: { topics: null, languages: [] } })).toBe(
		"Set counter 3 to serve every topic.",
	);
	expect(sentence("topic.configured", { topic: asTopicId("visa"), setting: { open: false, quota: null } })).toBe(
		"Closed Visas.",
	);
	expect(sentence("topic.configured", { topic: asTopicId("visa"), setting: { open: true, quota: null } })).toBe(
		"Opened Visas, without a daily limit.",
	);
	expect(sentence("staff.unlocked", SAMPLES["staff.unlocked"])).toBe("Unlocked the account Li.");
	expect(sentence("counter.paused", SAMPLES["counter.paused"])).toBe("Started a break at counter 3: lunch.");
	expect(sentence("counter.paused", { counter: "3" })).toBe("Started a break at counter 3.");
	expect(sentence("ticket.noted", { ...change, note: null })).toBe("No note on A012 any more.");
});

test("an event that is newer than this screen shows its type", () => {
	expect(sentence("ticket.teleported", {})).toBe("ticket.teleported");
	expect(activitySentence({ type: "ticket.parked", number: null, account: null, data: {} }, context("en"))).toBe(
		"Put a ticket on hold.",
	);
});
