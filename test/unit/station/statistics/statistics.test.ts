import { expect, test } from "vitest";
import { z } from "zod";
import { openBeside, openForReading } from "../../../../db/station/open.ts";
import { packedDay } from "../../../../db/station/schema/statistics.ts";
import type { Statistics } from "../../../../protocol/statistics/statistics.ts";
import { statisticsSchema } from "../../../../protocol/statistics/statistics.ts";
import { openRetention } from "../../../../station/retention/retention.ts";
import { summarizeReadOnly } from "../../../../station/statistics/statistics.ts";
import { openTestStation, type TestStationOptions } from "../../../fixtures/station.ts";
import { MIGRATIONS } from "../../../fixtures/station-folder.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ticketId = z.object({ id: z.string() });

async function openCounter(options: TestStationOptions = {}) {
	const station = await openTestStation(options);
	const { call, clock } = station;
	const signInAll = async () => ({
		agent: await station.signIn("1"),
		supervisor: await station.signIn("2", "Chief", "supervisor"),
	});
	let tokens = await signInAll();
	/** Sessions end overnight. */
	const goTo = async (now: number) => {
		clock.now = now;
		tokens = await signInAll();
	};
	const act = (name: string, body?: unknown) => call("POST", `/api/counters/1/${name}`, { token: tokens.agent, body });
	/** A visitor who waits and is served for so many minutes. */
	const serve = async (waitMinutes: number, serviceMinutes: number, language = "en") => {
		const { body } = await station.issue("work-permit", crypto.randomUUID(), language);
		clock.now += waitMinutes * MINUTE;
		await act("next");
		await act("start");
		clock.now += serviceMinutes * MINUTE;
		await act("finish", { outcome: "answered" });
		return ticketId.parse(body).id;
	};
	const read = async (query: string): Promise<Statistics> => {
		const { status, body } = await call("GET", `/api/statistics?${query}`, { token: tokens.supervisor });
		expect(status).toBe(200);
		return statisticsSchema.parse(body);
	};
	const kept = () => {
		const { database, close } = openForReading(station.folder, MIGRATIONS);
		const days = database.select({ day: packedDay.serviceDay }).from(packedDay).all();
		close();
		return days.map(({ day }) => day);
	};
	return { ...station, tokens: () => tokens, goTo, act, serve, read, kept };
}

const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10);
const TODAY = dayOf(MONDAY_NINE);
const NEXT = dayOf(MONDAY_NINE + DAY);

test("a day at one counter: waits, services, the counter, the language, the outcome", async () => {
	const { serve, read } = await openCounter();
	for (const wait of [1, 2, 3, 4, 30]) await serve(wait, 10);
	const found = await read(`from=${TODAY}&to=${TODAY}`);
	expect(found.total).toMatchObject({ visits: 5, arrivals: 5, served: 5, serviceLevel: 0.8 });
	expect(found.total.wait).toMatchObject({ medianMs: 3 * MINUTE, p90Ms: 30 * MINUTE, meanMs: 8 * MINUTE });
	expect(found.total.service).toMatchObject({ medianMs: 10 * MINUTE });
	expect(found).toMatchObject({
		topics: [{ topic: "work-permit", visits: 5 }],
		languages: [{ language: "en", visits: 5 }],
		counters: [{ counter: "1", visits: 5 }],
		// One member of staff alone is nobody's statistics.
		staffGroups: [{ role: "agent", visits: null }],
		openDays: 1,
	});
	expect(await read(`from=${TODAY}&to=${TODAY}&within=2`)).toMatchObject({ total: { serviceLevel: 0.4 } });
});

test("no-shows, transfers, visitors who left and those whom the turn of the day closed", async () => {
	const { act, tokens, call, clock, issue, read, serve } = await openCounter();
	const tokenOf = { token: tokens().agent };
	for (let count = 0; count < 5; count += 1) await serve(1, 5);
	// Called three times, and nobody comes.
	await issue();
	for (let calls = 0; calls < 3; calls += 1) {
		await act("next");
		await act("no-show");
		clock.now += 10 * MINUTE;
	}
	// Transferred to another topic, and served there.
	const moved = ticketId.parse((await issue()).body).id;
	await act("next");
	await act("start");
	const { body } = await call("GET", `/api/tickets/${moved}`);
	await call("POST", `/api/tickets/${moved}/transfer`, {
		...tokenOf,
		body: { topic: "newborn", version: body.version },
	});
	await act("next");
	await act("start");
	await act("finish", { outcome: "answered" });
	// Leaves, and says so.
	const left = ticketId.parse((await issue()).body).id;
	clock.now += 25 * MINUTE;
	await call("POST", `/api/tickets/${left}/cancel`, { ...tokenOf, body: { reason: "left", version: 1 } });
	// A mistake is no visit.
	const mistake = ticketId.parse((await issue()).body).id;
	await call("POST", `/api/tickets/${mistake}/cancel`, { ...tokenOf, body: { reason: "mistake", version: 1 } });
	await issue();
	expect((await read(`from=${TODAY}&to=${TODAY}`)).total).toMatchObject({
		...{ arrivals: 9, visits: 10, served: 6, transferred: 1, noShows: 1, abandoned: 1, open: 1, closed: 0 },
	});
});

