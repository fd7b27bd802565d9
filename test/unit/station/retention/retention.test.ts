import { eq } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { event } from "../../../../db/station/schema/events.ts";
import { ticket } from "../../../../db/station/schema/tickets.ts";
import { redactEvent } from "../../../../protocol/events/hash-chain.ts";
import { dueOf } from "../../../../protocol/events/retention.ts";
import type { TicketId } from "../../../../protocol/model/ids.ts";
import { appendBatches } from "../../../../server/ingest/append.ts";
import { verifyStation } from "../../../../station/events/verify.ts";
import { openRetention } from "../../../../station/retention/retention.ts";
import { compareCopies } from "../../../../station/sync/compare/compare-copies.ts";
import { serverCopy, stationCopy } from "../../../../station/sync/compare/copies.ts";
import { pushStreams, type ServerCalls } from "../../../../station/sync/push/push-streams.ts";
import { openStreamRepository } from "../../../../station/sync/stream-repository.ts";
import { asSiteId, asStationId, asStreamId, asTicketId } from "../../../fixtures/ids.ts";
import { MemoryStore } from "../../../fixtures/memory-store.ts";
import { makeHello } from "../../../fixtures/sync-events.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

const DAY = 24 * 3_600_000;
const SECRET = "waits for a copy of the lease";

/** Two tickets of an old day, one with a note and sent on; one of today. */
function stationWithPast() {
	const opened = openTestTicketService();
	const { tickets } = opened;
	const issue = (key: string, now: number) => tickets.issue(request(key), now).ticket;
	const one = issue("one", MONDAY_NINE);
	issue("two", MONDAY_NINE);
	tickets.note(one.id, () => SECRET, {}, { now: MONDAY_NINE });
	tickets.actOn(
		one.id,
		() => ({ kind: "refer", site: asSiteId("another-site"), codeDigest: "a".repeat(64) }),
		{},
		{ now: MONDAY_NINE },
	);
	tickets.closePastDays(MONDAY_NINE + DAY);
	issue("three", MONDAY_NINE + 10 * DAY);
	return opened;
}

const textsOf = ({ database }: ReturnType<typeof openTestTicketService>) => database.select().from(event).all();

describe("what is due", () => {
	test("is the beginning of the log up to the first event that is not, whatever clocks did", () => {
		fc.assert(
			fc.property(
				fc.array(fc.record({ at: fc.integer({ min: 0, max: 100 }) })),
				fc.integer({ min: 0, max: 100 }),
				(log, before) => {
					const due = dueOf(log, before);
					expect(due).toEqual(log.slice(0, due.length));
					expect(due.every(({ at }) => at < before)).toBe(true);
					expect(log[due.length]?.at ?? before).toBeGreaterThanOrEqual(before);
				},
			),
		);
	});
});

