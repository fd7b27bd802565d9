import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../../lib/seeded-random.ts";
import { chainHash, digestOf } from "../../../protocol/events/hash-chain.ts";
import type { EventId, StationId, StreamId } from "../../../protocol/model/ids.ts";
import { writeAppend } from "../../../protocol/sync/append-body.ts";
import { type AppendRequest, BATCH_BYTES, BATCH_EVENTS, REQUEST_BATCHES } from "../../../protocol/sync/sync.ts";
import { checkBatch } from "../../../server/ingest/check-events.ts";
import type { CheckedBatch, EventStore } from "../../../server/ingest/event-store.ts";
import { openPostgresEventStore } from "../../../server/ingest/postgres-event-store.ts";
import { firstHead } from "../../../station/events/hash-chain.ts";
import { enrolledStation, NOW } from "../../fixtures/enrolled-station.ts";
import { asEventId, randomId } from "../../fixtures/ids.ts";
import { MemoryStore } from "../../fixtures/memory-store.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import { makeEvents, makeHello, requestOf } from "../../fixtures/sync-events.ts";

const SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
	opened = await openTestDatabase();
});
afterAll(() => opened?.close());

function only({ batches: [batch] }: AppendRequest) {
	if (!batch) throw new Error("A request holds a batch.");
	return batch;
}

describe("giving", () => {
	test("a batch is taken once; given again, or from the wrong end, it moves nothing and tells the end", async () => {
		const { post, append, kept } = await enrolledStation(opened.database);
		const { batch, head } = makeEvents(3);
		await post("handshake", makeHello(batch.stream));
		expect(await append(batch)).toMatchObject({ status: 200, body: { ackedSeq: 3, head: head.hash } });
		expect(await append(batch)).toMatchObject({
			status: 409,
			body: { code: "STREAM_MOVED", ackedSeq: 3, head: head.hash },
		});
		const more = makeEvents(2, head);
		const gzip = { "content-encoding": "gzip" };
		expect(await post("append", gzipSync(writeAppend(more.batch)), { headers: gzip })).toMatchObject({
			status: 200,
			body: { ackedSeq: 5 },
		});
		expect((await kept()).map(({ seq }) => seq).toSorted()).toEqual([1, 2, 3, 4, 5]);
		expect(await post("handshake", makeHello(batch.stream))).toMatchObject({ body: { cursors: [{ ackedSeq: 5 }] } });
	});

	test("a request of several batches is taken batch by batch; one that is broken is refused whole, and what follows it", async () => {
		const { post, append, kept } = await enrolledStation(opened.database);
		const { batch, head, events } = makeEvents(1_200);
		await post("handshake", makeHello(batch.stream));
		const [first, second, third] = batch.batches;
		if (!first || !second || !third) throw new Error("There are three.");
		const tampered = { ...batch, batches: [first, second, { ...third, texts: third.texts.with(100, "{}") }] };
		expect(await append(tampered)).toMatchObject({ status: 422, body: { code: "BATCH_INVALID" } });
		await expect.poll(kept).toHaveLength(1_000);
		expect(await append(batch)).toMatchObject({ status: 409, body: { ackedSeq: 1_000 } });
		const rest = { ...batch, after: 1_000, previousHash: second.head, batches: [third] };
		expect(await append(rest)).toMatchObject({ status: 200, body: { ackedSeq: 1_200, head: head.hash } });
		const whole = makeEvents(1_200);
		await post("handshake", makeHello(whole.batch.stream));
		expect(await append(whole.batch)).toMatchObject({ status: 200, body: { ackedSeq: 1_200 } });
		expect(await kept()).toHaveLength(2_400);

		// The second batch of this one holds an event that is here already: the first stays, and it is told.
		const other = makeEvents(600);
		await post("handshake", makeHello(batch.stream, other.batch.stream));
		const [taken] = events;
		const again = JSON.stringify({ ...JSON.parse(String(taken?.text)), stream: other.batch.stream, seq: 601 });
		const twice = [...other.events, { text: again, hash: chainHash(other.head.hash, again) }];
		expect(await append(requestOf(firstHead(other.batch.stream), twice))).toMatchObject({
			status: 422,
			body: { code: "EVENTS_CONFLICT", data: { after: 500 } },
		});
		expect(await kept()).toHaveLength(2_900);
		const tooMany = makeEvents(REQUEST_BATCHES * BATCH_EVENTS + 1).batch;
		expect(await append(tooMany)).toMatchObject({ status: 400, body: { code: "BAD_REQUEST" } });
	});

	test("several that give the same batch at once: one is taken", async () => {
		const { post, append, kept } = await enrolledStation(opened.database);
		const { batch } = makeEvents(50);
		await post("handshake", makeHello(batch.stream));
		const answers = await Promise.all(Array.from({ length: 8 }, () => append(batch)));
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(409)]);
		expect(await kept()).toHaveLength(50);
	});

	test("what stands in another stream, or is called known and is not, is refused whole", async () => {
		const { post, append, kept } = await enrolledStation(opened.database);
		const first = makeEvents(2);
		const other = makeEvents(1);
		await post("handshake", makeHello(first.batch.stream, other.batch.stream));
		await append(first.batch);
		const [taken] = first.events;
		const again = JSON.stringify({ ...JSON.parse(String(taken?.text)), stream: other.batch.stream });
		const doubled = {
			...other.batch,
			batches: [{ texts: [again], head: chainHash(other.batch.previousHash, again) }],
		};
		expect(await append(doubled)).toMatchObject({ status: 422, body: { code: "EVENTS_CONFLICT" } });
		expect(await post("known", { ids: [taken?.id, randomUUID()] })).toMatchObject({ body: { known: [taken?.id] } });
		expect(await kept()).toHaveLength(2);
	});

	test("an event that says another one is known is taken where that one is here, and refused whole where it is not", async () => {
		const { post, append, kept } = await enrolledStation(opened.database);
		const first = makeEvents(2);
		await post("handshake", makeHello(first.batch.stream));
		await append(first.batch);
		const knowing = (ids: EventId[]) =>
			makeEvents(ids.length, firstHead(randomId()), 1_000, (index) => ({
				type: "event.duplicate",
				data: { event: asEventId(String(ids[index])) },
			})).batch;
		const here = first.events.map(({ id }) => id);
		const lying = knowing([...here, randomId<EventId>()]);
		const honest = knowing(here);
		await post("handshake", makeHello(first.batch.stream, lying.stream, honest.stream));
		expect(await append(lying)).toMatchObject({ status: 422, body: { code: "EVENTS_CONFLICT", data: { after: 0 } } });
		expect(await kept()).toHaveLength(2);
		expect(await append(honest)).toMatchObject({ status: 200, body: { ackedSeq: 2 } });
		expect(await kept()).toHaveLength(4);
	});
});

