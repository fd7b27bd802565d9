import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runInProcess } from "../../../fixtures/command-line.ts";
import { openTestStation } from "../../../fixtures/station.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const HOUR = 3_600_000;

async function bookedStation() {
	const opened = await openTestStation();
	const supervisor = await opened.signIn("1", "Zhao", "supervisor");
	const booking = { source: "system 1", code: "AB12-CD34", at: MONDAY_NINE, topic: "work-permit", partySize: 2 };
	const book = (token: string, ...appointments: unknown[]) =>
		opened.call("POST", "/api/appointments", { token, body: { appointments } });
	const checkIn = (code: string, language = "ko") =>
		opened.call("POST", "/api/check-in", { token: opened.station.kioskKey, body: { code, language } });
	return { ...opened, supervisor, booking, book, checkIn };
}

function importList(folder: string, text: string, ...options: string[]) {
	const file = join(folder, "list.csv");
	writeFileSync(file, text);
	return runInProcess(["appointments", "import", file, "--data", folder, ...options]);
}

describe("checking in", () => {
	test("a booking becomes a ticket at the kiosk, once, and staff see both", async () => {
		const { supervisor, booking, book, checkIn, call } = await bookedStation();
		expect(await book(supervisor, booking)).toMatchObject({ status: 200, body: { kept: 1 } });
		const first = await checkIn("ab12 cd34");
		expect(first).toMatchObject({
			status: 201,
			body: { class: "appointment", topic: "work-permit", partySize: 2, language: "ko" },
		});
		expect(String(first.body.code)).toMatch(/^[0-9A-Z]{10}$/);
		expect(await checkIn("AB12CD34")).toMatchObject({ status: 200, body: { id: first.body.id } });
		expect(await call("GET", "/api/visits", { token: supervisor })).toMatchObject({
			body: { visits: [{ kind: "appointment", at: MONDAY_NINE, ticket: { number: first.body.number } }] },
		});
	});

	test("refusals: an unknown code, another day, too many tries, an agent, an unknown topic", async () => {
		const { supervisor, booking, book, checkIn, call, signIn } = await bookedStation();
		await book(supervisor, { ...booking, at: MONDAY_NINE + 24 * HOUR });
		expect(await checkIn("AB12CD34")).toMatchObject({ status: 409, body: { code: "VISIT_OTHER_DAY" } });
		expect(await checkIn("NOSUCH99")).toMatchObject({ status: 404, body: { code: "VISIT_UNKNOWN" } });
		const tries = [];
		for (let count = 0; count < 40; count += 1) tries.push((await checkIn(`GUESS${count}`)).body.code);
		expect(tries.at(-1)).toBe("CODE_RATE_LIMITED");
		// A code that is known still works for the next visitor at the kiosk.
		expect(await checkIn("AB12CD34")).toMatchObject({ body: { code: "VISIT_OTHER_DAY" } });
		await book(supervisor, { ...booking, code: "EF56-GH78" });
		expect(await checkIn("EF56GH78")).toMatchObject({ status: 201 });
		expect(await book(await signIn("2"), booking)).toMatchObject({ body: { code: "ROLE_REQUIRED" } });
		const two = [
			{ ...booking, source: "other", code: "ZZ99YY88" },
			{ ...booking, topic: "tea" },
		];
		expect(await book(supervisor, ...two)).toMatchObject({ body: { code: "TOPIC_UNKNOWN" } });
		const { body } = await call("GET", "/api/visits", { token: supervisor });
		expect(body.visits).toMatchObject([{ ticket: expect.anything() }]);
		const anybody = await call("POST", "/api/check-in", { body: { code: "AB12CD34", language: "ko" } });
		expect(anybody).toMatchObject({ status: 401, body: { code: "KIOSK_KEY_REQUIRED" } });
	});

	test("the command takes a list over while the station runs, and refuses a bad one whole", async () => {
		const { folder, checkIn } = await bookedStation();
		const run = (text: string) => importList(folder, text);
		const bad = run("code,time,topic\nAB12,2026-11-23 10:00,work-permit\nCD34,never,work-permit\n");
		await expect(bad).rejects.toThrow("line 3, column time");
		expect(await checkIn("AB12")).toMatchObject({ body: { code: "VISIT_UNKNOWN" } });
		const good = await run("code,time,topic\nAB12,2026-11-23 10:00,work-permit\n");
		expect(JSON.parse(good)).toMatchObject({ kept: 1, withdrawn: 0, unchanged: 0, unmatched: 0, skipped: [] });
		expect(await checkIn("AB12")).toMatchObject({ status: 201, body: { class: "appointment" } });
	});

	test("the command tells what a list holds without importing it", async () => {
		const { folder, checkIn } = await bookedStation();
		const list = "code,time,topic\nAB12,23/11/2026 10:00,work-permit\n";
		const dry = await importList(folder, list, "--dry-run", "--dates", "dmy");
		expect(JSON.parse(dry)).toMatchObject({ isDryRun: true, booked: 1, cancelled: 0 });
		expect(await checkIn("AB12")).toMatchObject({ body: { code: "VISIT_UNKNOWN" } });
	});
});

