import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EVERY_STATION, REVOKED } from "../../../server/notify/hint-channel.ts";
import { type Hints, openHints } from "../../../server/notify/hints.ts";
import { asStationId } from "../../fixtures/ids.ts";

const MINUTE = 60_000;
let hints: Hints;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
	hints = openHints(Date.now, () => 0.5);
});
afterEach(() => {
	hints.close();
	vi.useRealTimers();
});

/** Without vi.waitUntil, which moves the clock on. What waits for ever ends with the test's time. */
async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await nextTurn();
}

/** What a station hears, as it comes. */
function listen(station: string): { heard: string[]; ended: Promise<void> } {
	const heard: string[] = [];
	const reader = hints.open(asStationId(station)).body?.getReader();
	const read = async () => {
		for (let piece = await reader?.read(); piece?.value; piece = await reader?.read())
			heard.push(new TextDecoder().decode(piece.value));
	};
	return { heard, ended: read() };
}

test("whoever listens is kept alive, each a little after the other, and let go after some minutes", async () => {
	const all = Array.from({ length: 600 }, (_, place) => listen(`station-${place}`));
	expect(hints.listeners()).toBe(600);
	await until(() => all.every(({ heard }) => heard.length === 1));
	vi.advanceTimersByTime(100);
	// One part of all in a tenth of a second: nobody who polls waits for ten thousand beats.
	await until(() => all.filter(({ heard }) => heard.length === 2).length === 3);
	vi.advanceTimersByTime(24_900);
	await until(() => all.every(({ heard }) => heard.length === 2));
	vi.advanceTimersByTime(6 * MINUTE);
	await Promise.all(all.map(({ ended }) => ended));
	expect(hints.listeners()).toBe(0);
});

test("a hint for one is heard by it alone, one for every station by all, with the time to spread their polls over", async () => {
	const all = Array.from({ length: 1_000 }, (_, place) => listen(`station-${place}`));
	hints.send("station-7");
	hints.send(EVERY_STATION);
	await until(() => all.every(({ heard }) => heard.some((text) => text.includes('"within":2000'))));
	const told = all.filter(({ heard }) => heard.some((text) => text.includes('"within":0')));
	expect(told).toEqual([all[7]]);
});

test("the streams of a station end when it is revoked, and no other station's", async () => {
	const [revoked, other] = [listen("station-1"), listen("station-2")];
	hints.send(`${REVOKED}station-1`);
	await revoked.ended;
	expect(hints.listeners()).toBe(1);
	hints.send("station-2");
	await until(() => other.heard.length === 2);
});
