import { expect, onTestFinished, test, vi } from "vitest";
import { makeBoardStream } from "../../../../station/http/board-stream.ts";
import type { Broadcast } from "../../../../station/http/broadcast.ts";
import { asSiteId } from "../../../fixtures/ids.ts";
import { ORIGIN, openTestStation } from "../../../fixtures/station.ts";

/* By itself because it replaces a module: all other files share theirs. */

/** Board snapshots that were taken in this file. None is taken without a follower, so the count tells whether there is one. */
const counter = vi.hoisted(() => ({ pictures: 0 }));
vi.mock("../../../../station/http/broadcast.ts", async (original) => {
	const { createBroadcast } = await original<typeof import("../../../../station/http/broadcast.ts")>();
	return {
		createBroadcast: <T>(withBoard: () => T): Broadcast<T> =>
			createBroadcast(() => {
				counter.pictures += 1;
				return withBoard();
			}),
	};
});
const { createBroadcast } = await import("../../../../station/http/broadcast.ts");

/** Longer than changes are gathered for. */
const GATHERED = 80;

function openBoard() {
	const live = createBroadcast(() => ({
		seq: 1,
		at: 1,
		site: asSiteId("a"),
		calls: [],
		waitingCount: 0,
		wait: null,
		waiting: [],
		missed: [],
	}));
	onTestFinished(() => live.close());
	const streamBoard = makeBoardStream(live);
	return { live, open: (signal: AbortSignal) => streamBoard(signal, "a board"), streamBoard };
}

/** By the clock that gathers changes, moved on by hand. */
async function isFollowed({ invalidate }: { invalidate(): unknown }): Promise<boolean> {
	const before = counter.pictures;
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	try {
		await invalidate();
		await vi.advanceTimersByTimeAsync(GATHERED);
	} finally {
		vi.useRealTimers();
	}
	return counter.pictures > before;
}

test("HEAD of the board's stream is answered as GET would be, and follows nothing", async () => {
	const { station, call, issue } = await openTestStation();
	counter.pictures = 0;
	const head = await call("HEAD", "/api/board/events");
	expect([head.status, head.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
	expect(await isFollowed({ invalidate: issue })).toBe(false);
	expect(counter.pictures).toBe(0);
	// The same station's stream, read: the count above is one of followers.
	const leaving = new AbortController();
	const stream = await station.httpApp(new Request(`${ORIGIN}/api/board/events`, { signal: leaving.signal }), {
		kind: "machine",
		address: "127.0.0.1",
	});
	const reader = stream.body?.getReader();
	await reader?.read();
	const before = counter.pictures;
	expect(await issue()).toMatchObject({ status: 201 });
	await expect.poll(() => counter.pictures).toBeGreaterThan(before);
	await reader?.cancel();
	expect(await isFollowed({ invalidate: issue })).toBe(false);
});

test("a board that leaves while it is slow is forgotten at once", async () => {
	const { live, open } = openBoard();
	const slow = open(new AbortController().signal).body?.getReader();
	await slow?.read();
	expect(await isFollowed(live)).toBe(true);
	await slow?.cancel();
	expect(await isFollowed(live)).toBe(false);
});

test("so is one whose connection ends while it is slow", async () => {
	const { live, open } = openBoard();
	const leaving = new AbortController();
	const slow = open(leaving.signal).body?.getReader();
	await slow?.read();
	expect(await isFollowed(live)).toBe(true);
	leaving.abort();
	expect(await isFollowed(live)).toBe(false);
});

test("a device that opens streams without end loses its oldest, and no other device does", async () => {
	const { streamBoard } = openBoard();
	const { signal } = new AbortController();
	const read = (client: string) => streamBoard(signal, client).body?.getReader();
	const other = read("another");
	const first = read("a board");
	expect((await first?.read())?.done).toBe(false);
	expect((await other?.read())?.done).toBe(false);
	const next = first?.read();
	const more = Array.from({ length: 100 }, () => read("a board"));
	expect((await next)?.done).toBe(true);
	for (const reader of more) expect((await reader?.read())?.done).toBe(false);
	for (const reader of [other, ...more]) await reader?.cancel();
});
