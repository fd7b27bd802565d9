import { expect, test } from "vitest";
import { digestOfCode } from "../../../../lib/code-digest.ts";
import type { SentTicket } from "../../../../protocol/model/phone.ts";
import { openPhones } from "../../../../station/sync/push/phone-tickets.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

const markSent = (code: string, state: SentTicket["ticket"]["state"], rating: number | null = null): SentTicket => ({
	codeDigest: digestOfCode(code),
	ticket: {
		number: "A001",
		language: "en",
		site: "A site",
		topic: "Visa",
		bring: [],
		state,
		version: 1,
		counter: null,
		ahead: 0,
		behind: 0,
		wait: null,
		rating,
	},
});

test("only what is not as it was told is told; an ended ticket is followed on; a new server knows nothing", () => {
	const tickets = new Map([
		["one", { isLive: true, markSent: markSent("ONE", "waiting") }],
		["two", { isLive: true, markSent: markSent("TWO", "waiting") }],
	]);
	const phones = openPhones({
		poll: (_, ended) => [...tickets].flatMap(([id, one]) => (one.isLive || ended.includes(id) ? [{ id, ...one }] : [])),
	});
	const give = () => {
		const pending = phones.pending(0);
		phones.markSent(pending);
		return pending.map(({ ticket }) => [ticket.state, ticket.rating]);
	};
	// What the server did not take is told again.
	expect(phones.pending(0)).toHaveLength(2);
	expect(give()).toHaveLength(2);
	expect(give()).toEqual([]);
	tickets.set("one", { isLive: false, markSent: markSent("ONE", "finished") });
	expect(give()).toEqual([["finished", null]]);
	tickets.set("one", { isLive: false, markSent: markSent("ONE", "finished", 5) });
	expect(give()).toEqual([["finished", 5]]);
	phones.forget();
	expect(give()).toHaveLength(2);
});

test("in one pass every ticket is what it is by itself", () => {
	const { tickets } = openTestTicketService();
	const ids = Array.from({ length: 12 }, (_, index) => {
		const asked = { ...request(), class: index % 4 === 3 ? "priority" : "ordinary" } as const;
		return tickets.issue(asked, MONDAY_NINE + index * 60_000).ticket.id;
	});
	const now = MONDAY_NINE + 3_600_000;
	tickets.callNext("1", { now });
	const cancelled = ids[5] as string;
	tickets.actOn(cancelled, () => ({ kind: "cancel", reason: "left" }), {}, { now });
	const followed = tickets.followed(now, [cancelled]);
	expect(followed.map(({ id }) => id).sort()).toEqual([...ids].sort());
	for (const { id, ahead, behind, wait, state, rating, version } of followed) {
		const own = tickets.read(id, now);
		expect({ id, ahead, wait, state, version }).toEqual({
			id,
			ahead: own.ahead,
			wait: own.wait,
			state: own.state,
			version: own.version,
		});
		expect([id, behind, rating]).toEqual([id, tickets.countBehind(id), tickets.ratingOf(id)]);
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
