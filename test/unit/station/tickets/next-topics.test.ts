import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ticketInterval } from "../../../../db/station/schema/tickets.ts";
import { digestOfCode } from "../../../../lib/code-digest.ts";
import { readEvent } from "../../../../protocol/events/upcasters.ts";
import type { StaffId } from "../../../../protocol/model/ids.ts";
import { verifyStation } from "../../../../station/events/verify.ts";
import { asCounter, asSiteId, asStaffId, asTopicId } from "../../../fixtures/ids.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

const MINUTE = 60_000;
const STAFF = asStaffId("0192f0c0-0000-7000-8000-00000000000a");
const at = (minutes: number) => ({ now: MONDAY_NINE + minutes * MINUTE, by: STAFF });

describe("several topics on one ticket", () => {
	test("a counter that serves the next topic continues with it; another returns the ticket to its old place", () => {
		const { tickets, settings, database } = openTestTicketService();
		settings.setCounter(
			asCounter("2"),
			{ topics: [asTopicId("work-permit")], languages: [] },
			at(0) as { now: number; by: StaffId },
		);
		const { ticket } = tickets.issue(
			{ ...request(), nextTopics: [asTopicId("housing"), asTopicId("education")] },
			MONDAY_NINE,
		);
		tickets.issue(request(), MONDAY_NINE + MINUTE);
		expect(ticket).toMatchObject({ topic: "work-permit", nextTopics: ["housing", "education"] });
		expect(tickets.callNext(asCounter("1"), at(1))?.id).toBe(ticket.id);
		tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, at(2));
		expect(tickets.finish(asCounter("1"), "answered", {}, at(5))).toMatchObject({
			state: "serving",
			topic: "housing",
			nextTopics: ["education"],
			counter: "1",
			number: ticket.number,
		});
		expect(tickets.finish(asCounter("1"), "papers-missing", {}, at(7))).toMatchObject({
			topic: "education",
			nextTopics: [],
		});
		expect(tickets.finish(asCounter("1"), "answered", {}, at(9))).toMatchObject({
			state: "finished",
			outcome: "answered",
		});

		const second = tickets.issue(
			{ ...request(), nextTopics: [asTopicId("housing")] },
			MONDAY_NINE + 10 * MINUTE,
		).ticket;
		expect(tickets.callNext(asCounter("2"), at(11))?.topic).toBe("work-permit");
		tickets.actAtCounter(asCounter("2"), { kind: "start" }, {}, at(11));
		tickets.finish(asCounter("2"), "answered", {}, at(12));
		expect(tickets.callNext(asCounter("2"), at(12))?.id).toBe(second.id);
		tickets.actAtCounter(asCounter("2"), { kind: "start" }, {}, at(13));
		const third = tickets.issue(request(randomUUID(), "housing"), MONDAY_NINE + 13 * MINUTE).ticket;
		expect(tickets.finish(asCounter("2"), "answered", {}, at(14))).toMatchObject({
			state: "waiting",
			topic: "housing",
			counter: null,
		});
		// It came before the third, and keeps its arrival.
		expect(tickets.callNext(asCounter("1"), at(15))?.id).toBe(second.id);
		expect(tickets.queue(MONDAY_NINE + 15 * MINUTE).map(({ id }) => id)).toEqual([third.id, second.id]);
		expect(verifyStation(database)).toMatchObject({ kind: "agrees" });
		const legs = database
			.select()
			.from(ticketInterval)
			.all()
			.filter((one) => one.ticket === ticket.id);
		expect(legs.map(({ state, topic }) => [state, topic])).toEqual([
			["waiting", "work-permit"],
			["called", "work-permit"],
			["serving", "work-permit"],
			["serving", "housing"],
			["serving", "education"],
		]);
	});

	test("undo restores the finished topic; a transfer to a next topic removes it from the list", () => {
		const { tickets, database } = openTestTicketService();
		const { id } = tickets.issue({ ...request(), nextTopics: [asTopicId("housing")] }, MONDAY_NINE).ticket;
		tickets.callNext(asCounter("1"), at(1));
		tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, at(1));
		tickets.finish(asCounter("1"), "answered", {}, at(2));
		expect(tickets.actOn(id, () => ({ kind: "undo" }), {}, at(3))).toMatchObject({
			state: "serving",
			topic: "work-permit",
			nextTopics: ["housing"],
		});
		expect(
			tickets.actOn(id, () => ({ kind: "transfer", topic: asTopicId("housing"), reservedFor: null }), {}, at(4)),
		).toMatchObject({
			state: "waiting",
			topic: "housing",
			nextTopics: [],
		});
		expect(verifyStation(database).kind).toBe("agrees");
	});

	test("every topic must be open", () => {
		const { tickets, settings } = openTestTicketService();
		settings.setTopic(asTopicId("housing"), { open: false, quota: null }, { by: STAFF, now: MONDAY_NINE });
		expect(() => tickets.issue({ ...request(), nextTopics: [asTopicId("housing")] }, MONDAY_NINE)).toThrow(
			/closed today/,
		);
		expect(tickets.queue(MONDAY_NINE)).toEqual([]);
	});
});

test("a referral finishes the ticket here and gives the code's digest to the other site; undo reverts it", () => {
	const { tickets, database, eventLog } = openTestTicketService();
	const { ticket, code } = tickets.issue(request(), MONDAY_NINE);
	const sent = tickets.actOn(
		ticket.id,
		(row) => ({ kind: "refer", site: asSiteId("another-site"), codeDigest: digestOfCode(row.code) }),
		{},
		at(1),
	);
	expect(sent).toMatchObject({ state: "finished", outcome: "referred" });
	const { text } = database.$client.prepare("select text from event where seq = ?").get(eventLog.seq()) as {
		text: string;
	};
	expect(readEvent(text)).toMatchObject({
		type: "ticket.referred",
		data: { site: asSiteId("another-site"), codeDigest: digestOfCode(code) },
	});
	expect(text).not.toContain(code);
	expect(tickets.actOn(ticket.id, () => ({ kind: "undo" }), {}, at(2)).state).toBe("waiting");
	expect(verifyStation(database).kind).toBe("agrees");
});
