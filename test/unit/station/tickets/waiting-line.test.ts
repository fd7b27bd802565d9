import fc from "fast-check";
import { expect, test } from "vitest";
import type { TicketId } from "../../../../protocol/model/ids.ts";
import { orderLine } from "../../../../station/tickets/queue-order.ts";
import { WaitingLine, type WaitingTicket } from "../../../../station/tickets/waiting-line.ts";
import { asTopicId, randomId } from "../../../fixtures/ids.ts";

const MINUTE = 60_000;

/** Clocks are set back now and then, so that who came later may count from earlier. */
const anyPlace = fc.record({
	class: fc.constantFrom("ordinary", "priority", "appointment"),
	queuePosition: fc.integer({ min: 0, max: 60 }).map((minutes) => minutes * MINUTE),
	/** Which of those who wait leaves then; none where there are not so many. */
	leaves: fc.nat(12),
});

test("whoever joins and leaves, the line in memory has the order of the line that is read again", () => {
	fc.assert(
		fc.property(fc.array(anyPlace, { maxLength: 30 }), (places) => {
			const line = new WaitingLine("2026-11-23", []);
			const there = new Map<TicketId, WaitingTicket>();
			for (const [index, { leaves, ...place }] of places.entries()) {
				const ticket: WaitingTicket = {
					...place,
					...{ id: randomId<TicketId>(), number: `B${index}`, issuedSeq: index, behind: null, notBefore: null },
					...{ topic: asTopicId("work-permit"), nextTopics: null, language: "en", reservedFor: null },
					...{ arrivedAt: place.queuePosition, calls: 0 },
				};
				line.joined(ticket);
				there.set(ticket.id, ticket);
				const leaving = line.ordered()[leaves]?.id;
				if (leaving === undefined) continue;
				line.left(leaving);
				there.delete(leaving);
				expect(line.ordered().map(({ number }) => number)).toEqual(
					orderLine([...there.values()]).map(({ number }) => number),
				);
			}
		}),
		{ seed: 20_261_201 },
	);
});
