import { describe, expect, test } from "vitest";
import { openTestStation } from "../../../fixtures/station.ts";

/** A station with two agents at work, a supervisor, and tickets waiting. */
async function busyStation(tickets = 1) {
	const opened = await openTestStation();
	const issued: { id: string; number: string }[] = [];
	for (let count = 0; count < tickets; count += 1) issued.push((await opened.issue()).body as (typeof issued)[number]);
	const post = (token: string, path: string, body: unknown = {}) =>
		opened.call("POST", `/api/${path}`, { token, body });
	const queue = async (token: string) => (await opened.call("GET", "/api/queue", { token })).body;
	const ofTicket = async (token: string, id = issued[0]?.id) =>
		((await queue(token)).tickets as { id: string }[]).find((one) => one.id === id);
	return { ...opened, post, queue, ofTicket, issued, id: issued[0]?.id ?? "" };
}

describe("a transfer", () => {
	test("to a counter that nobody staffs, or that does not serve the topic, is refused and names those that do", async () => {
		const { call, post, signIn, id } = await busyStation();
		const token = await signIn("1");
		const zhao = await signIn("3", "Zhao", "supervisor");
		const to = (body: object) => post(token, `tickets/${id}/transfer`, { version: 1, ...body });
		expect(await to({ counter: "2" })).toMatchObject({
			status: 409,
			body: { code: "TRANSFER_UNREACHABLE", data: { reason: "unstaffed", counters: ["1", "3"] } },
		});
		await call("PUT", "/api/counters/3/setting", { token: zhao, body: { topics: ["education"], languages: [] } });
		expect(await to({ counter: "3" })).toMatchObject({ body: { data: { reason: "not-served", counters: ["1"] } } });
		expect(await to({ counter: "3", topic: "education" })).toMatchObject({ status: 200, body: { reservedFor: "3" } });
	});

	test("to a topic that nobody serves now is let through only if staff say so, and is then shown", async () => {
		const { call, post, signIn, queue, ofTicket, id } = await busyStation();
		const token = await signIn("1");
		const zhao = await signIn("3", "Zhao", "supervisor");
		for (const counter of ["1", "3"])
			await call("PUT", `/api/counters/${counter}/setting`, {
				token: zhao,
				body: { topics: ["work-permit"], languages: [] },
			});
		const body = { version: 1, topic: "education" };
		expect(await post(token, `tickets/${id}/transfer`, body)).toMatchObject({
			body: { code: "TRANSFER_UNREACHABLE", data: { counters: [] } },
		});
		expect(await post(token, `tickets/${id}/transfer`, { ...body, anyway: true })).toMatchObject({ status: 200 });
		expect(await ofTicket(zhao)).toMatchObject({ stranded: "no-counter" });
		expect([(await queue(zhao)).seesStranded, (await queue(token)).seesStranded]).toEqual([true, false]);
	});
});

test("a reservation lapses when its counter empties: another counter's next is that ticket", async () => {
	const { call, post, signIn, queue, ofTicket, id } = await busyStation(2);
	const one = await signIn("1");
	const two = await signIn("2");
	await post(one, `tickets/${id}/transfer`, { version: 1, counter: "2" });
	expect((await queue(one)).next).not.toBe(id);
	expect((await queue(two)).next).toBe(id);
	expect((await call("DELETE", "/api/session", { token: two })).status).toBe(204);
	expect(await ofTicket(one)).toMatchObject({ reservedFor: null, stranded: null });
	expect((await queue(one)).next).toBe(id);
	expect(await post(one, "counters/1/next")).toMatchObject({ body: { id } });
});

test("a ticket that only a counter on a break may call is shown to everybody while no supervisor is at work", async () => {
	const { post, signIn, queue, ofTicket, id } = await busyStation();
	const one = await signIn("1");
	const two = await signIn("2");
	await post(one, `tickets/${id}/transfer`, { version: 1, counter: "2" });
	await post(two, "session/pause", { reason: "lunch" });
	expect(await ofTicket(one)).toMatchObject({ reservedFor: "2", stranded: "on-break" });
	expect((await queue(one)).seesStranded).toBe(true);
	const zhao = await signIn("3", "Zhao", "supervisor");
	expect((await queue(one)).seesStranded).toBe(false);
	await post(zhao, "session/pause", { reason: "lunch" });
	expect([(await queue(one)).seesStranded, (await queue(zhao)).seesStranded]).toEqual([true, true]);
	await post(two, "session/resume");
	expect(await ofTicket(one)).toMatchObject({ stranded: null });
});

