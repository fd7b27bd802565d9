import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type PushLoop, startPushLoop } from "../../../../station/sync/push/push-loop.ts";

let giver: PushLoop;
let rounds: number;
/** What the next rounds do; by default nothing was there to give. */
let round: (goesOn: () => boolean) => Promise<void>;
/** Whether the next rounds leave something. */
let later: boolean;

beforeEach(async () => {
	vi.useFakeTimers();
	rounds = 0;
	round = async () => {};
	later = false;
	giver = startPushLoop({
		async round(goesOn) {
			rounds += 1;
			await round(goesOn);
			return { events: 0, forks: 0, serverAhead: 0, later };
		},
		random: () => 0.5,
		log: pino({ level: "silent" }),
	});
	await vi.advanceTimersByTimeAsync(0);
	expect(rounds).toBe(1);
});
afterEach(async () => {
	await giver.close();
	vi.useRealTimers();
});

test("gives once it is quiet, and rests where nothing was written", async () => {
	giver.notify();
	await vi.advanceTimersByTimeAsync(499);
	expect(rounds).toBe(1);
	await vi.advanceTimersByTimeAsync(1);
	expect(rounds).toBe(2);
	await vi.advanceTimersByTimeAsync(22_000);
	expect(rounds).toBe(2);
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBe(3);
});

test("makes way while one change follows another, for five seconds at most", async () => {
	for (let at = 0; at < 4_900; at += 100) {
		giver.notify();
		await vi.advanceTimersByTimeAsync(100);
	}
	expect(rounds).toBe(1);
	giver.notify();
	await vi.advanceTimersByTimeAsync(100);
	expect(rounds).toBe(2);
});

test("a round learns that somebody writes, and what it leaves is given when it is quiet", async () => {
	const seen: boolean[] = [];
	round = async (goesOn) => void seen.push(goesOn());
	for (let at = 0; at <= 4_900; at += 100) {
		giver.notify();
		later = true;
		await vi.advanceTimersByTimeAsync(100);
	}
	expect([rounds, seen]).toEqual([2, [false]]);
	later = false;
	await vi.advanceTimersByTimeAsync(500);
	expect([rounds, seen]).toEqual([3, [false, true]]);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(rounds).toBe(3);
});

test("what is written while a round is under way is given after it", async () => {
	let end: () => void = () => {};
	round = () => new Promise((resolve) => (end = resolve));
	giver.notify();
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBe(2);
	giver.notify();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(rounds).toBe(2);
	round = async () => {};
	end();
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBe(3);
});

test("a server that does not answer is not asked more often because something is written; an enrolment asks at once", async () => {
	round = () => Promise.reject(new Error("unavailable"));
	giver.notify();
	await vi.advanceTimersByTimeAsync(500);
	for (let turn = 0; turn < 6; turn += 1) await vi.advanceTimersByTimeAsync(30_000);
	const tried = rounds;
	expect(giver.state().failures).toBeGreaterThan(5);
	giver.notify();
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBeLessThanOrEqual(tried + 1);
	const before = rounds;
	round = async () => {};
	giver.enrolled();
	await vi.advanceTimersByTimeAsync(0);
	expect(rounds).toBe(before + 1);
	expect(giver.state()).toMatchObject({ failures: 0, refused: null });
});
