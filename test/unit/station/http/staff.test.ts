import { describe, expect, test } from "vitest";
import { openOwnEventLog } from "../../../../cli/open-event-log.ts";
import { openBeside } from "../../../../db/station/open.ts";
import { event } from "../../../../db/station/schema/events.ts";
import { openRandom } from "../../../../lib/random.ts";
import { openSecrets } from "../../../../station/app/secrets.ts";
import { verifyStation } from "../../../../station/events/verify.ts";
import type { Refusal } from "../../../../station/refusal.ts";
import { openHelpCalls } from "../../../../station/staff/help-calls.ts";
import { openStaffAccounts } from "../../../../station/staff/staff-accounts.ts";
import { asDeviceId, asStaffId } from "../../../fixtures/ids.ts";
import { openTestStation, PIN_COST } from "../../../fixtures/station.ts";
import { MIGRATIONS } from "../../../fixtures/station-folder.ts";
import { openTestTicketService } from "../../../fixtures/ticket-service.ts";

/** A station with tickets waiting. */
async function busyStation(tickets = 2) {
	const opened = await openTestStation();
	const issued: { id: string; number: string }[] = [];
	for (let count = 0; count < tickets; count += 1) issued.push((await opened.issue()).body as (typeof issued)[number]);
	const post = (token: string, path: string, body: unknown = {}) =>
		opened.call("POST", `/api/${path}`, { token, body });
	return { ...opened, post, issued };
}

describe("actions on any ticket", () => {
	test("park, call by number, transfer to a topic and a counter, undo, cancel", async () => {
		const { post, issued, signIn } = await busyStation(1);
		const token = await signIn("1");
		await signIn("2");
		const path = (action: string) => `tickets/${issued[0]?.id}/${action}`;
		expect(await post(token, path("park"), { version: 1 })).toMatchObject({ status: 200, body: { state: "parked" } });
		expect(await post(token, "counters/1/next")).toMatchObject({ status: 204 });
		expect(await post(token, path("call"), { version: 2 })).toMatchObject({ body: { state: "called", counter: "1" } });
		expect(await post(token, path("transfer"), { version: 3, topic: "housing", counter: "2" })).toMatchObject({
			status: 422,
			body: { code: "TRANSFER_TARGET_UNKNOWN" },
		});
		const moved = await post(token, path("transfer"), { version: 3, topic: "healthcare-insurance", counter: "2" });
		expect(moved).toMatchObject({
			status: 200,
			body: { state: "waiting", topic: "healthcare-insurance", reservedFor: "2", number: issued[0]?.number },
		});
		expect(await post(token, "counters/1/next")).toMatchObject({ status: 204 });
		expect(await post(token, path("undo"), { version: 4 })).toMatchObject({ body: { state: "called", counter: "1" } });
		expect(await post(token, path("cancel"), { version: 5, reason: "left" })).toMatchObject({
			body: { state: "cancelled" },
		});
	});

	test("an action on a changed version answers with the current state, and changes nothing", async () => {
		const { post, issued, signIn } = await busyStation(1);
		const token = await signIn("1");
		await post(token, "counters/1/next");
		expect(await post(token, `tickets/${issued[0]?.id}/park`, { version: 1 })).toMatchObject({
			status: 409,
			body: { code: "TICKET_CHANGED", data: { number: issued[0]?.number, state: "called", version: 2 } },
		});
	});

	test("only a supervisor acts on another counter's ticket", async () => {
		const { post, issued, signIn } = await busyStation(1);
		await post(await signIn("1"), "counters/1/next");
		const note = { version: 2, note: "copy follows" };
		expect(await post(await signIn("2"), `tickets/${issued[0]?.id}/note`, note)).toMatchObject({
			status: 409,
			body: { code: "TICKET_AT_OTHER_COUNTER" },
		});
		const path = `tickets/${issued[0]?.id}/return`;
		expect(await post(await signIn("2"), path, { version: 2 })).toMatchObject({
			status: 409,
			body: { code: "TICKET_AT_OTHER_COUNTER", data: { counter: "1", yours: "2" } },
		});
		const supervisor = await signIn("3", "Zhao", "supervisor");
		expect(await post(supervisor, path, { version: 2 })).toMatchObject({ status: 200, body: { state: "waiting" } });
	});

	test("only staff give priority", async () => {
		const { call, post, issue, signIn, station } = await busyStation(1);
		const body = { topic: "work-permit", language: "en", key: crypto.randomUUID(), class: "priority" };
		expect(await call("POST", "/api/tickets", { token: station.kioskKey, body })).toMatchObject({
			body: { code: "SIGN_IN_REQUIRED" },
		});
		const token = await signIn("1");
		const given = await post(token, "tickets", body);
		expect(given).toMatchObject({ status: 201, body: { class: "priority", ahead: 1 } });
		expect(await post(token, "counters/1/next")).toMatchObject({ body: { id: given.body.id } });
		const { body: ordinary } = await issue();
		expect(await post(token, `tickets/${ordinary.id}/set-priority`, { version: 1, class: "priority" })).toMatchObject({
			body: { class: "priority" },
		});
	});
});

