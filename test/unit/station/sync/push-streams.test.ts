import { expect, test } from "vitest";
import type { StreamId } from "../../../../protocol/model/ids.ts";
import { appendBatches } from "../../../../server/ingest/append.ts";
import { type AppendAnswer, pushStreams, type ServerCalls } from "../../../../station/sync/push/push-streams.ts";
import { openStreamRepository } from "../../../../station/sync/stream-repository.ts";
import { asStationId, asStreamId, randomId } from "../../../fixtures/ids.ts";
import { MemoryStore } from "../../../fixtures/memory-store.ts";
import { makeHello } from "../../../fixtures/sync-events.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

/** A station with three tickets, and its server, whose answers `answer` replaces. */
function roundOf(answer: (calls: ServerCalls, asked: number) => Partial<ServerCalls>) {
	const { tickets, database, newId } = openTestTicketService();
	for (const key of ["one", "two", "three"]) tickets.issue(request(key), MONDAY_NINE);
	const store = new MemoryStore();
	const log = openStreamRepository(database, newId);
	let asked = 0;
	const honest: ServerCalls = {
		handshake: async (handshake) => ({ cursors: await store.handshake(asStationId("one"), handshake), time: 0 }),
		prepare: async (pushed) => () =>
			appendBatches(pushed, {
				append: (batch) => store.append(batch),
				station: asStationId("one"),
				receivedAt: MONDAY_NINE,
			}),
		known: (ids) => store.known(asStationId("one"), ids),
		hashes: (stream, seqs) => store.hashes(asStationId("one"), stream, seqs),
	};
	const calls: ServerCalls = {
		...honest,
		...answer(honest, 0),
		async handshake(handshake) {
			asked += 1;
			Object.assign(calls, answer(honest, asked));
			return honest.handshake(handshake);
		},
	};
	const round = () =>
		pushStreams({ log, calls, clock: () => 0, report: () => makeHello(asStreamId(crypto.randomUUID())).report });
	return { round, asked: () => asked, streams: () => log.streams().length };
}

const answersWith = (answer: AppendAnswer): Pick<ServerCalls, "prepare"> => ({
	prepare: async () => async () => answer,
});

test("a server that always answers that the stream moved is asked five times, then the round throws", async () => {
	const cursor = { stream: randomId<StreamId>(), ackedSeq: 0, head: "0".repeat(64), backedUpSeq: 0 };
	const { round, asked } = roundOf(() => answersWith({ kind: "moved", cursor }));
	await expect(round()).rejects.toThrow("accepted nothing");
	expect(asked()).toBe(5);
});

test("a server that always answers with a conflict is asked five times: the station does not fork for ever", async () => {
	const { round, asked, streams } = roundOf(() => answersWith({ kind: "conflict", after: 0 }));
	await expect(round()).rejects.toThrow("accepted nothing");
	expect(asked()).toBe(5);
	expect(streams()).toBeLessThanOrEqual(6);
});

test("a server that accepts the events after some attempts ends the round as usual", async () => {
	const cursor = { stream: randomId<StreamId>(), ackedSeq: 0, head: "0".repeat(64), backedUpSeq: 0 };
	const { round, asked } = roundOf(({ prepare }, attempt) =>
		attempt < 4 ? answersWith({ kind: "moved", cursor }) : { prepare },
	);
	expect(await round()).toMatchObject({ events: 3, forks: 0 });
	expect(asked()).toBe(4);
});
