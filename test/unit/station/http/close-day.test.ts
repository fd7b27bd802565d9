import { describe, expect, test } from "vitest";
import type { DayClosing } from "../../../../protocol/model/staff.ts";
import { openTestStation } from "../../../fixtures/station.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

/** Four numbers: one served at counter 2, one on hold, two waiting; and a booking whose visitor has not come. */
async function evening() {
	const opened = await openTestStation({ flags: ["--outside-hours", "refuse"] });
	const { call, signIn, issue } = opened;
	const zhao = await signIn("1", "Zhao", "supervisor");
	const li = await signIn("2", "Li");
	const post = (token: string, path: string, body: unknown = {}) => call("POST", `/api/${path}`, { token, body });
	const ids: string[] = [];
	for (let count = 0; count < 4; count += 1) ids.push(String((await issue()).body.id));
	await post(li, "counters/2/next");
	await post(li, "counters/2/start");
	await post(zhao, `tickets/${ids[1]}/park`, { version: 1 });
	const booking = { code: "BOOK-01", topic: "work-permit", at: MONDAY_NINE + 3_600_000, source: "test" };
	await post(zhao, "appointments", { appointments: [booking] });
	const day = async (method = "GET", body?: object) =>
		(await call(method, "/api/day/closing", { token: zhao, ...(body && { body }) })).body as unknown as DayClosing;
	const stateOf = async (id: string | undefined) => (await call("GET", `/api/tickets/${id}`)).body.state;
	return { ...opened, zhao, li, post, ids, day, stateOf };
}

describe("closing the day", () => {
	test("says first whom it would cancel and what it would leave, and changes nothing", async () => {
		const { day, ids, stateOf } = await evening();
		const preview = await day();
		expect(preview).toMatchObject({
			closedByHand: null,
			open: [
				{ id: ids[2], state: "waiting" },
				{ id: ids[3], state: "waiting" },
				{ id: ids[1], state: "parked" },
			],
			atCounters: [{ id: ids[0], state: "serving", counter: "2", staff: "Li" }],
			expected: [{ topic: "work-permit" }],
			restorable: 0,
		});
		expect(await stateOf(ids[2])).toBe("waiting");
	});

	test("stops the kiosk, cancels those who wait with the reason, and leaves who is at a counter", async () => {
		const { call, day, ids, stateOf, issue, post, li, zhao } = await evening();
		expect(await day("POST", { reason: "other" })).toMatchObject({
			...{ open: [], atCounters: [{ number: "B001" }], restorable: 3, closedByHand: { since: MONDAY_NINE } },
		});
		expect(await Promise.all(ids.map(stateOf))).toEqual(["serving", "cancelled", "cancelled", "cancelled"]);
		expect(await issue()).toMatchObject({ body: { code: "SITE_CLOSED" } });
		expect((await call("GET", "/api/board")).body).toMatchObject({ waitingCount: 0, calls: [{ number: "B001" }] });
		expect(await post(li, "counters/2/finish")).toMatchObject({ body: { state: "finished" } });
		const { body } = await call("GET", "/api/activity", { token: zhao });
		const entries = body.entries as { type: string; staff: string; data: object }[];
		expect(entries.find(({ type }) => type === "queue.cleared")).toMatchObject({
			staff: "Zhao",
			data: { reason: "other", tickets: 3 },
		});
	});

	test("is taken back as a whole: the site opens, and each has its old place", async () => {
		const { day, ids, stateOf, issue, post, li } = await evening();
		await day("POST", {});
		expect(await day("DELETE")).toMatchObject({ closedByHand: null, restorable: 0, open: { length: 3 } });
		expect(await Promise.all(ids.map(stateOf))).toEqual(["serving", "parked", "waiting", "waiting"]);
		expect((await issue()).status).toBe(201);
		await post(li, "counters/2/finish");
		expect(await post(li, "counters/2/next")).toMatchObject({ body: { id: ids[2] } });
	});

	test("twice, by two supervisors, does nothing more; one undo takes all of it back", async () => {
		const { day, ids, stateOf, clock, signIn, call } = await evening();
		await day("POST", {});
		clock.now += 60_000;
		const chen = await signIn("3", "Chen", "supervisor");
		const again = await call("POST", "/api/day/closing", { token: chen, body: {} });
		expect(again.body).toMatchObject({ closedByHand: { since: MONDAY_NINE }, restorable: 3 });
		// A number that staff issued after it is cleared by the next one.
		const body = { topic: "work-permit", language: "en", key: "at-the-desk" };
		const late = String((await call("POST", "/api/tickets", { token: chen, body })).body.id);
		expect(await day("POST", {})).toMatchObject({ restorable: 4 });
		expect(await day("DELETE")).toMatchObject({ restorable: 0 });
		expect(await Promise.all([...ids, late].map(stateOf))).toEqual([
			...["serving", "parked", "waiting", "waiting", "waiting"],
		]);
	});

	test("leaves alone what was brought back by hand meanwhile, and what staff cancelled themselves", async () => {
		const { day, ids, stateOf, post, zhao, li } = await evening();
		await post(zhao, `tickets/${ids[3]}/cancel`, { version: 1, reason: "left" });
		await day("POST", {});
		await post(zhao, `tickets/${ids[2]}/undo`, { version: 2 });
		await post(li, "counters/2/finish");
		await post(li, "counters/2/next");
		expect(await day("DELETE")).toMatchObject({ restorable: 0 });
		expect(await Promise.all(ids.map(stateOf))).toEqual(["finished", "parked", "called", "cancelled"]);
	});

	test("is for supervisors, and takes no unknown reason", async () => {
		const { call, li, zhao, ids, stateOf } = await evening();
		for (const method of ["GET", "POST", "DELETE"])
			expect(
				(await call(method, "/api/day/closing", { token: li, ...(method === "POST" && { body: {} }) })).status,
			).toBe(403);
		expect((await call("POST", "/api/day/closing", { token: zhao, body: { reason: "tired" } })).status).toBe(400);
		expect(await stateOf(ids[2])).toBe("waiting");
	});
});