describe("counters", () => {
	test("one member of staff at a counter: a second sees who is there, and may take over", async () => {
		const { call, signIn, issue, post } = await busyStation(0);
		const first = await signIn("1", "Li");
		await issue();
		await post(first, "counters/1/next");
		await signIn("2", "Wang");
		const body = { staff: "Wang", pin: "4821", counter: "1" };
		expect(await call("POST", "/api/session", { body })).toMatchObject({
			status: 409,
			body: { code: "COUNTER_OCCUPIED", data: { counter: "1", staff: "Li" } },
		});
		const availability = await call("POST", "/api/session", { body: { ...body, takeOver: true } });
		expect(availability).toMatchObject({ status: 201, body: { counter: "1", role: "agent" } });
		expect(await post(first, "counters/1/start")).toMatchObject({ status: 401, body: { code: "SIGN_IN_REQUIRED" } });
		expect(await post(String(availability.body.token), "counters/1/start")).toMatchObject({
			body: { state: "serving" },
		});
	});

	test("a counter on a break calls no ticket", async () => {
		const { call, post, signIn } = await busyStation(1);
		const token = await signIn("1");
		expect((await post(token, "session/pause")).status).toBe(204);
		expect(await post(token, "counters/1/next")).toMatchObject({ status: 409, body: { code: "COUNTER_PAUSED" } });
		const { body } = await call("GET", "/api/counters", { token });
		expect((body.counters as unknown[])[0]).toMatchObject({ counter: "1", pausedAt: expect.any(Number) });
		await post(token, "session/resume");
		expect(await post(token, "counters/1/next")).toMatchObject({ status: 200 });
	});

	test("a supervisor says what a counter serves, moves its staff, closes a topic; an agent may not", async () => {
		const { call, post, issue, signIn } = await busyStation(1);
		const agent = await signIn("1", "Li");
		const supervisor = await signIn("3", "Zhao", "supervisor");
		const put = (token: string, path: string, body: unknown) => call("PUT", `/api/${path}`, { token, body });
		const closed = { open: false, quota: null };
		expect(await put(agent, "topics/work-permit/setting", closed)).toMatchObject({
			status: 403,
			body: { code: "ROLE_REQUIRED" },
		});
		expect(await put(supervisor, "topics/work-permit/setting", closed)).toMatchObject({ status: 200, body: closed });
		expect(await issue()).toMatchObject({ status: 409, body: { code: "TOPIC_CLOSED" } });
		const setting = { topics: ["permanent-residence"], languages: ["ja"] };
		expect(await put(supervisor, "counters/1/setting", setting)).toMatchObject({ status: 200, body: setting });
		expect(await post(agent, "counters/1/next")).toMatchObject({ status: 204 });
		expect((await post(supervisor, "counters/1/move", { to: "2" })).status).toBe(204);
		expect(await post(agent, "counters/2/next")).toMatchObject({ status: 200, body: { counter: "2" } });
		expect(await post(supervisor, "counters/1/move", { to: "2" })).toMatchObject({
			body: { code: "COUNTER_UNSTAFFED" },
		});
		const { body: audit } = await call("GET", "/api/activity", { token: supervisor });
		expect((audit.entries as { staff: string; type: string }[]).map(({ staff, type }) => `${staff} ${type}`)).toEqual([
			"Li ticket.called",
			"Zhao counter.staffed",
			"Zhao counter.left",
			"Zhao counter.configured",
			"Zhao topic.configured",
			"Zhao counter.staffed",
			"Li counter.staffed",
		]);
		expect(await call("GET", "/api/activity", { token: agent })).toMatchObject({ status: 403 });
		const { body: load } = await call("GET", "/api/topics/load", { token: agent });
		const saved = { ...closed, perQuarterHour: null };
		const counts = { issued: 1, booked: 0, left: null, leftInQuarterHour: null, waiting: 0 };
		expect(load.topics).toContainEqual({ topic: "work-permit", setting: saved, ...counts });
	});
});

