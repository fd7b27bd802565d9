import { generateKeyPairSync, randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { event, refused, station } from "../../db/server/schema.ts";
import { BATCH_BYTES, REQUEST_EVENTS } from "../../protocol/sync.ts";
import { makeServerApp } from "../../server/door/door.ts";
import { openAuthentication } from "../../server/fleet/authenticate.ts";
import { checkEvents } from "../../server/ingest/check-events.ts";
import { openPostgresStore } from "../../server/ingest/postgres-store.ts";
import type { CheckedBatch, IngestStore } from "../../server/ingest/store.ts";
import { signToken } from "../../station/sync/token.ts";
import { chainHash, firstHead } from "../../station/tickets/seal.ts";
import { MemoryStore } from "../fixtures/memory-store.ts";
import { seededRandom } from "../fixtures/seeded-random.ts";
import { openTestDatabase } from "../fixtures/server-database.ts";
import { makeEvents, makeHello } from "../fixtures/sync-events.ts";

const NOW = Date.UTC(2026, 10, 23, 1);
const YEAR = 365 * 24 * 3_600_000;
const SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
	opened = await openTestDatabase();
});
afterAll(() => opened?.close());

/** A station that is enrolled, and the server's door as it calls it. */
async function enrolled() {
	const { publicKey, privateKey } = generateKeyPairSync("ed25519");
	const id = randomUUID();
	await opened.database.insert(station).values({
		id,
		site: "a-site",
		publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64url"),
		enrolledAt: NOW,
	});
	const key = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64url");
	const token = (now = NOW) => signToken({ server: "https://server.example", station: id, privateKey: key }, now);
	const app = makeServerApp({
		store: openPostgresStore(opened.database),
		authenticate: openAuthentication(opened.database),
		clock: () => NOW,
		log: pino({ level: "silent" }),
		version: "0",
	});
	const post = async (path: string, body: unknown, init: { token?: string; headers?: Record<string, string> } = {}) => {
		const bytes = body instanceof Uint8Array ? body : JSON.stringify(body);
		const response = await app.request(`https://server.example/sync/${path}`, {
			method: "POST",
			headers: { authorization: `Bearer ${init.token ?? (await token())}`, ...init.headers },
			body: bytes as BodyInit,
		});
		return { status: response.status, body: (await response.json()) as Record<string, unknown> };
	};
	const kept = () => opened.database.select().from(event).where(eq(event.station, id));
	return { id, token, post, kept };
}

