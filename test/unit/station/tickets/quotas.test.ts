import { expect, test } from "vitest";
import { digestOfCode } from "../../../../lib/code-digest.ts";
import type { TicketId } from "../../../../protocol/model/ids.ts";
import { openVisits } from "../../../../station/appointments/expected-visits.ts";
import type { Expected } from "../../../../station/appointments/keep-visits.ts";
import { DEFAULT_QUEUE_RULES, placeOfAppointment } from "../../../../station/tickets/queue-order.ts";
import { calendarServiceDay } from "../../../../station/tickets/service-day.ts";
import { asCounter, asSiteId, asStaffId, asTopicId, randomId } from "../../../fixtures/ids.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

const MINUTE = 60_000;
const VISA = asTopicId("visa");
const STAFF = asStaffId("00000000-0000-4000-8000-00000000000a");
const at = (minute: number) => ({ now: MONDAY_NINE + minute * MINUTE });

function withQuota(quota: number | null, perQuarterHour: number | null = null) {
	const opened = openTestTicketService();
	opened.settings.setTopic(VISA, { open: true, quota, perQuarterHour }, { by: STAFF, now: MONDAY_NINE });
	const { tickets } = opened;
	const refusalOf = (issue: () => unknown) => {
		try {
			issue();
			return null;
		} catch (error) {
			return (error as { code: string }).code;
		}
	};
	return {
		...opened,
		second: () => refusalOf(() => tickets.issue({ ...request(), nextTopics: [VISA] }, MONDAY_NINE)),
		alone: (now = MONDAY_NINE) => refusalOf(() => tickets.issue(request(undefined, "visa"), now)),
		left: () => opened.settings.left(VISA, { serviceDay: "2026-11-23", now: MONDAY_NINE }),
	};
}

test("a topic counts also as the second one of a ticket: four so and two alone are two in all", () => {
	const { second, alone, left } = withQuota(2);
	expect([second(), second(), second(), second(), alone(), alone()]).toEqual([
		...[null, null],
		...["TOPIC_FULL", "TOPIC_FULL", "TOPIC_FULL", "TOPIC_FULL"],
	]);
	expect(left()).toBe(0);
});

test("the requests of one transaction share the quota", () => {
	const { tickets, settings } = withQuota(2);
	const asked = Array.from({ length: 5 }, () => ({ ...request(), nextTopics: [VISA] }));
	expect(tickets.issueTogether(asked, MONDAY_NINE).filter((answer) => "ticket" in answer)).toHaveLength(2);
	expect(settings.load(VISA, { serviceDay: "2026-11-23", now: MONDAY_NINE })).toEqual({
		issued: 2,
		booked: 0,
		left: 0,
		leftInQuarterHour: null,
	});
});

test("a transfer to another topic frees a leg once, and one that was served is not freed", () => {
	const { tickets, alone, left } = withQuota(2);
	const { ticket } = tickets.issue({ ...request(undefined, "visa"), nextTopics: [asTopicId("tax")] }, MONDAY_NINE);
	const other = tickets.issue(request(undefined, "visa"), MONDAY_NINE).ticket;
	expect(left()).toBe(0);
	// To the ticket's own next topic, which is on it once then.
	tickets.actOn(ticket.id, () => ({ kind: "transfer", topic: asTopicId("tax"), reservedFor: null }), {}, at(1));
	expect(left()).toBe(1);
	tickets.actOn(ticket.id, () => ({ kind: "cancel", reason: "left" }), {}, at(2));
	expect(left()).toBe(1);
	tickets.actOn(other.id, () => ({ kind: "call", counter: asCounter("1") }), {}, at(3));
	tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, at(4));
	tickets.actOn(other.id, () => ({ kind: "transfer", topic: asTopicId("tax"), reservedFor: null }), {}, at(5));
	expect(left()).toBe(1);
	expect([alone(), alone()]).toEqual([null, "TOPIC_FULL"]);
});

test("a ticket that is transferred to a topic counts for it", () => {
	const { tickets, left } = withQuota(2);
	const { ticket } = tickets.issue(request(), MONDAY_NINE);
	tickets.actOn(ticket.id, () => ({ kind: "transfer", topic: VISA, reservedFor: null }), {}, at(1));
	expect(left()).toBe(1);
});

test("a limit per quarter of an hour gives no more until the next one begins", () => {
	const { alone, settings } = withQuota(null, 2);
	expect([alone(), alone(), alone()]).toEqual([null, null, "TOPIC_LATER"]);
	const at = (minute: number) => ({ serviceDay: "2026-11-23", now: MONDAY_NINE + minute * MINUTE });
	expect(settings.availabilityOf(VISA, at(14))).toBe("later");
	expect(settings.load(VISA, at(14)).leftInQuarterHour).toBe(0);
	expect(settings.load(VISA, at(15)).leftInQuarterHour).toBe(2);
	expect(settings.availabilityOf(VISA, at(15))).toBe("available");
	expect([15, 16, 17].map((minute) => alone(at(minute).now))).toEqual([null, null, "TOPIC_LATER"]);
});