test("the queue is for staff", async () => {
	const { call } = await busyStation(0);
	expect(await call("GET", "/api/queue")).toMatchObject({ status: 401, body: { code: "SIGN_IN_REQUIRED" } });
});

test("a visitor's call for help reaches the desks until somebody goes", async () => {
	const { call, post, signIn, station, clock } = await busyStation(0);
	const token = await signIn("1");
	const help = async () => (await call("GET", "/api/queue", { token })).body.help;
	expect(await help()).toBeNull();
	expect(await call("POST", "/api/help", { body: { language: "ja" } })).toMatchObject({ status: 401 });
	const ask = (language: string) => call("POST", "/api/help", { token: station.kioskKey, body: { language } });
	expect((await ask("ja")).status).toBe(204);
	expect((await ask("ar")).status).toBe(204);
	expect(await help()).toEqual({ language: "ja", since: clock.now });
	// The kiosk learns from this that somebody comes, and from nothing else.
	const open = async () => (await call("GET", "/api/help", { token: station.kioskKey })).body.open;
	expect(await open()).toBe(true);
	expect((await call("GET", "/api/help")).status).toBe(401);
	expect((await post(token, "help/answer")).status).toBe(204);
	expect((await post(token, "help/answer")).status).toBe(204);
	expect(await help()).toBeNull();
	expect(await open()).toBe(false);
});

test("each kiosk's call for help is its own, with its language; one that is answered leaves the other open", () => {
	const { database, eventLog } = openTestTicketService();
	const hall = asDeviceId("0192f0c0-0000-7000-8000-0000000000d1");
	const help = openHelpCalls(database, eventLog, () => {});
	help.ask("ja", 7);
	help.ask("ar", 8, hall);
	help.ask("en", 9, hall);
	const [own, other] = help.list();
	expect(help.list()).toMatchObject([
		{ kiosk: null, language: "ja" },
		{ kiosk: hall, language: "ar" },
	]);
	help.answer(asStaffId("0192f0c0-0000-7000-8000-00000000000a"), 10, own?.id);
	expect(help.list()).toEqual([other]);
	expect(openHelpCalls(database, eventLog, () => {}).list()).toEqual([other]);
});

test("a call for help that was open when the station ended is open again", () => {
	const { database, eventLog } = openTestTicketService();
	const changed = () => {};
	openHelpCalls(database, eventLog, changed).ask("th", 7);
	const again = openHelpCalls(database, eventLog, changed);
	expect(again.open()).toEqual({ language: "th", since: 7 });
	again.answer(asStaffId("0192f0c0-0000-7000-8000-00000000000a"), 8);
	expect(openHelpCalls(database, eventLog, changed).open()).toBeNull();
});

test("a new PIN ends the sessions of its account", async () => {
	const { folder, call, signIn, clock } = await openTestStation();
	const token = await signIn("3", "Wang");
	const other = await signIn("1", "Li");
	const { database, close } = openBeside(folder, MIGRATIONS);
	const { id: newId } = openRandom();
	const eventLog = openOwnEventLog(database, { data: folder, newId, now: clock.now });
	const pepper = openSecrets(folder).pinPepper;
	const accounts = openStaffAccounts({ database, eventLog, pepper, newId, pinCost: PIN_COST });
	await accounts.setPin("Wang", "7305", "agent", { now: clock.now });
	close();
	expect(await call("GET", "/api/queue", { token })).toMatchObject({ status: 401, body: { code: "SIGN_IN_REQUIRED" } });
	expect(await call("GET", "/api/queue", { token: other })).toMatchObject({ status: 200 });
	const body = { staff: "Wang", pin: "4821", counter: "3" };
	expect(await call("POST", "/api/session", { body })).toMatchObject({ status: 401 });
	expect(await call("POST", "/api/session", { body: { ...body, pin: "7305" } })).toMatchObject({ status: 201 });
});

