import { expect, test } from "vitest";
import { prepareTicketRepository } from "../../../../station/tickets/ticket-repository.ts";
import { openTestTicketService } from "../../../fixtures/ticket-service.ts";

test("what every act and every phone reads is planned once: SQLite plans joins and bound limits at each binding", () => {
	const { byId, atCounter } = prepareTicketRepository(openTestTicketService().database);
	for (const statement of [byId, atCounter]) expect(statement.getQuery().sql).not.toMatch(/\bjoin\b|\blimit \?/);
});

test("the board's missed numbers are read by their index, not from all tickets of the day", () => {
	const { database } = openTestTicketService();
	const { sql } = prepareTicketRepository(database).missed.getQuery();
	const plan = database.$client.prepare(`explain query plan ${sql}`).all("2026-11-23");
	expect(plan).toContainEqual(expect.objectContaining({ detail: expect.stringContaining("ticket_held") }));
});
