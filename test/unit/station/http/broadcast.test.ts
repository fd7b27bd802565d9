import { expect, test } from "vitest";
import { createBroadcast } from "../../../../station/http/broadcast.ts";

test("a follower gets the picture now and the newest after changes, and ends when it or the station does", async () => {
	let value = 1;
	const live = createBroadcast(() => value);
	const leaving = new AbortController();
	const one = live.subscribe(leaving.signal);
	const other = live.subscribe(undefined);
	expect((await one.next()).value).toBe(1);
	expect((await other.next()).value).toBe(1);
	for (value = 2; value < 10; value += 1) live.invalidate();
	// A burst is one picture: the newest.
	expect((await one.next()).value).toBe(10);
	expect((await other.next()).value).toBe(10);
	leaving.abort();
	expect((await one.next()).done).toBe(true);
	live.close();
	expect((await other.next()).done).toBe(true);
});

test("takes no picture while nobody looks", () => {
	let availability = 0;
	const live = createBroadcast(() => {
		availability += 1;
		return availability;
	});
	live.invalidate();
	live.close();
	expect(availability).toBe(0);
});
