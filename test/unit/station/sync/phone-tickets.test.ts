import { expect, test } from "vitest";
import { digestOfCode } from "../../../../lib/code-digest.ts";
import type { SentTicket } from "../../../../protocol/model/phone.ts";
import { openPhoneTickets } from "../../../../station/sync/push/phone-tickets.ts";
import { asCounter, asTicketId } from "../../../fixtures/ids.ts";
import { samplePhoneTicket } from "../../../fixtures/phone-ticket.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

const sentTicket = (code: string, state: SentTicket["ticket"]["state"], rating: number | null = null): SentTicket => ({
	codeDigest: digestOfCode(code),
	ticket: samplePhoneTicket({ state, rating }),
});

test("sends only tickets that changed, also after they ended; sends a new server all of them", () => {
	const tickets = new Map([
		[asTicketId("one"), { isLive: true, ticket: sentTicket("ONE", "waiting") }],
		[asTicketId("two"), { isLive: true, ticket: sentTicket("TWO", "waiting") }],
	]);
	const phoneTickets = openPhoneTickets({
		list: (_, ended) => [...tickets].flatMap(([id, one]) => (one.isLive || ended.includes(id) ? [{ id, ...one }] : [])),
	});
	const send = () => {
		const pending = phoneTickets.pending(0);
		phoneTickets.markSent(pending);
		return pending.map(({ ticket }) => [ticket.state, ticket.rating]);
	};
	// Tickets that are not marked as sent stay pending.
	expect(phoneTickets.pending(0)).toHaveLength(2);
	expect(send()).toHaveLength(2);
	expect(send()).toEqual([]);
	tickets.set(asTicketId("one"), { isLive: false, ticket: sentTicket("ONE", "finished") });
	expect(send()).toEqual([["finished", null]]);
	tickets.set(asTicketId("one"), { isLive: false, ticket: sentTicket("ONE", "finished", 5) });
	expect(send()).toEqual([["finished", 5]]);
	phoneTickets.forget();
	expect(send()).toHaveLength(2);
});

test("followed tickets have the same values as each ticket read by itself", () => {
	const { tickets } = openTestTicketService();
	const ids = Array.from({ length: 12 }, (_, index) => {
		const asked = { ...request(), class: index % 4 === 3 ? "priority" : "ordinary" } as const;
		return tickets.issue(asked, MONDAY_NINE + index * 60_000).ticket.id;
	});
	const now = MONDAY_NINE + 3_600_000;
	tickets.callNext(asCounter("1"), { now });
	const cancelled = ids[5] as string;
	tickets.actOn(asTicketId(cancelled), () => ({ kind: "cancel", reason: "left" }), {}, { now });
	const followed = tickets.followed(now, [asTicketId(cancelled)]);
	expect(followed.map(({ id }) => id).sort()).toEqual([...ids].sort());
	for (const { id, ahead, behind, wait, state, rating, version } of followed) {
		const own = tickets.readForVisitor(id, now);
		expect({ id, ahead, behind, wait, state, rating, version }).toEqual({
			id,
			ahead: own.ahead,
			behind: own.behind,
			wait: own.wait,
			state: own.state,
			rating: own.rating,
			version: own.version,
		});
	}
});

test("a ticket is found by the digest of its code, yesterday's too", () => {
	const { tickets } = openTestTicketService();
	const issued = tickets.issue(request(), MONDAY_NINE);
	const day = 24 * 3_600_000;
	const digest = digestOfCode(issued.code);
	expect(tickets.findByDigest(digest, MONDAY_NINE + day)).toBe(issued.ticket.id);
	expect(tickets.findByDigest(digest, MONDAY_NINE + 2 * day)).toBeUndefined();
	expect(tickets.findByDigest(digestOfCode("OTHER"), MONDAY_NINE)).toBeUndefined();
});
