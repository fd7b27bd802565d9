import { join } from "node:path";
import { asc } from "drizzle-orm";
import { expect, test } from "vitest";
import { openForReading } from "../../../db/station/open.ts";
import { ticket } from "../../../db/station/schema/tickets.ts";
import { verifyStation } from "../../../station/events/verify.ts";
import { runInProcess } from "../../fixtures/command-line.ts";
import { openTestStation } from "../../fixtures/station.ts";
import { emptyFolder, MIGRATIONS } from "../../fixtures/station-folder.ts";

const simulate = (data: string, seed: string) =>
	runInProcess(
		[
			"simulate",
			"--data",
			data,
			"--site",
			"service-centre-1",
			"--days",
			"1",
			"--until",
			"2026-11-27",
			"--seed",
			seed,
		].concat("--json"),
	);

function read(data: string) {
	const { database, close } = openForReading(data, MIGRATIONS);
	try {
		const tickets = database
			.select({ number: ticket.number, state: ticket.state, arrivedAt: ticket.arrivedAt, told: ticket.waitMaxMinutes })
			.from(ticket)
			.orderBy(asc(ticket.issuedSeq))
			.all();
		return { tickets, verified: verifyStation(database) };
	} finally {
		close();
	}
}

test("simulated days are a station's own: events and tickets agree, and the same seed makes them again", {
	timeout: 120_000,
}, async () => {
	const [one, same, other] = [1, 2, 3].map(() => join(emptyFolder(), "data"));
	if (!one || !same || !other) throw new Error("Three folders.");
	const said = JSON.parse(await simulate(one, "5"));
	await simulate(same, "5");
	await simulate(other, "6");
	const first = read(one);
	expect(said).toMatchObject({ days: 1, tickets: first.tickets.length, from: "2026-11-27", to: "2026-11-27" });
	expect(first.verified.kind).toBe("agrees");
	// Nothing is left open, and waits were promised.
	expect(new Set(first.tickets.map(({ state }) => state))).toEqual(new Set(["finished", "cancelled"]));
	expect(first.tickets.filter(({ told }) => told !== null).length).toBeGreaterThan(first.tickets.length / 2);
	expect(read(same).tickets).toEqual(first.tickets);
	expect(read(other).tickets).not.toEqual(first.tickets);
	await expect(simulate(one, "5")).rejects.toMatchObject({ code: "DATA_NOT_EMPTY" });
});

test("a folder where staff have accounts is a station's, and no simulated day goes into it", async () => {
	const { folder: data, close } = await openTestStation({ flags: [] });
	await close();
	await runInProcess(["staff", "add", "Li Na", "--data", data, "--json"]);
	await expect(simulate(data, "5")).rejects.toMatchObject({ code: "DATA_NOT_EMPTY" });
});
