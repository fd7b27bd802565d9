import { expect, test } from "vitest";
import { asCounter, asStaffId, asTopicId } from "../../../fixtures/ids.ts";
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
	expect(settings.availabilityOf(VISA, at(15))).toBe("available");
	expect([15, 16, 17].map((minute) => alone(at(minute).now))).toEqual([null, null, "TOPIC_LATER"]);
});
