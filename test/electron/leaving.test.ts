import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeLeave } from "../../electron/leaving.ts";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

test("closes, then leaves with 0, once however often it is asked", async () => {
	const order: string[] = [];
	const leave = makeLeave({
		close: async () => {
			order.push("closed");
		},
		exit: (code) => order.push(`left with ${code}`),
	});
	leave();
	leave();
	await vi.runAllTimersAsync();
	expect(order).toEqual(["closed", "left with 0"]);
});

test("leaves with 1 when closing fails", async () => {
	const exit = vi.fn();
	makeLeave({ close: () => Promise.reject(new Error("disk")), exit })();
	await vi.runAllTimersAsync();
	expect(exit.mock.calls).toEqual([[1]]);
});

test("leaves within two seconds when closing never ends", async () => {
	const exit = vi.fn();
	makeLeave({ close: () => new Promise(() => {}), exit })();
	await vi.advanceTimersByTimeAsync(1_999);
	expect(exit.mock.calls).toEqual([[1]]);
});