describe("checking in at a desk", () => {
	const MINUTE = 60_000;
	async function desk() {
		const opened = await bookedStation();
		const token = await opened.signIn("2");
		const atDesk = (code: string, language = "en") =>
			opened.call("POST", "/api/visits/check-in", { token, body: { code, language } });
		const listed = (visit: string) =>
			opened.call("POST", `/api/visits/${visit}/check-in`, { token, body: { language: "en" } });
		const visits = async () =>
			(await opened.call("GET", "/api/visits", { token })).body.visits as { id: string; at: number }[];
		return { ...opened, token, atDesk, listed, visits };
	}

	test("by code or from the list, once: desk and kiosk give the same ticket, and its booked time is on every surface", async () => {
		const { supervisor, booking, book, checkIn, call, atDesk, listed, visits, token } = await desk();
		await book(supervisor, booking);
		const first = await atDesk("ab12 cd34", "ko");
		expect(first).toMatchObject({
			status: 200,
			body: {
				isNew: true,
				punctuality: "on-time",
				ticket: { class: "appointment", bookedAt: MONDAY_NINE, language: "ko", partySize: 2 },
			},
		});
		// What the visitor's phone shows is the visitor's own: staff learn no code of a ticket.
		expect(JSON.stringify(first.body)).not.toContain("code");
		const { id } = first.body.ticket as { id: string };
		const [visit] = await visits();
		expect(await listed(visit?.id ?? "")).toMatchObject({ body: { isNew: false, ticket: { id } } });
		const kiosk = await checkIn("AB12CD34");
		expect(kiosk).toMatchObject({ status: 200, body: { id, bookedAt: MONDAY_NINE } });
		expect(await call("GET", "/api/queue", { token })).toMatchObject({
			body: { tickets: [{ bookedAt: MONDAY_NINE }] },
		});
		const code = String(kiosk.body.code);
		const phone = await call("GET", `/api/phone/${code}`);
		expect(phone).toMatchObject({ body: { bookedAt: MONDAY_NINE, isLate: false } });
		// The code on the ticket finds its ticket too, at the desk and at the kiosk.
		expect(await atDesk(code)).toMatchObject({ body: { isNew: false, ticket: { id } } });
		expect(await checkIn(code)).toMatchObject({ status: 200, body: { id } });
	});

	test("who comes early or on time has the place of the booked time, a late one that of the arrival", async () => {
		const { supervisor, booking, book, listed, visits } = await desk();
		const minutesBefore = [40, 15, -10, -11];
		const bookings = minutesBefore.map((minutes, index) => ({
			...{ ...booking, source: `system ${index}`, code: `AB12CD3${index}` },
			at: MONDAY_NINE + minutes * MINUTE,
		}));
		await book(supervisor, ...bookings);
		const came = new Map<number, unknown>();
		for (const { id, at } of await visits()) {
			const { punctuality, ticket } = (await listed(id)).body as { punctuality: string; ticket: { class: string } };
			came.set((at - MONDAY_NINE) / MINUTE, [punctuality, ticket.class]);
		}
		expect(minutesBefore.map((minutes) => came.get(minutes))).toEqual([
			["early", "appointment"],
			["on-time", "appointment"],
			["on-time", "appointment"],
			["late", "ordinary"],
		]);
	});

	test("an unknown, a cancelled and a used code and one of another day say so, with what staff need to know", async () => {
		const { supervisor, booking, book, atDesk, listed, call, checkIn, token } = await desk();
		expect(await atDesk("NOSUCH99")).toMatchObject({ status: 404, body: { code: "VISIT_UNKNOWN" } });
		expect(await listed("nothing")).toMatchObject({ status: 404, body: { code: "VISIT_UNKNOWN" } });
		const wednesday = MONDAY_NINE + 48 * HOUR;
		await book(supervisor, { ...booking, at: wednesday });
		const otherDay = { serviceDay: "2026-11-25", at: wednesday, isPast: false };
		expect(await atDesk("AB12CD34")).toMatchObject({ body: { code: "VISIT_OTHER_DAY", data: otherDay } });
		await book(supervisor, { ...booking, at: MONDAY_NINE - 72 * HOUR });
		const past = { serviceDay: "2026-11-20", isPast: true };
		expect(await atDesk("AB12CD34")).toMatchObject({ body: { code: "VISIT_OTHER_DAY", data: past } });
		await book(supervisor, booking);
		const cancelled = { appointments: [], cancelled: [booking.source] };
		expect(await call("POST", "/api/appointments", { token: supervisor, body: cancelled })).toMatchObject({
			status: 200,
		});
		expect(await atDesk("AB12CD34")).toMatchObject({ status: 409, body: { code: "VISIT_CANCELLED" } });
		expect(await checkIn("AB12CD34")).toMatchObject({ body: { code: "VISIT_CANCELLED" } });
		await book(supervisor, booking);
		const { ticket } = (await atDesk("AB12CD34")).body as { ticket: { id: string; number: string } };
		await call("POST", `/api/tickets/${ticket.id}/cancel`, { token, body: { version: 1, reason: "left" } });
		const over = { code: "VISIT_OVER", data: { number: ticket.number } };
		expect(await atDesk("AB12CD34")).toMatchObject({ status: 409, body: over });
		expect(await checkIn("AB12CD34")).toMatchObject({ status: 409, body: over });
	});

	test("the code of a ticket that has ended says that the visit is over, at the desk and at the kiosk", async () => {
		const { issue, call, atDesk, checkIn, token } = await desk();
		const { body } = await issue();
		const code = String(body.code);
		expect(await checkIn(code)).toMatchObject({ status: 200, body: { id: body.id } });
		await call("POST", `/api/tickets/${body.id}/cancel`, { token, body: { version: 1, reason: "left" } });
		const over = { code: "VISIT_OVER", data: { number: body.number } };
		expect(await atDesk(code)).toMatchObject({ body: over });
		expect(await checkIn(code)).toMatchObject({ body: over });
	});

	test("a number that is over is found as such, with when it ended, and one that was never given is not", async () => {
		const { issue, call, token, clock } = await desk();
		const { body } = await issue();
		const find = (number: string) => call("GET", `/api/ended-tickets/${number}`, { token });
		expect(await find("B001")).toMatchObject({ status: 200, body: { tickets: [] } });
		clock.now += MINUTE;
		await call("POST", `/api/tickets/${body.id}/cancel`, { token, body: { version: 1, reason: "left" } });
		const ended = { tickets: [{ number: "B001", state: "cancelled", since: MONDAY_NINE + MINUTE }] };
		for (const typed of ["B001", "b1", "1", "001"]) expect((await find(typed)).body).toEqual(ended);
		for (const typed of ["A001", "2", "nobody"]) expect((await find(typed)).body).toEqual({ tickets: [] });
		expect(await call("GET", "/api/ended-tickets/1")).toMatchObject({ body: { code: "SIGN_IN_REQUIRED" } });
	});

	test("a desk must be signed in, and wrong codes are slowed down", async () => {
		const { call, atDesk } = await desk();
		const body = { code: "AB12CD34", language: "en" };
		expect(await call("POST", "/api/visits/check-in", { body })).toMatchObject({ body: { code: "SIGN_IN_REQUIRED" } });
		const codes = [];
		for (let count = 0; count < 22; count += 1) codes.push((await atDesk(`GUESS${count}`)).body.code);
		expect(codes.at(-1)).toBe("CODE_RATE_LIMITED");
	});
});

