import { join } from "node:path";
import { expect, test } from "vitest";
import type { StreamId } from "../../../../protocol/model/ids.ts";
import { appendBatches } from "../../../../server/ingest/append.ts";
import { type ComparisonReport, compareCopies } from "../../../../station/sync/compare/compare-copies.ts";
import { heldCopy, serverCopy, stationCopy } from "../../../../station/sync/compare/copies.ts";
import type { Copy, HeldEvent } from "../../../../station/sync/compare/held-events.ts";
import type { ServerCalls } from "../../../../station/sync/push/push-streams.ts";
import { pushStreams } from "../../../../station/sync/push/push-streams.ts";
import { openStreamRepository } from "../../../../station/sync/stream-repository.ts";
import { asStationId, asStreamId } from "../../../fixtures/ids.ts";
import { MemoryStore } from "../../../fixtures/memory-store.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";
import { makeHello } from "../../../fixtures/sync-events.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

/** A station that pushes to a store. */
function enrolledStation(store = new MemoryStore(), folder = emptyFolder()) {
	const opened = openTestTicketService(folder);
	const log = openStreamRepository(opened.database, opened.newId);
	const calls: ServerCalls = {
		handshake: async (handshake) => ({ cursors: await store.handshake(asStationId("one"), handshake), time: 0 }),
		prepare: async (asked) => () =>
			appendBatches(asked, {
				append: (batch) => store.append(batch),
				station: asStationId("one"),
				receivedAt: MONDAY_NINE,
			}),
		known: (ids) => store.known(asStationId("one"), ids),
		hashes: (stream, seqs) => store.hashes(asStationId("one"), stream, seqs),
	};
	return {
		store,
		/** A folder with the disk as it is now. */
		copyDisk() {
			const copy = emptyFolder();
			opened.database.$client.prepare("vacuum into ?").run(join(copy, "station.db"));
			return copy;
		},
		issue() {
			return opened.tickets.issue(request(), MONDAY_NINE).ticket;
		},
		push: () =>
			pushStreams({ log, calls, clock: () => 0, report: () => makeHello(asStreamId(crypto.randomUUID())).report }),
		own: stationCopy(opened.database, log),
		theirs: serverCopy({
			streams: async () => ({ streams: await store.streams(asStationId("one")) }),
			events: (asked) => store.events(asStationId("one"), asked),
		}),
	};
}

/** A copy with its events changed in one stream. */
async function altered(copy: Copy, change: (events: HeldEvent[], stream: StreamId) => HeldEvent[]): Promise<Copy> {
	const streams = await copy.streams();
	const held = new Map<string, HeldEvent[]>();
	for (const { stream } of streams) {
		const events: HeldEvent[] = [];
		for (;;) {
			const page = await copy.events(stream, events.at(-1)?.seq ?? 0);
			if (page.length === 0) break;
			events.push(...page);
		}
		held.set(stream, change(events, stream));
	}
	return heldCopy(streams, held);
}

test("a server that has everything agrees; what was not given yet is behind, and no fault", async () => {
	const station = enrolledStation();
	for (let count = 0; count < 3; count += 1) station.issue();
	await station.push();
	const agreed = await compareCopies(station.own, station.theirs);
	const [{ ackedSeq, head } = { ackedSeq: 0, head: "" }] = await station.store.streams(asStationId("one"));
	expect(agreed).toMatchObject({
		...{ kind: "agrees", unsent: 0, missing: 0, serverAhead: 0, numbersGivenTwice: [] },
		streams: [
			{
				lastCommon: { seq: ackedSeq, hash: head },
				station: { gaps: [], broken: null },
				server: { gaps: [], broken: null },
			},
		],
		tickets: { station: { waiting: 3 }, server: { waiting: 3 } },
	});
	station.issue();
	expect(await compareCopies(station.own, station.theirs)).toMatchObject({
		...{ kind: "behind", unsent: 1, missing: 0, serverAhead: 0 },
		tickets: { station: { waiting: 4 }, server: { waiting: 3 } },
	});
});