describe("giving", () => {
	test("a batch is taken once; given again, or from the wrong end, it moves nothing and tells the end", async () => {
		const { post, kept } = await enrolled();
		const { batch, head } = makeEvents(3);
		await post("hello", makeHello(batch.stream));
		expect(await post("append", batch)).toMatchObject({ status: 200, body: { acked: 3, head: head.hash } });
		expect(await post("append", batch)).toMatchObject({ status: 409, body: { acked: 3, head: head.hash } });
		const more = makeEvents(2, head);
		const gzip = { "content-encoding": "gzip" };
		expect(await post("append", gzipSync(JSON.stringify(more.batch)), { headers: gzip })).toMatchObject({
			status: 200,
			body: { acked: 5 },
		});
		expect((await kept()).map(({ seq }) => seq).toSorted()).toEqual([1, 2, 3, 4, 5]);
		expect(await post("hello", makeHello(batch.stream))).toMatchObject({ body: { cursors: [{ acked: 5 }] } });
	});

	test("a request of several batches is taken batch by batch; one that is broken is refused whole, and what follows it", async () => {
		const { post, kept } = await enrolled();
		const { batch, head, events } = makeEvents(1_200);
		await post("hello", makeHello(batch.stream));
		const [late] = batch.events.slice(1_100);
		const tampered = { ...batch, events: batch.events.with(1_100, { text: String(late?.text), hash: "0".repeat(64) }) };
		expect(await post("append", tampered)).toMatchObject({ status: 422, body: { code: "BATCH_BROKEN" } });
		await expect.poll(kept).toHaveLength(1_000);
		expect(await post("append", batch)).toMatchObject({ status: 409, body: { acked: 1_000 } });
		const previousHash = String(batch.events[999]?.hash);
		const rest = { ...batch, after: 1_000, previousHash, events: batch.events.slice(1_000) };
		expect(await post("append", rest)).toMatchObject({ status: 200, body: { acked: 1_200, head: head.hash } });
		const whole = makeEvents(1_200);
		await post("hello", makeHello(whole.batch.stream));
		expect(await post("append", whole.batch)).toMatchObject({ status: 200, body: { acked: 1_200 } });
		expect(await kept()).toHaveLength(2_400);

		// The second batch of this one holds an event that is here already: the first stays, and it is told.
		const other = makeEvents(600);
		await post("hello", makeHello(batch.stream, other.batch.stream));
		const [taken] = events;
		const again = JSON.stringify({ ...JSON.parse(String(taken?.text)), stream: other.batch.stream, seq: 601 });
		const twice = [...other.batch.events, { text: again, hash: chainHash(other.head.hash, again) }];
		expect(await post("append", { ...other.batch, events: twice })).toMatchObject({
			status: 422,
			body: { code: "EVENTS_MISJUDGED", data: { after: 500 } },
		});
		expect(await kept()).toHaveLength(2_900);
		const tooMany = makeEvents(REQUEST_EVENTS + 1).batch;
		expect(await post("append", tooMany)).toMatchObject({ status: 400, body: { code: "BAD_REQUEST" } });
	});

	test("several that give the same batch at once: one is taken", async () => {
		const { post, kept } = await enrolled();
		const { batch } = makeEvents(50);
		await post("hello", makeHello(batch.stream));
		const answers = await Promise.all(Array.from({ length: 8 }, () => post("append", batch)));
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(409)]);
		expect(await kept()).toHaveLength(50);
	});

	test("what stands in another stream, or is called known and is not, is refused whole", async () => {
		const { post, kept } = await enrolled();
		const first = makeEvents(2);
		const other = makeEvents(1);
		await post("hello", makeHello(first.batch.stream, other.batch.stream));
		await post("append", first.batch);
		const [taken] = first.events;
		const again = JSON.stringify({ ...JSON.parse(String(taken?.text)), stream: other.batch.stream });
		const doubled = { ...other.batch, events: [{ text: again, hash: chainHash(other.batch.previousHash, again) }] };
		expect(await post("append", doubled)).toMatchObject({ status: 422, body: { code: "EVENTS_MISJUDGED" } });
		expect(await post("known", { ids: [taken?.id, randomUUID()] })).toMatchObject({ body: { known: [taken?.id] } });
		expect(await kept()).toHaveLength(2);
	});
});

