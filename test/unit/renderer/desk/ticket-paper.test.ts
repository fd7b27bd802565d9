import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PRINT_STATES, PRINTER_CONDITIONS } from "../../../../protocol/model/print.ts";
import { TICKET_STATES } from "../../../../protocol/model/ticket.ts";
import {
	countUnprinted,
	followCopies,
	hasSentOnly,
	PRINT_LATE_AFTER_MS,
	paperMark,
	printerLevel,
	ticketToReprint,
} from "../../../../renderer/desk/state/ticket-paper.ts";
import { asCounter, asTicketId } from "../../../fixtures/ids.ts";
import { entry, queue } from "./entries.ts";

const IN_FLIGHT = ["queued", "sending", "sent"] as const;
const SETTLED = ["confirmed", "doubtful", "failed"] as const;

describe("the mark of a ticket's print", () => {
	test("a confirmed print has none, however late", () => {
		expect(paperMark(entry(), {}, 1e12)).toBeNull();
	});

	test.each(IN_FLIGHT)("%s is late only after a while", (state) => {
		const waiting = entry({ print: { state } });
		expect(paperMark(waiting, {}, 1_000 + PRINT_LATE_AFTER_MS - 1)).toBeNull();
		expect(paperMark(waiting, {}, 1_000 + PRINT_LATE_AFTER_MS)).toBe("late");
	});

	test.each(IN_FLIGHT)("a copy that is %s prints again, and is late by its own time", (state) => {
		const waiting = entry({ id: asTicketId("a"), print: { state } });
		const copies = { a: 900_000 };
		expect(paperMark(waiting, copies, 900_000 + PRINT_LATE_AFTER_MS - 1)).toBe("again");
		expect(paperMark(waiting, copies, 900_000 + PRINT_LATE_AFTER_MS)).toBe("late");
	});

	test.each(["doubtful", "failed"] as const)("%s is marked at once", (state) => {
		expect(paperMark(entry({ print: { state } }), {}, 1_000)).toBe(state);
	});
});

describe("a print that its printer cannot confirm, without any trouble", () => {
	const sentOnly = entry({ print: { state: "doubtful", sentOnly: true } });

	test("has no mark and is not counted, so that a desk with such a printer is not alarmed all day", () => {
		expect(paperMark(sentOnly, {}, 1e12)).toBeNull();
		expect(countUnprinted(queue(sentOnly, sentOnly), {}, 1e12)).toBe(0);
	});

	test("is said once, as long as one of its visitors is here", () => {
		expect(hasSentOnly(queue(entry(), sentOnly))).toBe(true);
		expect(hasSentOnly(queue(entry(), { ...sentOnly, state: "missed" }))).toBe(false);
		expect(hasSentOnly(queue(entry({ print: { state: "doubtful" } })))).toBe(false);
	});

	test("can be printed again at its counter, and is offered nowhere else", () => {
		const mine = { ...sentOnly, state: "serving" as const, counter: asCounter("3") };
		expect(ticketToReprint(queue(mine), "3")).toBe(mine);
		expect(ticketToReprint(queue(sentOnly), "3")).toBeNull();
	});
});

describe("copies in flight", () => {
	const snapshot = (state: (typeof PRINT_STATES)[number]) => queue(entry({ id: asTicketId("a"), print: { state } }));

	test.each(SETTLED)("a print that was %s and is in flight again is a copy from then on", (state) => {
		const begun = followCopies({}, snapshot(state), snapshot("queued"), 500);
		expect(begun).toEqual({ a: 500 });
		expect(followCopies(begun, snapshot("queued"), snapshot("sent"), 900)).toEqual({ a: 500 });
	});

	test.each(SETTLED)("a copy that is %s is no longer in flight", (state) => {
		expect(followCopies({ [asTicketId("a")]: 500 }, snapshot("sent"), snapshot(state), 900)).toEqual({});
	});

	test("a first print is no copy, nor is one whose ticket has left the queue", () => {
		expect(followCopies({}, null, snapshot("queued"), 500)).toEqual({});
		expect(followCopies({}, queue(), snapshot("queued"), 500)).toEqual({});
		expect(followCopies({}, snapshot("queued"), snapshot("sending"), 500)).toEqual({});
		expect(followCopies({ [asTicketId("a")]: 500 }, snapshot("queued"), queue(), 900)).toEqual({});
	});
});