describe("a station", () => {
	test("cuts old tickets and their events, keeps the day's, and verify agrees at every step", () => {
		const station = stationWithPast();
		const { database } = station;
		const hashes = textsOf(station).map(({ hash }) => hash);
		const { redact: cut } = openRetention(database);
		const before = MONDAY_NINE + 5 * DAY;
		for (let step = 0; step < 4; step += 1) {
			expect(cut(before, 1, false)).toBe(1);
			expect(verifyStation(database)).toMatchObject({ kind: "agrees", tickets: 3 });
		}
		expect(cut(before, 100, false)).toBe(0);
		const rows = database
			.select()
			.from(ticket)
			.all()
			.toSorted((one, other) => one.issuedSeq - other.issuedSeq);
		expect(rows.slice(0, 2)).toMatchObject(
			["B001", "B002"].map((number) => ({ number, code: "", language: null, note: null, before: null })),
		);
		expect(rows[0]?.requestKey).not.toContain("one");
		expect(rows[2]).toMatchObject({ language: "en", requestKey: "three" });
		const texts = textsOf(station);
		expect(texts.map(({ hash }) => hash)).toEqual(hashes);
		const old = texts
			.filter(({ at }) => at < before)
			.map(({ text }) => text)
			.join();
		for (const link of [SECRET, "a".repeat(64), '"en"']) expect(old).not.toContain(link);
		expect(texts.at(-1)?.text).toContain('"language":"en"');
		expect(station.tickets.read(asTicketId(rows[0]?.id ?? ""), MONDAY_NINE)).toMatchObject({
			language: "zh-Hans",
			state: "finished",
		});
	});

	test("does not cut what happened later, nor, where enrolled, what stands in no backup yet", () => {
		const { database } = stationWithPast();
		const { redact: cut } = openRetention(database);
		expect(cut(MONDAY_NINE, 100, false)).toBe(0);
		expect(cut(MONDAY_NINE + DAY, 100, true)).toBe(0);
		database.$client.exec("update stream set backed_up_seq = 2");
		expect(cut(MONDAY_NINE + DAY, 100, true)).toBe(2);
		expect(cut(MONDAY_NINE + DAY, 100, true)).toBe(0);
	});

	test("a clock that was a year behind cuts no code of a visitor who waits, and what follows when the day is over", () => {
		const { database, tickets } = openTestTicketService();
		const over = tickets.issue(request("over"), MONDAY_NINE - 365 * DAY).ticket;
		tickets.actOn(over.id, () => ({ kind: "cancel", reason: "left" }), {}, { now: MONDAY_NINE - 365 * DAY });
		const waits = tickets.issue(request("waits"), MONDAY_NINE - 365 * DAY).ticket;
		tickets.note(waits.id, () => SECRET, {}, { now: MONDAY_NINE - 365 * DAY });
		const { redact: cut } = openRetention(database);
		const rowOf = (id: TicketId) => database.select().from(ticket).where(eq(ticket.id, id)).get();
		const whole = rowOf(waits.id);
		for (let turn = 0; turn < 3; turn += 1) cut(MONDAY_NINE - 90 * DAY, 100, false);
		expect(rowOf(over.id)).toMatchObject({ code: "", language: null });
		expect(rowOf(waits.id)).toEqual(whole);
		expect(whole?.code).not.toBe("");
		tickets.closePastDays(MONDAY_NINE);
		expect(cut(MONDAY_NINE - 90 * DAY, 100, false)).toBeGreaterThan(0);
		expect(rowOf(waits.id)).toMatchObject({ code: "", language: null, note: null });
	});

	test("a cut event that is altered, taken out or put in is found by its neighbours", () => {
		for (const tampering of [
			"update event set text = replace(text, 'B001', 'B002') where seq = 1",
			// The hash is as it was, and the text says that it was cut: what is left of it is held all the same.
			"update event set text = replace(text, '\"partySize\":1', '\"partySize\":2') where seq = 1",
			'update event set text = replace(text, \'"redacted":"\', \'"redacted":"0\') where seq = 1',
			"update event set hash = (select hash from event where seq = 2) where seq = 1",
			"delete from event where seq = 2",
		]) {
			const { database } = stationWithPast();
			openRetention(database).redact(MONDAY_NINE + DAY, 100, false);
			database.$client.pragma("foreign_keys = OFF");
			database.$client.exec(tampering);
			expect(verifyStation(database).kind, tampering).toBe("differs");
		}
	});

	test("a booking for later keeps its code, one of an old day loses it", () => {
		const { database } = openTestTicketService();
		const row = { kind: "appointment", serviceDay: "2026-11-23", topic: "x", partySize: 1, language: "en" };
		const insert = database.$client.prepare(
			"insert into expected_visit (id, source, kind, code_digest, service_day, at, topic, language, party_size) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		);
		for (const [id, at] of [
			["old", MONDAY_NINE],
			["later", MONDAY_NINE + 30 * DAY],
		] as const)
			insert.run(id, `source ${id}`, row.kind, `digest ${id}`, row.serviceDay, at, row.topic, row.language, 1);
		openRetention(database).redact(MONDAY_NINE + DAY, 100, false);
		expect(
			database.$client.prepare("select id, source, code_digest, language from expected_visit order by id").all(),
		).toEqual([
			{ id: "later", source: "source later", code_digest: "digest later", language: "en" },
			{ id: "old", source: "redacted old", code_digest: "", language: null },
		]);
	});
});

describe("both sides", () => {
	test("cut or whole on either side, the audit agrees; a cut text that says something else is found", async () => {
		const station = stationWithPast();
		const { database, newId } = station;
		const store = new MemoryStore();
		const log = openStreamRepository(database, newId);
		const calls: ServerCalls = {
			handshake: async (handshake) => ({ cursors: await store.handshake(asStationId("one"), handshake), time: 0 }),
			prepare: async (request) => () =>
				appendBatches(request, {
					append: (batch) => store.append(batch),
					station: asStationId("one"),
					receivedAt: MONDAY_NINE,
				}),
			known: (ids) => store.known(asStationId("one"), ids),
			hashes: (stream, seqs) => store.hashes(asStationId("one"), stream, seqs),
		};
		// Some events go whole, the others were cut before the server heard of them.
		openRetention(database).redact(MONDAY_NINE + DAY, 1, false);
		await pushStreams({ log, calls, clock: () => 0, report: () => makeHello(asStreamId(crypto.randomUUID())).report });
		openRetention(database).redact(MONDAY_NINE + DAY, 100, false);
		const audit = (change = (text: string) => text) => {
			const server = serverCopy({
				streams: async () => ({ streams: await store.streams(asStationId("one")) }),
				events: async (asked) =>
					(await store.events(asStationId("one"), asked)).map((one) => ({ ...one, text: change(one.text) })),
			});
			return compareCopies(stationCopy(database, log), server);
		};
		expect(await audit()).toMatchObject({ kind: "agrees", missing: 0 });
		expect(await audit((text) => redactEvent(text))).toMatchObject({ kind: "agrees" });
		const altered = await audit((text) => redactEvent(text).replace('"partySize":1', '"partySize":2'));
		expect(altered).toMatchObject({
			kind: "differs",
			streams: [{ server: { broken: expect.stringContaining("the hash of event 1 does not fit") } }],
		});
	});
});
