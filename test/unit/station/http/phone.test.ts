import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type { PhoneTicket } from "../../../../protocol/model/phone.ts";
import { openTestStation } from "../../../fixtures/station.ts";

/** A station with tickets, each with the code that stands on its paper. */
async function stationWithCodes(tickets: number) {
	const opened = await openTestStation();
	for (let count = 0; count < tickets; count += 1) await opened.issue("work-permit");
	const database = new Database(join(opened.folder, "station.db"), { readonly: true });
	const codes = database.prepare("select code from ticket order by issued_seq").pluck().all() as string[];
	database.close();
	const read = (code: string | undefined, language = "en") =>
		opened.call("GET", `/api/phone/${code}?language=${language}`);
	const post = (code: string | undefined, action: string, body: unknown) =>
		opened.call("POST", `/api/phone/${code}/${action}`, { body });
	return { ...opened, codes, read, post };
}

test("a code shows its own ticket, in the language asked for, however it is typed; no id, no other code", async () => {
	const { codes, read } = await stationWithCodes(2);
	const { status, body } = await read(codes[1]);
	expect(status).toBe(200);
	expect(body).toMatchObject({
		number: "B002",
		state: "waiting",
		ahead: 1,
		behind: 0,
		topic: "Work permit (A, B, C)",
		rating: null,
	});
	expect(JSON.stringify(body)).not.toContain(codes[1]);
	expect(body).not.toHaveProperty("id");
	const typed = `${codes[1]?.slice(0, 5).toLowerCase()}-${codes[1]?.slice(5)}`
		.replaceAll("0", "o")
		.replaceAll("1", "l");
	expect((await read(encodeURIComponent(typed), "zh-Hans")).body).toMatchObject({ number: "B002", ahead: 1 });
});

test("give way, leave, rate once after the visit", async () => {
	const { codes, read, post, signIn, call } = await stationWithCodes(3);
	expect(await post(codes[0], "give-way", { version: 1, people: 1 })).toMatchObject({ body: { ahead: 1, behind: 1 } });
	expect((await read(codes[1])).body).toMatchObject({ ahead: 0 });
	expect(await post(codes[2], "give-way", { version: 1, people: 1 })).toMatchObject({
		body: { code: "NO_TICKET_BEHIND" },
	});
	expect(await post(codes[2], "leave", { version: 1 })).toMatchObject({ body: { state: "cancelled" } });
	expect(await post(codes[2], "leave", { version: 1 })).toMatchObject({ status: 409 });
	const token = await signIn("1");
	expect(await call("POST", "/api/counters/1/next", { token, body: {} })).toMatchObject({ body: { number: "B002" } });
	expect(await post(codes[1], "rating", { rating: 5 })).toMatchObject({ status: 409, body: { code: "TICKET_STATE" } });
	for (const action of ["start", "finish"]) await call("POST", `/api/counters/1/${action}`, { token, body: {} });
	expect(await post(codes[1], "rating", { rating: 5 })).toMatchObject({ status: 200, body: { rating: 5 } });
	expect(await post(codes[1], "rating", { rating: 1 })).toMatchObject({ body: { code: "ALREADY_RATED" } });
});

test("an unknown code is refused, and many wrong codes are slowed down", async () => {
	const { codes, read, clock } = await stationWithCodes(1);
	for (let tries = 0; tries < 20; tries += 1)
		expect(await read("0000000000")).toMatchObject({ status: 404, body: { code: "CODE_UNKNOWN" } });
	expect(await read("0000000000")).toMatchObject({ status: 429, body: { code: "CODE_RATE_LIMITED" } });
	// Whoever has a ticket is not shut out by others behind the same address.
	expect(await read(codes[0])).toMatchObject({ status: 200 });
	clock.now += 60_000;
	expect(await read("0000000000")).toMatchObject({ status: 404 });
	expect(await read("short")).toMatchObject({ status: 400 });
});

test("a visitor who is late says so once: others are called first, and the place stays", async () => {
	const { codes, read, post, signIn, call, clock } = await stationWithCodes(2);
	const until = clock.now + 10 * 60_000;
	expect(await post(codes[0], "delay", { version: 1, minutes: 10 })).toMatchObject({
		body: { heldBack: { until, reason: "late" }, mayDelay: false, version: 2 },
	});
	expect(await post(codes[0], "delay", { version: 2, minutes: 5 })).toMatchObject({
		status: 409,
		body: { code: "ALREADY_DELAYED" },
	});
	expect(await post(codes[1], "delay", { version: 1, minutes: 600 })).toMatchObject({ status: 400 });
	const token = await signIn("1");
	const next = async () => (await call("POST", "/api/counters/1/next", { token, body: {} })).body;
	expect(await next()).toMatchObject({ number: "B002" });
	for (const action of ["start", "finish"]) await call("POST", `/api/counters/1/${action}`, { token, body: {} });
	clock.now = until;
	expect((await read(codes[0])).body).toMatchObject({ heldBack: null, ahead: 0, mayDelay: false });
	expect(await next()).toMatchObject({ number: "B001" });
});

test("a ticket that staff cancel and bring back waits on its phone as well; each call is counted, a note is none", async () => {
	const { codes, read, signIn, call } = await stationWithCodes(1);
	const token = await signIn("1");
	const post = (path: string, body: unknown = {}) => call("POST", `/api/${path}`, { token, body });
	const { tickets } = (await call("GET", "/api/queue", { token })).body as { tickets: { id: string }[] };
	const path = `tickets/${tickets[0]?.id}`;
	await post(`${path}/cancel`, { version: 1, reason: "left" });
	expect((await read(codes[0])).body).toMatchObject({ state: "cancelled" });
	await post(`${path}/undo`, { version: 2 });
	expect((await read(codes[0])).body).toMatchObject({ state: "waiting", calls: 0 });
	await post("counters/1/next");
	await post(`${path}/note`, { version: 4, note: "lease follows" });
	expect((await read(codes[0])).body).toMatchObject({ state: "called", version: 5, calls: 1 });
	await post("counters/1/recall");
	expect((await read(codes[0])).body).toMatchObject({ version: 6, calls: 2 });
});

test("after a missed call the phone says so, and until when others come first", async () => {
	const { codes, read, signIn, call, clock } = await stationWithCodes(2);
	const token = await signIn("1");
	await call("POST", "/api/counters/1/next", { token, body: {} });
	await call("POST", "/api/counters/1/no-show", { token, body: {} });
	expect((await read(codes[0])).body).toMatchObject({
		state: "waiting",
		heldBack: { until: clock.now + 5 * 60_000, reason: "missed-call" },
		mayDelay: true,
	});
});

test("the phone shows every topic of the ticket, each document once, and where the site is", async () => {
	const opened = await stationWithCodes(0);
	const ask = {
		topic: "permanent-residence",
		nextTopics: ["permanent-residence-card"],
		language: "en",
		key: crypto.randomUUID(),
	};
	const { body } = await opened.call("POST", "/api/tickets", { token: opened.station.kioskKey, body: ask });
	const shown = (await opened.read(String(body.code))).body as unknown as PhoneTicket;
	expect(shown.nextTopics).toEqual(["Renew or replace the card"]);
	expect(new Set(shown.bring).size).toBe(shown.bring.length);
	expect(shown.bring).toContain("Passport");
	expect(shown).toMatchObject({ timezone: "Asia/Shanghai", open: true, address: expect.stringMatching(/./) });
});