describe("several topics", () => {
	test("on one ticket, each known and named once", async () => {
		const { call, station } = await openTestStation();
		const issue = (...nextTopics: string[]) =>
			call("POST", "/api/tickets", {
				token: station.kioskKey,
				body: { topic: "work-permit", nextTopics, language: "en", key: crypto.randomUUID() },
			});
		expect(await issue("social-insurance")).toMatchObject({ status: 201, body: { nextTopics: ["social-insurance"] } });
		expect(await issue("tea")).toMatchObject({ body: { code: "TOPIC_UNKNOWN" } });
		expect(await issue("work-permit")).toMatchObject({ body: { code: "TOPIC_REPEATED" } });
		expect(await issue("social-insurance", "social-insurance")).toMatchObject({ body: { code: "TOPIC_REPEATED" } });
		expect(await issue("a", "b", "c")).toMatchObject({ body: { code: "BAD_REQUEST" } });
	});
});

test("a ticket is referred only to a site that offers its topic, and its phone says so until it is undone", async () => {
	const { call, issue, signIn } = await openTestStation();
	const token = await signIn("1");
	const { body } = await issue();
	const send = (site: string) => call("POST", `/api/tickets/${body.id}/refer`, { token, body: { version: 1, site } });
	const refused = await send("the-moon");
	expect(refused).toMatchObject({ status: 404, body: { code: "SITE_UNKNOWN" } });
	const { sites } = refused.body.data as { sites: string[] };
	const other = sites.find((site) => site !== "permanent-residence-service-centre");
	expect(await send("permanent-residence-service-centre")).toMatchObject({ body: { code: "SITE_UNKNOWN" } });
	// A station that is not enrolled cannot tell the other site.
	const done = { state: "finished", outcome: "referred", otherSite: "undeliverable" };
	expect(await send(String(other))).toMatchObject({ status: 200, body: done });
	const onPhone = async () => (await call("GET", `/api/phone/${body.code}`)).body;
	expect(await onPhone()).toMatchObject({ state: "finished", isReferred: true });
	await call("POST", `/api/tickets/${body.id}/undo`, { token, body: { version: 2 } });
	expect(await onPhone()).toMatchObject({ state: "waiting", isReferred: false });
});