test("a disk that was restored: what only the server has is told, its tickets and the numbers given twice with it", async () => {
	const station = enrolledStation();
	station.issue();
	await station.push();
	const backup = station.copyDisk();
	station.issue();
	station.issue();
	await station.push();
	// The disk of the time before, and its station goes on: the second number is given once more.
	const restored = enrolledStation(station.store, backup);
	const before = await compareCopies(restored.own, restored.theirs);
	expect(before).toMatchObject({
		...{ kind: "serverAhead", unsent: 0, missing: 0, serverAhead: 2, numbersGivenTwice: [] },
		tickets: { station: { waiting: 1 }, server: { waiting: 3 } },
	});
	const twice = restored.issue();
	const diverged = await compareCopies(restored.own, restored.theirs);
	expect(diverged).toMatchObject({
		kind: "differs",
		missing: 1,
		serverAhead: 2,
		streams: [{ lastCommon: { seq: 1 } }],
	});
	await restored.push();
	expect(await compareCopies(restored.own, restored.theirs)).toMatchObject({
		...{ kind: "serverAhead", unsent: 0, missing: 0, serverAhead: 2 },
		numbersGivenTwice: [{ number: twice.number }],
		tickets: { station: { waiting: 2 }, server: { waiting: 4 } },
	});
});

const FAULTS: [string, (events: HeldEvent[]) => HeldEvent[], (report: ComparisonReport) => unknown, unknown][] = [
	[
		"a text was altered",
		(all) => all.with(1, { ...at(all, 1), text: at(all, 1).text.replace('"partySize":1', '"partySize":2') }),
		brokenOf,
		/event 2/,
	],
	["a hash was altered", (all) => all.with(1, { ...at(all, 1), hash: "0".repeat(64) }), brokenOf, /event 2/],
	["an event was put in another's place", (all) => all.with(1, { ...at(all, 0), seq: 2 }), brokenOf, /event 2/],
	[
		"one is gone",
		(all) => all.toSpliced(1, 1),
		(report) => JSON.stringify(report.streams[0]?.server.gaps),
		/^\[\[2,2\]\]$/,
	],
	[
		"the first two are gone",
		(all) => all.slice(2),
		(report) => JSON.stringify(report.streams[0]?.server.gaps),
		/^\[\[1,2\]\]$/,
	],
];

test.for(FAULTS)("at the server %s: found, and where", async ([, change, where, expected]) => {
	const station = enrolledStation();
	for (let count = 0; count < 4; count += 1) station.issue();
	await station.push();
	const report = await compareCopies(station.own, await altered(station.theirs, change));
	expect(report.kind).toBe("differs");
	expect(String(where(report))).toMatch(expected as RegExp);
	// The same on the station's side.
	const turned = await compareCopies(await altered(station.theirs, change), station.theirs);
	expect(turned.kind).toBe("differs");
});

test("disks of one station: what one gave is known in another's new stream; gone at the server, it is missing", async () => {
	const station = enrolledStation();
	station.issue();
	await station.push();
	const clone = enrolledStation(station.store, station.copyDisk());
	station.issue();
	const later = enrolledStation(station.store, station.copyDisk());
	// The clone is faster in the common stream, so the second event stands in a stream of the first disk, which the later one does not have.
	clone.issue();
	await clone.push();
	await station.push();
	later.issue();
	await later.push();
	const whole = await compareCopies(later.own, later.theirs);
	expect(whole).toMatchObject({ kind: "serverAhead", missing: 0, serverAhead: 1 });
	const own = (await later.own.streams()).map(({ stream }) => stream);
	const foreign = (await later.theirs.streams()).find(({ stream }) => !own.includes(stream));
	const lost = await altered(later.theirs, (all, stream) => (stream === foreign?.stream ? [] : all));
	expect(await compareCopies(later.own, lost)).toMatchObject({ kind: "differs", missing: 1 });
});

function at(events: HeldEvent[], index: number): HeldEvent {
	const found = events[index];
	if (!found) throw new Error(`There is no event at ${index}.`);
	return found;
}

function brokenOf({ streams: [first] }: ComparisonReport) {
	return first?.server.broken;
}