describe("bad input leaves nothing", () => {
	test("tampered, out of order, foreign, truncated, too large, of no format", async () => {
		const { post, append, kept } = await enrolledStation(opened.database);
		const { batch, events } = makeEvents(4);
		await post("handshake", makeHello(batch.stream));
		const [whole] = batch.batches;
		const [one, two, ...others] = whole?.texts ?? [];
		if (!whole || !one || !two) throw new Error("There are four.");
		const holding = (texts: string[], head = whole.head) => ({ ...batch, batches: [{ texts, head }] });
		const tampered = holding([one.replace("null", '"en"'), two, ...others]);
		const swapped = holding([two, one, ...others]);
		const foreign = { ...batch, stream: randomId<StreamId>() };
		const unknown = JSON.stringify({ ...JSON.parse(one), type: "tea.poured" });
		const unread = holding([unknown], chainHash(batch.previousHash, unknown));
		const forged = `{"redacted":"${digestOf(one)}",${JSON.stringify({ ...JSON.parse(one), type: "help.answered", data: {} }).slice(1)}`;
		const body = (request: AppendRequest) => Buffer.from(writeAppend(request));
		const gzip = { "content-encoding": "gzip" };
		const bomb = gzipSync(Buffer.alloc(BATCH_BYTES.inflated + 1, " "));
		const table: [string, unknown, Record<string, string>, number, string][] = [
			["tampered", body(tampered), {}, 422, "BATCH_INVALID"],
			["swapped", body(swapped), {}, 422, "BATCH_INVALID"],
			["foreign", body(foreign), {}, 422, "BATCH_INVALID"],
			["of no format", body(unread), {}, 422, "EVENT_UNKNOWN"],
			["truncated", gzipSync(writeAppend(batch)).subarray(0, 60), gzip, 400, "BODY_INVALID"],
			["not gzip", Buffer.from("hello"), gzip, 400, "BODY_INVALID"],
			["too large", Buffer.alloc(BATCH_BYTES.compressed + 1, " "), {}, 413, "BODY_TOO_LARGE"],
			["too large after inflating", bomb, gzip, 413, "BODY_TOO_LARGE"],
			["no JSON", Buffer.from("{"), {}, 400, "BODY_INVALID"],
			["of another shape", body({ ...batch, after: -1 }), {}, 400, "BAD_REQUEST"],
			// It bears the digest of what it was, so its hash fits: but no event says so that had nothing to cut.
			["forged as cut", body(holding([forged], chainHash(batch.previousHash, one))), {}, 422, "BATCH_INVALID"],
			["with an event too many", Buffer.from(`${writeAppend(batch)}\n${one}`), {}, 400, "BODY_INVALID"],
			[
				"with an event too few",
				Buffer.from(writeAppend(batch).split("\n").slice(0, -1).join("\n")),
				{},
				400,
				"BODY_INVALID",
			],
			[
				"with a batch of none",
				body({ ...batch, batches: [...batch.batches, { texts: [], head: whole.head }] }),
				{},
				400,
				"BAD_REQUEST",
			],

			["a coding of its own", body(batch), { "content-encoding": "br" }, 400, "BODY_INVALID"],
		];
		for (const [name, body, headers, status, code] of table)
			expect(await post("append", body, { headers }), name).toMatchObject({ status, body: { code } });
		expect(await kept()).toEqual([]);
		expect(await append(batch)).toMatchObject({ status: 200, body: { ackedSeq: events.length } });
	});
});

