import { expect, test, vi } from "vitest";
import { openForReading } from "../../../../db/station/open.ts";
import { event } from "../../../../db/station/schema/events.ts";
import { healthSchema } from "../../../../protocol/api/health.ts";
import { openTestStation } from "../../../fixtures/station.ts";
import { MIGRATIONS } from "../../../fixtures/station-folder.ts";

test("a new roll is noted by those who are signed in, and its tickets are counted from none", async () => {
	const { call, issue, signIn } = await openTestStation();
	const ticketsSinceRoll = async () =>
		healthSchema.parse((await call("GET", "/api/health")).body).printer.ticketsSinceRoll;
	await issue();
	await vi.waitFor(async () => expect(await ticketsSinceRoll()).toBe(1), { timeout: 10_000 });

	expect(await call("POST", "/api/printer/roll")).toMatchObject({ status: 401, body: { code: "SIGN_IN_REQUIRED" } });
	expect(await ticketsSinceRoll()).toBe(1);

	const token = await signIn("1");
	expect(await call("POST", "/api/printer/roll", { token })).toMatchObject({ status: 204 });
	expect(await ticketsSinceRoll()).toBe(0);
});

test("the kiosk is told a ticket's code once, with the ticket; nobody else is told it", async () => {
	const { call, issue, signIn, station, folder } = await openTestStation();
	const { body: ticket } = await issue("work-permit", "visit-0001");
	const code = String(ticket.code);
	expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
	expect((await issue("work-permit", "visit-0001")).body.code).toBe(code);

	const token = await signIn("1");
	const told = [
		await call("GET", "/api/queue", { token }),
		await call("GET", "/api/board"),
		await call("GET", "/api/health"),
		await call("GET", `/api/tickets/${ticket.id}`, { token: station.kioskKey }),
		await call("POST", "/api/counters/1/next", { token }),
	];
	for (const { status, body } of told) {
		expect(status).toBe(200);
		expect(JSON.stringify(body)).not.toContain(code);
	}

	const { database, close } = openForReading(folder, MIGRATIONS);
	const events = database.select().from(event).all();
	close();
	expect(events.length).toBeGreaterThan(0);
	expect(JSON.stringify(events)).not.toContain(code);
});