describe("the ticket to reprint", () => {
	const lost = (id: string, arrivedAt: number, state: "doubtful" | "failed" = "doubtful") =>
		entry({ id: asTicketId(id), arrivedAt, print: { state } });

	test.each(SETTLED)("is the one at the counter when its print is %s, even if others are doubtful", (state) => {
		const mine = entry({
			id: asTicketId("mine"),
			state: "serving",
			counter: asCounter("3"),
			arrivedAt: 90,
			print: { state },
		});
		expect(ticketToReprint(queue(lost("a", 1), mine), "3")).toBe(mine);
	});

	test.each(IN_FLIGHT)("is not the one at the counter while its print is %s: a doubtful one is next", (state) => {
		const mine = entry({ id: asTicketId("mine"), state: "called", counter: asCounter("3"), print: { state } });
		expect(ticketToReprint(queue(mine), "3")).toBeNull();
		expect(ticketToReprint(queue(mine, lost("a", 5)), "3")?.id).toBe("a");
	});

	test("at a free counter is the doubtful or failed one that was issued first, wherever it is in the queue", () => {
		const line = [entry({ arrivedAt: 1 }), lost("late", 9), lost("first", 3, "failed"), lost("second", 4)];
		expect(ticketToReprint(queue(...line), "3")?.id).toBe("first");
		expect(ticketToReprint(queue(entry()), "3")).toBeNull();
	});

	test("is one that the station accepts: live and settled, in every queue", () => {
		const anyEntry = fc
			.record({
				id: fc.uuid().map(asTicketId),
				state: fc.constantFrom(...TICKET_STATES),
				counter: fc.constantFrom(null, asCounter("1"), asCounter("3")),
				arrivedAt: fc.nat(1_000),
				print: fc.oneof(
					fc.record({ state: fc.constantFrom(...PRINT_STATES) }),
					fc.constant({ state: "doubtful", sentOnly: true } as const),
				),
			})
			.map(entry);
		fc.assert(
			fc.property(fc.array(anyEntry, { maxLength: 12 }), (tickets) => {
				const chosen = ticketToReprint(queue(...tickets), "3");
				const present = tickets.filter(({ state }) => !["missed", "finished", "cancelled"].includes(state));
				const inDoubt = present.filter(
					({ print }) => (print.state === "doubtful" && !print.sentOnly) || print.state === "failed",
				);
				if (chosen === null) {
					expect(inDoubt).toEqual([]);
					return;
				}
				expect(present).toContain(chosen);
				expect(SETTLED).toContain(chosen.print.state);
				if (chosen.print.state === "confirmed") expect(chosen.counter).toBe("3");
				if (chosen.counter === "3") return;
				for (const other of inDoubt) expect(other.arrivedAt).toBeGreaterThanOrEqual(chosen.arrivedAt);
			}),
		);
	});
});

test("visitors who are here and may have no paper are counted; missed visitors are not", () => {
	const failed = { state: "failed" } as const;
	const tickets = [
		entry({ print: failed }),
		entry(),
		entry({ state: "called", print: { state: "doubtful" } }),
		entry({ state: "parked", print: failed }),
		entry({ state: "missed", print: failed }),
		entry({ id: asTicketId("again"), print: { state: "queued" } }),
		entry({ arrivedAt: 490_000, print: { state: "queued" } }),
		entry({ arrivedAt: 1_000, print: { state: "queued" } }),
	];
	expect(countUnprinted(queue(...tickets), { [asTicketId("again")]: 499_000 }, 500_000)).toBe(4);
});

test("the printer is quiet when all is well, warns of the roll's end, and is loud in any failure", () => {
	expect(printerLevel({ condition: "ready", paperNearEnd: false })).toBe("well");
	expect(printerLevel({ condition: "ready", paperNearEnd: true })).toBe("warning");
	for (const condition of PRINTER_CONDITIONS.filter((one) => one !== "ready")) {
		for (const paperNearEnd of [false, true]) expect(printerLevel({ condition, paperNearEnd })).toBe("trouble");
	}
});
