import { gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { station } from "../../../db/server/schema/stations.ts";
import type { ServerRefusalCode } from "../../../protocol/api/server-refusals.ts";
import { writeAppend } from "../../../protocol/sync/append-body.ts";
import { BATCH_BYTES } from "../../../protocol/sync/sync.ts";
import { UNATTRIBUTED } from "../../../server/ingest/event-store.ts";
import { enrolledStation, NOW } from "../../fixtures/enrolled-station.ts";
import { randomId } from "../../fixtures/ids.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import { makeEvents, makeHello } from "../../fixtures/sync-events.ts";

const YEAR = 365 * 24 * 3_600_000;

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
	opened = await openTestDatabase();
});
afterAll(() => opened?.close());

type Station = Awaited<ReturnType<typeof enrolledStation>>;
type Made = ReturnType<typeof makeEvents>;

interface Clause {
	what: string;
	code: ServerRefusalCode;
	status: number;
	/** Whom it is counted for. */
	of: "station" | "nobody";
	send(station: Station, made: Made): Promise<{ status: number; body: Record<string, unknown> }>;
}

const GZIP = { headers: { "content-encoding": "gzip" } };

/** Every clause of what the server does not take. The station has given the first of two requests before. */
const CLAUSES: Clause[] = [
	{
		...{ what: "tampered", code: "BATCH_INVALID", status: 422, of: "station" },
		send: (one, { batch }) =>
			one.append({ ...batch, batches: batch.batches.map(({ head, texts }) => ({ head, texts: texts.toReversed() })) }),
	},
	{
		...{ what: "replayed", code: "STREAM_MOVED", status: 409, of: "station" },
		send: async (one, { batch }) => {
			await one.append(batch);
			return one.append(batch);
		},
	},
	{
		...{ what: "out of order", code: "STREAM_MOVED", status: 409, of: "station" },
		send: (one, { head }) => one.append(makeEvents(2, { ...head, seq: head.seq + 3 }).batch),
	},
	{
		...{ what: "truncated", code: "BODY_INVALID", status: 400, of: "station" },
		send: (one, { batch }) => one.post("append", gzipSync(writeAppend(batch)).subarray(0, 90), GZIP),
	},
	{
		...{ what: "oversized", code: "BODY_TOO_LARGE", status: 413, of: "station" },
		send: (one) => one.post("append", Buffer.alloc(BATCH_BYTES.compressed + 1, " ")),
	},
	{
		...{ what: "oversized after inflating", code: "BODY_TOO_LARGE", status: 413, of: "station" },
		send: (one) => one.post("append", gzipSync(Buffer.alloc(BATCH_BYTES.inflated + 1, " ")), GZIP),
	},
	{
		...{ what: "of no format", code: "BAD_REQUEST", status: 400, of: "station" },
		send: (one, { batch }) => one.append({ ...batch, after: -1 }),
	},
	{
		...{ what: "a stream of another station", code: "STREAM_FOREIGN", status: 403, of: "station" },
		send: async (one) => {
			const other = await enrolledStation(opened.database);
			const theirs = makeEvents(2);
			await other.post("handshake", makeHello(theirs.batch.stream));
			await other.append(theirs.batch);
			const said = await one.post("handshake", makeHello(theirs.batch.stream));
			expect(await one.append(theirs.batch)).toMatchObject({ status: 409, body: { ackedSeq: 0 } });
			return said;
		},
	},
	{
		...{ what: "a clock a year behind", code: "CLOCK_WRONG", status: 401, of: "station" },
		send: async (one, { batch }) => one.append(batch, { token: await one.token(NOW - YEAR) }),
	},
	{
		...{ what: "a clock a year ahead", code: "CLOCK_WRONG", status: 401, of: "station" },
		send: async (one, { batch }) => one.append(batch, { token: await one.token(NOW + YEAR) }),
	},
	{
		...{ what: "shut out", code: "STATION_REVOKED", status: 403, of: "station" },
		send: async (one, { batch }) => {
			await opened.database.update(station).set({ revokedAt: NOW }).where(eq(station.id, one.id));
			const answer = await one.append(batch);
			await opened.database.update(station).set({ revokedAt: null }).where(eq(station.id, one.id));
			return answer;
		},
	},
	{
		...{ what: "a token that another station signed", code: "TOKEN_REFUSED", status: 401, of: "nobody" },
		send: async (one, { batch }) => {
			const other = await enrolledStation(opened.database);
			return one.append(batch, { token: await other.token(NOW, one.id) });
		},
	},
	{
		...{ what: "a token of nobody", code: "TOKEN_REFUSED", status: 401, of: "nobody" },
		send: async (one, { batch }) => one.append(batch, { token: await one.token(NOW, randomId()) }),
	},
	{
		...{ what: "no token", code: "TOKEN_REQUIRED", status: 401, of: "nobody" },
		send: (one, { batch }) => one.append(batch, { headers: { authorization: "" } }),
	},
];

test.for(CLAUSES)(
	"$what: refused with its code, logged, counted, and nothing is written",
	async ({ code, status, of, send }) => {
		const one = await enrolledStation(opened.database);
		const first = makeEvents(2);
		await one.post("handshake", makeHello(first.batch.stream));
		expect(await one.append(first.batch)).toMatchObject({ status: 200 });
		const made = makeEvents(3, first.head);
		const counted = of === "station" ? one.id : UNATTRIBUTED;
		const before = (await one.counted(counted))[code] ?? 0;
		const logged = one.lines.length;
		expect(await send(one, made)).toMatchObject({ status, body: { code, message: expect.any(String) } });
		// Of whoever asks again for a stream that is another's, more than one refusal is told.
		expect((await one.counted(counted))[code]).toBe(before + 1);
		expect(one.lines[logged]).toMatchObject({ code, ...(of === "station" && { station: one.id }) });
		const seqs = (await one.kept()).map(({ seq }) => seq).toSorted();
		expect([2, 5]).toContain(seqs.length);
		expect(new Set(seqs).size).toBe(seqs.length);
		// And the station goes on.
		const { body } = await one.post("handshake", makeHello(first.batch.stream));
		const [{ ackedSeq } = { ackedSeq: -1 }] = body.cursors as { ackedSeq: number }[];
		expect(ackedSeq).toBe(seqs.length);
		if (ackedSeq === 2) expect(await one.append(made.batch)).toMatchObject({ status: 200, body: { ackedSeq: 5 } });
	},
);