describe("bad input leaves nothing", () => {
	test("tampered, out of order, foreign, truncated, too large, of no format", async () => {
		const { id, post, kept } = await enrolled();
		const { batch, events } = makeEvents(4);
		await post("hello", makeHello(batch.stream));
		const [one, two] = batch.events;
		if (!one || !two) throw new Error("There are four.");
		const tampered = {
			...batch,
			events: [{ ...one, text: one.text.replace("null", '"en"') }, ...batch.events.slice(1)],
		};
		const swapped = { ...batch, events: [two, one, ...batch.events.slice(2)] };
		const foreign = { ...batch, stream: randomUUID() };
		const unknown = JSON.stringify({ ...JSON.parse(one.text), type: "tea.poured" });
		const unread = { ...batch, events: [{ text: unknown, hash: chainHash(batch.previousHash, unknown) }] };
		const gzip = { "content-encoding": "gzip" };
		const bomb = gzipSync(Buffer.alloc(BATCH_BYTES.inflated + 1, " "));
		const table: [string, unknown, Record<string, string>, number, string][] = [
			["tampered", tampered, {}, 422, "BATCH_BROKEN"],
			["swapped", swapped, {}, 422, "BATCH_BROKEN"],
			["foreign", foreign, {}, 422, "BATCH_BROKEN"],
			["of no format", unread, {}, 422, "EVENT_UNKNOWN"],
			["truncated", gzipSync(JSON.stringify(batch)).subarray(0, 60), gzip, 400, "BODY_BROKEN"],
			["not gzip", Buffer.from("hello"), gzip, 400, "BODY_BROKEN"],
			["too large", Buffer.alloc(BATCH_BYTES.compressed + 1, " "), {}, 413, "BODY_TOO_LARGE"],
			["too large after inflating", bomb, gzip, 413, "BODY_TOO_LARGE"],
			["no JSON", Buffer.from("{"), {}, 400, "BODY_BROKEN"],
			["of another shape", { ...batch, after: -1 }, {}, 400, "BAD_REQUEST"],
			["a coding of its own", batch, { "content-encoding": "br" }, 400, "BODY_BROKEN"],
		];
		for (const [name, body, headers, status, code] of table)
			expect(await post("append", body, { headers }), name).toMatchObject({ status, body: { code } });
		expect(await kept()).toEqual([]);
		const counted = await opened.database.select().from(refused).where(eq(refused.station, id));
		expect(Object.fromEntries(counted.map(({ code, count }) => [code, count]))).toMatchObject({
			BATCH_BROKEN: 3,
			BODY_TOO_LARGE: 2,
		});
		expect(await post("append", batch)).toMatchObject({ status: 200, body: { acked: events.length } });
	});

	test("no token, another's token, a clock a year off, a stream of another station", async () => {
		const { post, token, kept } = await enrolled();
		const other = await enrolled();
		const { batch } = makeEvents(2);
		await post("hello", makeHello(batch.stream));
		expect(await post("append", batch, { token: "none" })).toMatchObject({ body: { code: "TOKEN_REFUSED" } });
		for (const year of [-YEAR, YEAR])
			expect(await post("append", batch, { token: await token(NOW + year) })).toMatchObject({
				status: 401,
				body: { code: "CLOCK_WRONG", data: { time: NOW } },
			});
		// Streams are kept by station: another's is not there for it, and not touched.
		expect(await other.post("append", batch)).toMatchObject({ status: 409, body: { acked: 0 } });
		expect([...(await kept()), ...(await other.kept())]).toEqual([]);
		expect(await post("append", batch)).toMatchObject({ status: 200 });
	});
});

test("the walks' store and PostgreSQL give the same answers to the same requests", async () => {
	console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);
	const random = seededRandom(SEED);
	const stores: IngestStore[] = [openPostgresStore(opened.database), new MemoryStore()];
	const stationId = randomUUID();
	const heads = [firstHead(randomUUID()), firstHead(randomUUID()), firstHead(randomUUID())];
	const made: CheckedBatch[] = [];
	const both = async <T>(ask: (store: IngestStore) => Promise<T>) => {
		const [postgres, memory] = await Promise.all(stores.map(ask));
		expect(memory).toEqual(postgres);
	};
	const hello = makeHello(...heads.map(({ stream }) => stream));
	const byStream = <T extends { stream: string }>(cursors: T[]) =>
		cursors.toSorted((one, other) => one.stream.localeCompare(other.stream));
	for (let step = 0; step < 150; step += 1) {
		const draw = random();
		if (draw < 0.1) await both(async (store) => byStream(await store.hello(stationId, hello, NOW)));
		else if (draw < 0.2) {
			const ids = made.flatMap(({ events }) => events.map(({ id }) => id)).filter(() => random() < 0.3);
			const asked = [...new Set([...ids.slice(0, 20), randomUUID()])];
			await both(async (store) => (await store.known(stationId, asked)).toSorted());
		} else if (draw < 0.3) {
			const { stream } = heads[Math.floor(random() * 3)] ?? firstHead(randomUUID());
			await both((store) => store.hashes(stationId, stream, [1, 2, 5, 9, 40]));
		} else {
			const index = Math.floor(random() * 3);
			const from = heads[index] ?? firstHead(randomUUID());
			const next = makeEvents(1 + Math.floor(random() * 4), from);
			const old = made[Math.floor(random() * made.length)];
			const batch: CheckedBatch =
				old && random() < 0.3
					? old
					: { station: stationId, receivedAt: NOW, ...next.batch, events: checkEvents(next.batch) };
			if (batch !== old && random() < 0.8) heads[index] = next.head;
			made.push(batch);
			await both((store) => store.append(batch));
		}
	}
});
