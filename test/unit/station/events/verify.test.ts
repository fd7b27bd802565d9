import { describe, expect, test } from "vitest";
import { verifyFile, verifyStation } from "../../../../station/events/verify.ts";
import { asCounter } from "../../../fixtures/ids.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

/** A station with a little history: one ticket finished, one called, one waiting. */
function stationWithHistory() {
	const opened = openTestTicketService();
	for (const key of ["visit-one", "visit-two", "visit-three"]) opened.tickets.issue(request(key), MONDAY_NINE);
	opened.tickets.callNext(asCounter("1"), { now: MONDAY_NINE });
	opened.tickets.actAtCounter(asCounter("1"), { kind: "start" }, {}, { now: MONDAY_NINE });
	opened.tickets.actAtCounter(asCounter("1"), { kind: "finish", outcome: "answered" }, {}, { now: MONDAY_NINE });
	opened.tickets.callNext(asCounter("1"), { now: MONDAY_NINE });
	return opened;
}

describe("verify", () => {
	test("agrees with what the station wrote", () => {
		expect(verifyStation(stationWithHistory().database)).toMatchObject({ kind: "agrees", events: 7, tickets: 3 });
	});

	test.each([
		["an event altered", "update event set text = replace(text, 'B002', 'B003') where seq = 2", "event 2"],
		["an event taken out", "delete from event where seq = 3", "event 4"],
		["the last event taken out", "delete from event where seq = 7", "stream"],
		[
			"two events exchanged",
			"update event set seq = 99 where seq = 4; update event set seq = 4 where seq = 5; update event set seq = 5 where seq = 99",
			"event 4",
		],
		[
			"a ticket taken out",
			"delete from print_job; delete from ticket_interval; delete from ticket where number = 'B003'",
			"tickets",
		],
		["a ticket's state altered", "update ticket set state = 'waiting' where number = 'B001'", "ticket "],
		["a ticket's number altered", "update ticket set number = 'B009' where number = 'B002'", "ticket "],
		["a counter set back", "update number_counter set last = 2", "numbers"],
		["a print job claimed printed", "update print_job set state = 'confirmed'", "print job"],
		["an interval left open", "update ticket_interval set ended_at = null where state = 'serving'", "intervals"],
		[
			"a gap between intervals",
			"update ticket_interval set started_at = started_at + 1 where state = 'called'",
			"intervals",
		],
	])("finds %s", (_, tampering, place) => {
		const { database } = stationWithHistory();
		database.$client.pragma("foreign_keys = OFF");
		database.$client.exec(tampering);
		const confirmation = verifyStation(database);
		expect(confirmation.kind).toBe("differs");
		expect(confirmation.kind === "differs" && confirmation.place).toContain(place);
	});

	test("a file that is not whole is found by SQLite itself", () => {
		const { database } = stationWithHistory();
		expect(verifyFile(database)).toBeUndefined();
		database.$client.pragma("foreign_keys = OFF");
		database.$client.exec("delete from ticket where number = 'B003'");
		expect(verifyFile(database)).toMatchObject({ kind: "differs", place: "file" });
	});
});