test("a ticket that nobody can call is not ahead of anybody", async () => {
	const { call, post, signIn, issue, id } = await busyStation();
	const zhao = await signIn("1", "Zhao", "supervisor");
	await call("PUT", "/api/counters/1/setting", { token: zhao, body: { topics: ["work-permit"], languages: [] } });
	await post(zhao, `tickets/${id}/transfer`, { version: 1, topic: "education", anyway: true });
	const { body: second } = await issue();
	expect(second).toMatchObject({ ahead: 0 });
	expect((await call("GET", `/api/tickets/${second.id}`)).body).toMatchObject({ ahead: 0 });
	// The board still counts who waits.
	expect((await call("GET", "/api/board")).body).toMatchObject({ waitingCount: 2 });
});

describe("the ticket at hand", () => {
	async function serving() {
		const opened = await busyStation(1);
		const token = await opened.signIn("1", "Li");
		await opened.post(token, "counters/1/next");
		await opened.post(token, "counters/1/start");
		return { ...opened, token };
	}

	test("signing out asks what becomes of it, and does it", async () => {
		const { call, token, id } = await serving();
		const signOut = (ticket?: string) => call("DELETE", "/api/session", { token, ...(ticket && { body: { ticket } }) });
		expect(await signOut()).toMatchObject({
			status: 409,
			body: { code: "TICKET_AT_HAND", data: { ticket: id, counter: "1", state: "serving" } },
		});
		expect((await call("GET", "/api/queue", { token })).status).toBe(200);
		expect((await signOut("finish")).status).toBe(204);
		expect((await call("GET", `/api/tickets/${id}`)).body).toMatchObject({ state: "finished", outcome: "answered" });
		expect((await call("GET", "/api/queue", { token })).status).toBe(401);
	});

	test("a called ticket cannot be finished by signing out: nothing is changed, and the session stays", async () => {
		const { call, post, signIn, id } = await busyStation(1);
		const token = await signIn("1");
		await post(token, "counters/1/next");
		expect(await call("DELETE", "/api/session", { token, body: { ticket: "finish" } })).toMatchObject({
			body: { code: "TICKET_STATE" },
		});
		expect((await call("GET", "/api/queue", { token })).status).toBe(200);
		await call("DELETE", "/api/session", { token, body: { ticket: "return" } });
		expect((await call("GET", `/api/tickets/${id}`)).body).toMatchObject({ state: "waiting", counter: null });
	});

	test("signing in elsewhere asks as well; without an answer nothing is changed", async () => {
		const { call, token, id } = await serving();
		const body = { staff: "Li", pin: "4821", counter: "2" };
		expect(await call("POST", "/api/session", { body })).toMatchObject({ body: { code: "TICKET_AT_HAND" } });
		expect((await call("GET", "/api/queue", { token })).status).toBe(200);
		const moved = await call("POST", "/api/session", { body: { ...body, ticket: "return" } });
		expect(moved).toMatchObject({ status: 201, body: { counter: "2" } });
		expect((await call("GET", `/api/tickets/${id}`)).body).toMatchObject({ state: "waiting" });
	});

	test("one that was kept is shown as left behind, and any colleague may return it", async () => {
		const { call, post, signIn, ofTicket, token, id } = await serving();
		await call("DELETE", "/api/session", { token, body: { ticket: "keep" } });
		const other = await signIn("2");
		expect(await ofTicket(other)).toMatchObject({ state: "serving", counter: "1", stranded: "counter-left" });
		expect(await post(other, `tickets/${id}/return`, { version: 3 })).toMatchObject({ body: { state: "waiting" } });
	});

	test("a supervisor moves staff, ends sessions and finishes at any counter; each asks for the ticket at hand", async () => {
		const { call, post, signIn, token, id } = await serving();
		const zhao = await signIn("3", "Zhao", "supervisor");
		expect(await post(zhao, "counters/1/move", { to: "2" })).toMatchObject({ body: { code: "TICKET_AT_HAND" } });
		expect(await post(zhao, "counters/1/end-session")).toMatchObject({ body: { code: "TICKET_AT_HAND" } });
		expect(await post(token, "counters/3/end-session", { ticket: "keep" })).toMatchObject({ status: 403 });
		expect(await post(zhao, `tickets/${id}/finish`, { version: 3 })).toMatchObject({ body: { state: "finished" } });
		expect((await post(zhao, "counters/1/end-session")).status).toBe(204);
		expect(await call("GET", "/api/queue", { token })).toMatchObject({
			status: 401,
			body: { data: { ended: { reason: "ended-by-supervisor", by: "Zhao" } } },
		});
		expect(await post(zhao, "counters/1/end-session")).toMatchObject({ body: { code: "COUNTER_UNSTAFFED" } });
	});
});

