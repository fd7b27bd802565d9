import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type PushLoop, startPushLoop } from "../../../../station/sync/push/push-loop.ts";

let loop: PushLoop;
let rounds: number;
/** What the next rounds do; by default they have nothing to push. */
let round: (mayContinue: () => boolean) => Promise<void>;
/** Whether the next rounds leave something. */
let hasMore: boolean;

beforeEach(async () => {
	vi.useFakeTimers();
	rounds = 0;
	round = async () => {};
	hasMore = false;
	loop = startPushLoop({
		async round(mayContinue) {
			rounds += 1;
			await round(mayContinue);
			return { events: 0, forks: 0, serverAhead: 0, hasMore };
		},
		random: () => 0.5,
		log: pino({ level: "silent" }),
	});
	await vi.advanceTimersByTimeAsync(0);
	expect(rounds).toBe(1);
});
afterEach(async () => {
	await loop.close();
	vi.useRealTimers();
});

test("pushes once writing pauses, and waits where nothing was written", async () => {
	loop.notify();
	await vi.advanceTimersByTimeAsync(499);
	expect(rounds).toBe(1);
	await vi.advanceTimersByTimeAsync(1);
	expect(rounds).toBe(2);
	await vi.advanceTimersByTimeAsync(22_000);
	expect(rounds).toBe(2);
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBe(3);
});

test("gives way while one change follows another, for five seconds at most", async () => {
	for (let at = 0; at < 4_900; at += 100) {
		loop.notify();
		await vi.advanceTimersByTimeAsync(100);
	}
	expect(rounds).toBe(1);
	loop.notify();
	await vi.advanceTimersByTimeAsync(100);
	expect(rounds).toBe(2);
});

test("a round learns that somebody writes, and the rest is pushed once writing pauses", async () => {
	const seen: boolean[] = [];
	round = async (mayContinue) => void seen.push(mayContinue());
	for (let at = 0; at <= 4_900; at += 100) {
		loop.notify();
		hasMore = true;
		await vi.advanceTimersByTimeAsync(100);
	}
	expect([rounds, seen]).toEqual([2, [false]]);
	hasMore = false;
	await vi.advanceTimersByTimeAsync(500);
	expect([rounds, seen]).toEqual([3, [false, true]]);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(rounds).toBe(3);
});

test("a change during a round is pushed after it", async () => {
	let end: () => void = () => {};
	round = () => new Promise((resolve) => (end = resolve));
	loop.notify();
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBe(2);
	loop.notify();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(rounds).toBe(2);
	round = async () => {};
	end();
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBe(3);
});

test("changes do not shorten the wait after a failure; an enrolment pushes at once", async () => {
	round = () => Promise.reject(new Error("unavailable"));
	loop.notify();
	await vi.advanceTimersByTimeAsync(500);
	for (let count = 0; count < 6; count += 1) await vi.advanceTimersByTimeAsync(30_000);
	const tried = rounds;
	expect(loop.state().failures).toBeGreaterThan(5);
	loop.notify();
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBeLessThanOrEqual(tried + 1);
	const before = rounds;
	round = async () => {};
	loop.enrolled();
	await vi.advanceTimersByTimeAsync(0);
	expect(rounds).toBe(before + 1);
	expect(loop.state()).toMatchObject({ failures: 0, refused: null });
});