test("past days are kept, a late undo has its day made again, and redacted languages are gone from them", async () => {
	const { act, tokens, goTo, call, folder, kept, read, serve, issue } = await openCounter();
	for (let count = 0; count < 5; count += 1) await serve(1, 5);
	const id = ticketId.parse((await issue()).body).id;
	await act("next");
	await act("start");
	await act("finish", { outcome: "answered" });
	expect((await read(`from=${TODAY}&to=${NEXT}`)).total).toMatchObject({ served: 6 });
	// Today is not over: nothing of it is kept.
	expect(kept()).toEqual([]);
	await goTo(MONDAY_NINE + DAY);
	expect((await read(`from=${TODAY}&to=${NEXT}`)).total).toMatchObject({ served: 6, open: 0 });
	expect(kept()).toEqual([TODAY]);
	const { body } = await call("GET", `/api/tickets/${id}`);
	const undone = await call("POST", `/api/tickets/${id}/undo`, {
		...{ token: tokens().agent, body: { version: body.version } },
	});
	expect(undone.status).toBe(200);
	const after = await read(`from=${TODAY}&to=${NEXT}`);
	expect(after.total).toMatchObject({ served: 5, open: 1 });
	expect(after.days).toMatchObject([{ serviceDay: TODAY, served: 5, open: 1 }]);
	await act("finish", { outcome: "answered" });
	expect((await read(`from=${TODAY}&to=${NEXT}`)).languages).toMatchObject([{ language: "en", visits: 6 }]);
	const { database, close } = openBeside(folder, MIGRATIONS);
	openRetention(database).redact(MONDAY_NINE + DAY, 1_000, false);
	close();
	expect(kept()).toEqual([]);
	const redacted = await read(`from=${TODAY}&to=${NEXT}`);
	expect(redacted).toMatchObject({ total: { visits: 6 }, languages: [{ language: null, visits: 6 }] });
});

test("what is read from kept days is what the intervals give", async () => {
	const { goTo, folder, read, serve } = await openCounter();
	for (const language of ["en", "ja", "en", "ja", "en", "ko"]) await serve(3, 7, language);
	await goTo(MONDAY_NINE + DAY);
	for (const wait of [1, 2, 3]) await serve(wait, 4);
	await goTo(MONDAY_NINE + 2 * DAY);
	const kept = await read(`from=${TODAY}&to=${NEXT}`);
	expect(await read(`from=${TODAY}&to=${NEXT}`)).toEqual(kept);
	const { database, close } = openForReading(folder, MIGRATIONS);
	const question = { from: TODAY, to: NEXT, topic: null, counter: null, withinMinutes: 20 };
	const today = dayOf(MONDAY_NINE + 2 * DAY);
	const anew = summarizeReadOnly(database, { timezone: "Asia/Shanghai", roleOf: () => "agent" }, question, today);
	close();
	expect(anew).toEqual(kept);
	expect(kept.days.map(({ serviceDay, visits }) => [serviceDay, visits])).toEqual([
		[TODAY, 6],
		[NEXT, 3],
	]);
});

test("while the clock is set back, no wait is negative and none is believed", async () => {
	const { act, clock, issue, read, serve } = await openCounter();
	for (let count = 0; count < 5; count += 1) await serve(2, 5);
	await issue();
	clock.now -= 40 * MINUTE;
	await act("next");
	await act("start");
	clock.now += 5 * MINUTE;
	await act("finish", { outcome: "answered" });
	const { total, untimed } = await read(`from=${TODAY}&to=${TODAY}`);
	expect(total).toMatchObject({
		served: 6,
		wait: { count: 5, medianMs: 2 * MINUTE },
		service: { medianMs: 5 * MINUTE },
	});
	expect(untimed).toBe(1);
});

test("a ticket that was forgotten at its counter for nine hours is served, and does not lengthen the services", async () => {
	const { read, serve } = await openCounter();
	for (let count = 0; count < 5; count += 1) await serve(1, 5);
	await serve(1, 9 * 60);
	const { total, untimed } = await read(`from=${TODAY}&to=${TODAY}`);
	expect(total).toMatchObject({ served: 6, service: { count: 5, meanMs: 5 * MINUTE } });
	expect(untimed).toBe(1);
});

test("only supervisors read them, and a range that is none is refused", async () => {
	const { tokens, call } = await openCounter();
	const { agent, supervisor } = tokens();
	const read = (query: string, token = supervisor) => call("GET", `/api/statistics?${query}`, { token });
	expect(await read(`from=${TODAY}&to=${TODAY}`, agent)).toMatchObject({
		status: 403,
		body: { code: "ROLE_REQUIRED" },
	});
	expect(await read("")).toMatchObject({ status: 200, body: { from: TODAY, to: TODAY, today: TODAY } });
	for (const query of [
		`from=${TODAY}`,
		`from=${NEXT}&to=${TODAY}`,
		"from=2020-01-01&to=2026-01-01",
		"from=yesterday&to=today",
		`from=${TODAY}&to=${TODAY}&within=0`,
		`from=${TODAY}&to=${TODAY}&within=1e9`,
	])
		expect(await read(query)).toMatchObject({ status: 400, body: { code: "BAD_REQUEST" } });
	const day = `from=${TODAY}&to=${TODAY}`;
	expect(await read(`${day}&topic=none`)).toMatchObject({ status: 404, body: { code: "TOPIC_UNKNOWN" } });
	expect(await read(`${day}&counter=77`)).toMatchObject({ body: { code: "COUNTER_UNKNOWN" } });
	// Nobody ever asked for it: an answer without figures.
	expect(await read(`${day}&topic=marriage`)).toMatchObject({ status: 200, body: { total: { visits: 0 } } });
});