test("each leg of a visit has all its calls", async () => {
	const { call, clock, post, signIn } = await busyStation(0);
	const one = await signIn("1");
	const two = await signIn("2");
	const zhao = await signIn("3", "Zhao", "supervisor");
	for (const [counter, topics] of [
		["1", ["work-permit"]],
		["2", ["education"]],
	])
		await call("PUT", `/api/counters/${counter}/setting`, { token: zhao, body: { topics, languages: [] } });
	const { body } = await post(one, "tickets", {
		...{ topic: "work-permit", nextTopics: ["education"], language: "en", key: crypto.randomUUID() },
	});
	await post(one, "counters/1/next");
	await post(one, "counters/1/recall");
	await post(one, "counters/1/recall");
	await post(one, "counters/1/start");
	await post(one, "counters/1/finish");
	for (const state of ["waiting", "waiting", "missed"]) {
		expect(await post(two, "counters/2/next")).toMatchObject({ body: { id: body.id } });
		expect(await post(two, "counters/2/no-show")).toMatchObject({ body: { state } });
		clock.now += 6 * 60_000;
	}
	// Put back by hand: the visitor has come back, and is called as often as a new one.
	await post(zhao, `tickets/${body.id}/return`, { version: 12 });
	await post(two, "counters/2/next");
	expect(await post(two, "counters/2/no-show")).toMatchObject({ body: { state: "waiting" } });
});

describe("why a session ended", () => {
	const ended = async (call: Awaited<ReturnType<typeof busyStation>>["call"], token: string) =>
		((await call("GET", "/api/queue", { token })).body.data as { ended?: object } | undefined)?.ended;

	test("somebody took the counter over; the same person signed in elsewhere; it was too long ago", async () => {
		const { call, signIn, clock } = await busyStation(0);
		const first = await signIn("1", "Li");
		const wang = await signIn("2", "Wang");
		await call("POST", "/api/session", { body: { staff: "Wang", pin: "4821", counter: "1", takeOver: true } });
		expect(await ended(call, first)).toMatchObject({ reason: "taken-over", by: "Wang", at: clock.now });
		expect(await ended(call, wang)).toMatchObject({ reason: "signed-in-elsewhere", counter: "1" });
		const late = await signIn("3", "Sun");
		clock.now += 13 * 60 * 60_000;
		expect(await ended(call, late)).toMatchObject({ reason: "expired" });
		await signIn("4", "Qian");
		expect(await ended(call, late)).toMatchObject({ reason: "expired" });
		expect(await ended(call, "a-token-that-never-was")).toBeUndefined();
	});

	test("the PIN was changed, the account was removed", async () => {
		const { call, signIn, post } = await busyStation(0);
		const zhao = await signIn("1", "Zhao", "supervisor");
		const li = await signIn("2", "Li");
		const { body } = await call("GET", "/api/staff", { token: zhao });
		const idOf = (name: string) =>
			(body.accounts as { id: string; name: string }[]).find((one) => one.name === name)?.id;
		await post(zhao, `staff/${idOf("Li")}/pin`);
		expect(await ended(call, li)).toMatchObject({ reason: "pin-changed", by: "Zhao" });
		const sun = await signIn("3", "Sun");
		const list = (await call("GET", "/api/staff", { token: zhao })).body.accounts as { id: string; name: string }[];
		await call("DELETE", `/api/staff/${list.find(({ name }) => name === "Sun")?.id}`, { token: zhao });
		expect(await ended(call, sun)).toMatchObject({ reason: "account-removed", by: "Zhao" });
	});
});