test("the simulations' store and PostgreSQL give the same answers to the same requests", async () => {
	console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);
	const random = seededRandom(SEED);
	const stores: EventStore[] = [openPostgresEventStore(opened.database), new MemoryStore()];
	const stationId = randomId<StationId>();
	const heads = [firstHead(randomId()), firstHead(randomId()), firstHead(randomId())];
	const made: CheckedBatch[] = [];
	const both = async <T>(ask: (store: EventStore) => Promise<T>) => {
		const [postgres, memory] = await Promise.all(stores.map(ask));
		expect(memory).toEqual(postgres);
	};
	const handshake = makeHello(...heads.map(({ stream }) => stream));
	const byStream = <T extends { stream: StreamId }>(cursors: T[]) =>
		cursors.toSorted((one, other) => one.stream.localeCompare(other.stream));
	for (let step = 0; step < 150; step += 1) {
		const draw = random();
		if (draw < 0.1) await both(async (store) => byStream(await store.handshake(stationId, handshake, NOW)));
		else if (draw < 0.2) {
			const ids = made.flatMap(({ events }) => events.map(({ id }) => id)).filter(() => random() < 0.3);
			const asked = [...new Set([...ids.slice(0, 20), randomId<EventId>()])];
			await both(async (store) => (await store.known(stationId, asked)).toSorted());
		} else if (draw < 0.3) {
			const { stream } = heads[Math.floor(random() * 3)] ?? firstHead(randomId());
			await both((store) => store.hashes(stationId, stream, [1, 2, 5, 9, 40]));
		} else {
			const index = Math.floor(random() * 3);
			const from = heads[index] ?? firstHead(randomId());
			const next = makeEvents(1 + Math.floor(random() * 4), from);
			const old = made[Math.floor(random() * made.length)];
			const batch: CheckedBatch =
				old && random() < 0.3
					? old
					: { station: stationId, receivedAt: NOW, ...next.batch, events: checkBatch(next.batch, only(next.batch)) };
			if (batch !== old && random() < 0.8) heads[index] = next.head;
			made.push(batch);
			await both((store) => store.append(batch));
		}
	}
});