test("a referral to another site frees a leg that was not served, and keeps one that was", () => {
	const { tickets, left } = withQuota(3);
	const [unserved, served] = [0, 1].map(() => tickets.issue(request(undefined, "visa"), MONDAY_NINE).ticket);
	if (!unserved || !served) throw new Error("Two tickets were issued.");
	tickets.actOn(served.id, () => ({ kind: "call", counter: asCounter("1") }), {}, at(1));
	tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, at(1));
	expect(left()).toBe(1);
	const visitor = { arrivedAt: MONDAY_NINE, language: "en", partySize: 1 } as const;
	const refer = { kind: "refer", site: asSiteId("other"), codeDigest: "0".repeat(64), visitor } as const;
	tickets.actOn(unserved.id, () => refer, {}, at(2));
	expect(left()).toBe(2);
	tickets.actOn(served.id, () => refer, {}, at(2));
	expect(left()).toBe(2);
});

test("a return, a missed call and an undone cancellation keep the leg; a cancellation gives it back", () => {
	const { tickets, left } = withQuota(1);
	const { id } = tickets.issue(request(undefined, "visa"), MONDAY_NINE).ticket;
	tickets.actOn(id, () => ({ kind: "call", counter: asCounter("1") }), {}, at(1));
	tickets.actOn(id, () => ({ kind: "return" }), {}, at(2));
	expect(left()).toBe(0);
	for (let call = 0; call < 3; call += 1) {
		tickets.actOn(id, () => ({ kind: "call", counter: asCounter("1") }), {}, at(10 + call * 10));
		tickets.actAtCounter(asCounter("1"), { kind: "no-show" }, {}, at(11 + call * 10));
	}
	expect(left()).toBe(0);
	tickets.actOn(id, () => ({ kind: "cancel", reason: "left" }), {}, at(50));
	expect(left()).toBe(1);
	tickets.actOn(id, () => ({ kind: "undo" }), {}, at(51));
	expect(left()).toBe(0);
});

test("bookings and referrals that are to come are promised; a cancelled one is given back", () => {
	const opened = withQuota(5);
	const visits = openVisits({
		...opened,
		calendarServiceDay: (instant) => calendarServiceDay(instant, { timezone: "Asia/Shanghai", dayStartsAt: "00:00" }),
		serviceDay: opened.tickets.serviceDay,
		placeOfAppointment: (bookedAt, now) => placeOfAppointment(bookedAt, now, DEFAULT_QUEUE_RULES),
	});
	const expected = (kind: "appointment" | "referral", source: string, minute: number): Expected => ({
		...{
			kind,
			source,
			codeDigest: digestOfCode(source),
			at: at(minute).now,
			topic: VISA,
			language: null,
			partySize: 1,
		},
		from: kind === "referral" ? { site: asSiteId("other"), ticket: randomId<TicketId>() } : undefined,
	});
	const list = [expected("appointment", "ten o'clock", 60), expected("referral", "came at eight", -60)];
	visits.expect({ visits: list }, at(0));
	expect(opened.left()).toBe(3);
	visits.expect({ cancelled: [{ source: "ten o'clock", sequence: 0 }] }, at(1));
	expect(opened.left()).toBe(4);
	const { visit, queuePosition } = visits.checkIn("came at eight", at(2).now);
	const asked = { ...request(undefined, "visa"), visit: { id: visit, queuePosition, bookedAt: null } };
	opened.tickets.issue(asked, at(2).now);
	expect(opened.left()).toBe(4);
});

test("the limit per quarter of an hour counts the bookings of that quarter", () => {
	const opened = withQuota(null, 2);
	const visits = openVisits({
		...opened,
		calendarServiceDay: () => "2026-11-23",
		serviceDay: opened.tickets.serviceDay,
		placeOfAppointment: (bookedAt, now) => placeOfAppointment(bookedAt, now, DEFAULT_QUEUE_RULES),
	});
	const booking = (source: string, minute: number): Expected => ({
		...{ kind: "appointment", source, codeDigest: digestOfCode(source), at: at(minute).now, topic: VISA },
		...{ language: null, partySize: 1 },
	});
	visits.expect({ visits: [booking("five past", 5), booking("twenty past", 20)] }, at(0));
	expect([opened.alone(), opened.alone()]).toEqual([null, "TOPIC_LATER"]);
});