test("accounts are changes of the station: made, locked by wrong PINs and taken away, they are in its stream; no name, no PIN", async () => {
	const { folder, call, signIn, clock } = await openTestStation();
	await signIn("3", "Wang Li");
	for (let tries = 0; tries < 5; tries += 1)
		await call("POST", "/api/session", { body: { staff: "Wang Li", pin: "0000", counter: "3" } });
	const { database, close } = openBeside(folder, MIGRATIONS);
	const { id: newId } = openRandom();
	const eventLog = openOwnEventLog(database, { data: folder, newId, now: clock.now });
	const accounts = openStaffAccounts({ database, eventLog, pepper: openSecrets(folder).pinPepper, newId });
	const actor = { now: clock.now };
	expect([accounts.remove("Wang Li", actor), accounts.remove("Wang Li", actor)]).toEqual([true, false]);
	const texts = database.select().from(event).orderBy(event.seq).all();
	expect(texts.map(({ type }) => type)).toEqual([
		...["staff.saved", "counter.staffed", "staff.locked", "counter.left", "staff.removed"],
	]);
	// By whole facts, not by looking for a PIN's digits: one identifier in some hundreds holds "4821" by itself.
	const staff = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
	expect(texts.map(({ text }) => JSON.parse(text).data)).toEqual([
		{ staff, role: "agent" },
		{ counter: "3" },
		{ staff, until: expect.any(Number) },
		{ counter: "3" },
		{ staff },
	]);
	expect(JSON.stringify(texts)).not.toContain("Wang");
	expect(verifyStation(database)).toMatchObject({ kind: "agrees" });
	close();
});

describe("many tries at once", () => {
	/** An account in a book by itself, and what became of tries that were all begun before any ended. */
	async function account() {
		const { database, eventLog } = openTestTicketService();
		const { id: newId } = openRandom();
		const accounts = openStaffAccounts({ database, eventLog, pepper: Buffer.alloc(32), newId, pinCost: PIN_COST });
		await accounts.setPin("Wang", "4821", "agent", { now: 1 });
		const tryAll = async (pins: string[], now = 1) =>
			(await Promise.allSettled(pins.map((pin) => accounts.check("Wang", pin, { from: "a desk", now })))).map((end) =>
				end.status === "fulfilled" ? "let in" : (end.reason as Refusal).code,
			);
		const locks = () =>
			database
				.select()
				.from(event)
				.all()
				.filter(({ type }) => type === "staff.locked").length;
		return { accounts, tryAll, locks };
	}
	const wrong = (count: number) => Array.from({ length: count }, () => "0000");

	test("fifty wrong PINs and the right one last: refused, and locked once", async () => {
		const { tryAll, locks } = await account();
		const ends = await tryAll([...wrong(50), "4821"]);
		expect(ends).not.toContain("let in");
		expect(ends.at(-1)).toBe("STAFF_LOCKED");
		expect(await tryAll(["4821"])).toEqual(["STAFF_LOCKED"]);
		expect(locks()).toBe(1);
		expect(await tryAll(["4821"], 1 + 15 * 60_000)).toEqual(["let in"]);
	});

	test("one device's wrong PINs hold back no other, and a new PIN begins with all attempts", async () => {
		const { accounts, tryAll } = await account();
		await tryAll(wrong(5));
		expect(await accounts.check("Wang", "4821", { from: "another desk", now: 1 })).toMatchObject({ name: "Wang" });
		expect(await tryAll(["4821"])).toEqual(["STAFF_LOCKED"]);
		await accounts.setPin("Wang", "7305", "agent", { now: 1 });
		expect(await tryAll(["7305"])).toEqual(["let in"]);
	});

	test("five at once do not lock when the fifth is right, and the count begins anew", async () => {
		const { accounts, tryAll, locks } = await account();
		for (const pin of wrong(4)) await tryAll([pin]);
		expect(await tryAll(["4821"])).toEqual(["let in"]);
		await expect(accounts.check("Wang", "0000", { from: "a desk", now: 1 })).rejects.toMatchObject({
			data: { triesLeft: 4 },
		});
		expect(await tryAll([...wrong(3), "4821"])).toContain("let in");
		expect(locks()).toBe(0);
	});
});
