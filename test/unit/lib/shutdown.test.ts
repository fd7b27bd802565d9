import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createShutdown } from "../../../lib/shutdown.ts";

const TIMEOUT_MS = 1_500;

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

function open(close: () => Promise<void>) {
	const order: string[] = [];
	const shutdown = createShutdown({
		close: async () => {
			order.push("closing");
			await close();
		},
		timeoutMs: TIMEOUT_MS,
		exit: (code) => order.push(`left with ${code}`),
		restart: () => order.push("restarted"),
		onError: () => order.push("error"),
	});
	return { order, shutdown };
}

test("closes, then leaves with 0, once however often it is asked", async () => {
	const { order, shutdown } = open(async () => {});
	shutdown.end();
	shutdown.end();
	shutdown.restart();
	await vi.runAllTimersAsync();
	expect(order).toEqual(["closing", "left with 0"]);
});

test("leaves with 1 when closing fails, and says so", async () => {
	const { order, shutdown } = open(() => Promise.reject(new Error("disk")));
	shutdown.end();
	await vi.runAllTimersAsync();
	expect(order).toEqual(["closing", "error", "left with 1"]);
});

test("leaves within the limit when closing never ends", async () => {
	const { order, shutdown } = open(() => new Promise(() => {}));
	shutdown.end();
	await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
	expect(order).toEqual(["closing", "left with 1"]);
});

test("closes, then restarts, once, also when closing fails or never ends", async () => {
	for (const close of [async () => {}, () => Promise.reject(new Error("disk")), () => new Promise<void>(() => {})]) {
		const { order, shutdown } = open(close);
		shutdown.restart();
		shutdown.restart();
		await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
		expect(order.filter((one) => one !== "error")).toEqual(["closing", "restarted"]);
	}
});

test("a signal that comes while it closes to restart ends the program", async () => {
	const closed = Promise.withResolvers<void>();
	const { order, shutdown } = open(() => closed.promise);
	shutdown.restart();
	shutdown.end();
	closed.resolve();
	await vi.runAllTimersAsync();
	expect(order).toEqual(["closing", "left with 0"]);
});
