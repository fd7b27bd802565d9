import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createShutdown } from "../../../lib/shutdown.ts";

const LIMIT = 1_500;

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

function open(close: () => Promise<void>) {
	const order: string[] = [];
	const leaving = createShutdown({
		close: async () => {
			order.push("closing");
			await close();
		},
		limit: LIMIT,
		exit: (code) => order.push(`left with ${code}`),
		restart: () => order.push("started anew"),
		error: () => order.push("fault"),
	});
	return { order, leaving };
}

test("closes, then leaves with 0, once however often it is asked", async () => {
	const { order, leaving } = open(async () => {});
	leaving.end();
	leaving.end();
	leaving.restart();
	await vi.runAllTimersAsync();
	expect(order).toEqual(["closing", "left with 0"]);
});

test("leaves with 1 when closing fails, and says so", async () => {
	const { order, leaving } = open(() => Promise.reject(new Error("disk")));
	leaving.end();
	await vi.runAllTimersAsync();
	expect(order).toEqual(["closing", "fault", "left with 1"]);
});

test("leaves within the limit when closing never ends", async () => {
	const { order, leaving } = open(() => new Promise(() => {}));
	leaving.end();
	await vi.advanceTimersByTimeAsync(LIMIT);
	expect(order).toEqual(["closing", "left with 1"]);
});

test("closes, then starts anew, once, also when closing fails or never ends", async () => {
	for (const close of [async () => {}, () => Promise.reject(new Error("disk")), () => new Promise<void>(() => {})]) {
		const { order, leaving } = open(close);
		leaving.restart();
		leaving.restart();
		await vi.advanceTimersByTimeAsync(LIMIT);
		expect(order.filter((one) => one !== "fault")).toEqual(["closing", "started anew"]);
	}
});

test("a signal that comes while it closes to start anew is not lost: it ends", async () => {
	const closed = Promise.withResolvers<void>();
	const { order, leaving } = open(() => closed.promise);
	leaving.restart();
	leaving.end();
	closed.resolve();
	await vi.runAllTimersAsync();
	expect(order).toEqual(["closing", "left with 0"]);
});
