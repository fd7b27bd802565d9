import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type PullLoop, startPullLoop } from "../../../../station/sync/pull/pull-loop.ts";

let loop: PullLoop;
let rounds: number;
/** What the next rounds do. */
let round: () => Promise<boolean>;
/** Connections for hints that were opened, and how to send a hint or break one. */
let connections: { hint(within: number): void; break(): void }[];
const warned: string[] = [];
const random = () => 0.5;

beforeEach(() => {
	vi.useFakeTimers();
	rounds = 0;
	round = async () => true;
	connections = [];
	warned.length = 0;
});
afterEach(async () => {
	await loop.close();
	vi.useRealTimers();
});

/** A connection that yields hints until it is broken, or until the station closes. */
async function* hints(signal: AbortSignal): AsyncGenerator<number, void, undefined> {
	let notify = (_: number | undefined) => {};
	signal.addEventListener("abort", () => notify(undefined));
	connections.push({ hint: (within) => notify(within), break: () => notify(undefined) });
	for (;;) {
		const within = await new Promise<number | undefined>((resolve) => {
			notify = resolve;
		});
		if (within === undefined) return;
		yield within;
	}
}

async function start() {
	loop = startPullLoop({
		async round() {
			rounds += 1;
			return round();
		},
		hints: async (signal) => hints(signal),
		random,
		log: pino({ level: "warn" }, { write: (line: string) => void warned.push(line) }),
	});
	await vi.advanceTimersByTimeAsync(0);
}

/** Starts the loop and lets it poll once more after it connected. */
async function startConnected() {
	await start();
	expect([rounds, connections.length]).toEqual([1, 1]);
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBe(2);
	rounds = 1;
}

test("polls at once, then every 15 to 30 seconds, with or without hints", async () => {
	await startConnected();
	expect(rounds).toBe(1);
	await vi.advanceTimersByTimeAsync(22_499);
	expect(rounds).toBe(1);
	await vi.advanceTimersByTimeAsync(1);
	expect(rounds).toBe(2);
	await vi.advanceTimersByTimeAsync(22_500);
	expect(rounds).toBe(3);
});

test("a hint brings the next poll forward, to a random moment; two hints make one poll", async () => {
	await startConnected();
	connections[0]?.hint(4_000);
	await vi.advanceTimersByTimeAsync(500);
	connections[0]?.hint(60_000);
	await vi.advanceTimersByTimeAsync(1_499);
	expect(rounds).toBe(1);
	await vi.advanceTimersByTimeAsync(1);
	expect(rounds).toBe(2);
	await vi.advanceTimersByTimeAsync(22_499);
	expect(rounds).toBe(2);
});

test("a hint during a poll leads to another poll after it", async () => {
	await startConnected();
	let end = () => {};
	round = () => new Promise((resolve) => (end = () => resolve(true)));
	connections[0]?.hint(0);
	await vi.advanceTimersByTimeAsync(0);
	expect(rounds).toBe(2);
	connections[0]?.hint(0);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(rounds).toBe(2);
	round = async () => true;
	end();
	await vi.advanceTimersByTimeAsync(0);
	expect(rounds).toBe(3);
});

test("a connection that breaks is opened again after the next poll; meanwhile polling goes on", async () => {
	await startConnected();
	expect(connections).toHaveLength(1);
	connections[0]?.break();
	await vi.advanceTimersByTimeAsync(22_499);
	expect(connections).toHaveLength(1);
	await vi.advanceTimersByTimeAsync(1);
	expect([rounds, connections.length]).toEqual([2, 2]);
	await vi.advanceTimersByTimeAsync(500);
	expect(rounds).toBe(3);
});

test("waits longer after each failure, a minute at most, and logs the first one only", async () => {
	round = () => Promise.reject(new Error("no answer"));
	await start();
	// Half of 2, 4, 8, 16, 32 and then 60 seconds: full jitter, drawn at its middle.
	for (const [index, pause] of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
		await vi.advanceTimersByTimeAsync(pause - 1);
		expect(rounds).toBe(index + 1);
		await vi.advanceTimersByTimeAsync(1);
		expect(rounds).toBe(index + 2);
	}
	expect(warned).toHaveLength(1);
	round = async () => true;
	await vi.advanceTimersByTimeAsync(30_500);
	const answered = rounds;
	await vi.advanceTimersByTimeAsync(22_500);
	expect(rounds).toBe(answered + 1);
});

test("a station that is enrolled nowhere checks every two seconds and opens no connection", async () => {
	round = async () => false;
	await start();
	await vi.advanceTimersByTimeAsync(4_000);
	expect([rounds, connections.length]).toEqual([3, 0]);
});