describe("names and accounts", () => {
	test("a name is found in any case, width and spacing, and its wrong PINs are counted once", async () => {
		const { call, signIn } = await busyStation(0);
		await signIn("1", "Zhao Li");
		const open = (staff: string, pin = "4821") => call("POST", "/api/session", { body: { staff, pin, counter: "2" } });
		for (const name of ["zhao li", "ZHAO LI", " Zhao  Li ", "Ｚｈａｏ　Ｌｉ"])
			expect(await open(name)).toMatchObject({ status: 201, body: { staff: "Zhao Li" } });
		// Digits of a Chinese keyboard in full width are the same PIN.
		expect(await open("Zhao Li", "４８２１")).toMatchObject({ status: 201 });
		for (const name of ["zhao li", "Zhao Li", "ZHAO LI", "ZHAO li", "zhao LI"]) await open(name, "0000");
		expect(await open("Zhao Li")).toMatchObject({ body: { code: "STAFF_LOCKED" } });
		expect((await call("GET", "/api/session/names")).body).toEqual({ names: ["Zhao Li"] });
	});

	test("a name of which nothing is seen is refused, and one that differs in what is not seen is taken", async () => {
		const { post, signIn } = await busyStation(0);
		const zhao = await signIn("1", "Zhao", "supervisor");
		for (const name of ["  ", "\u3000", "\u2800", "\u3164", "\uffa0", "\u034f", "\ufe0f"])
			expect(await post(zhao, "staff", { name })).toMatchObject({ body: { code: "NAME_REFUSED" } });
		for (const name of ["👩‍💻", "محمد", "❤"])
			expect(await post(zhao, "staff", { name })).toMatchObject({ status: 201 });
		for (const name of ["Zhao\u2800", "Zh\u034fao", "❤\ufe0f"])
			expect(await post(zhao, "staff", { name })).toMatchObject({ body: { code: "STAFF_EXISTS" } });
	});

	test("names with numbers stand in the order of the numbers, Chinese names by their sound", async () => {
		const { call, signIn } = await busyStation(0);
		const zhao = await signIn("1", "Desk 10", "supervisor");
		for (const [counter, name] of ["Desk 2", "赵敏", "陈宇", "Desk 1", "desk 3"].entries())
			await signIn(String(counter + 2), name);
		const order = ["陈宇", "赵敏", "Desk 1", "Desk 2", "desk 3", "Desk 10"];
		expect((await call("GET", "/api/session/names")).body).toEqual({ names: order });
		const { accounts } = (await call("GET", "/api/staff", { token: zhao })).body as { accounts: { name: string }[] };
		expect(accounts.map(({ name }) => name)).toEqual(order);
	});

	test("a supervisor adds, unlocks, promotes, gives a new PIN and removes; no further than the own role", async () => {
		const { call, post, signIn } = await busyStation(0);
		const zhao = await signIn("1", "Zhao", "supervisor");
		const added = await post(zhao, "staff", { name: " Chen  Yu " });
		expect(added).toMatchObject({ status: 201, body: { name: "Chen Yu", pin: expect.stringMatching(/^\d{6}$/) } });
		expect(await post(zhao, "staff", { name: "chen yu" })).toMatchObject({ body: { code: "STAFF_EXISTS" } });
		expect(await post(zhao, "staff", { name: "x".repeat(65) })).toMatchObject({ body: { code: "NAME_REFUSED" } });
		expect(await post(zhao, "staff", { name: "Boss", role: "administrator" })).toMatchObject({ status: 403 });
		const path = `staff/${added.body.id}`;
		const open = (pin: unknown, counter = "2") =>
			call("POST", "/api/session", { body: { staff: "CHEN YU", pin, counter } });
		for (let count = 0; count < 5; count += 1) await open("000000");
		expect(await open(added.body.pin)).toMatchObject({ body: { code: "STAFF_LOCKED" } });
		const list = async () => (await call("GET", "/api/staff", { token: zhao })).body.accounts as object[];
		expect(await list()).toMatchObject([
			{ name: "Chen Yu", lockedUntil: expect.any(Number) },
			{ name: "Zhao", counter: "1" },
		]);
		expect((await post(zhao, `${path}/unlock`)).status).toBe(204);
		expect(await open(added.body.pin)).toMatchObject({ status: 201, body: { role: "agent" } });
		expect((await call("PUT", `/api/${path}/role`, { token: zhao, body: { role: "supervisor" } })).status).toBe(204);
		expect(await list()).toMatchObject([{ name: "Chen Yu", role: "supervisor", counter: "2", lockedUntil: null }, {}]);
		const reset = await post(zhao, `${path}/pin`);
		expect(await open(reset.body.pin)).toMatchObject({ status: 201, body: { role: "supervisor" } });
		expect((await call("DELETE", `/api/${path}`, { token: zhao })).status).toBe(204);
		expect(await open(reset.body.pin)).toMatchObject({ status: 401 });
		const own = (await call("GET", "/api/staff", { token: zhao })).body.accounts as { id: string }[];
		expect(await call("DELETE", `/api/staff/${own[0]?.id}`, { token: zhao })).toMatchObject({
			body: { code: "OWN_ACCOUNT" },
		});
		const agent = await signIn("5", "Agent");
		expect((await call("GET", "/api/staff", { token: agent })).status).toBe(403);
	});
});
