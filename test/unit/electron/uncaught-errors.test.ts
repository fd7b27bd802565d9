import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { onStrayFault } from "../../../electron/uncaught-errors.ts";
import { makeLeaving } from "../../../lib/shutdown.ts";

function open(tell: (fault: unknown, what: string) => void = () => {}) {
	const program = new EventEmitter();
	const close = vi.fn(async () => {});
	const startAnew = vi.fn();
	const exit = vi.fn();
	const leaving = makeLeaving({ close, limit: 1_000, exit, startAnew });
	onStrayFault(program as never, { tell, startAnew: leaving.startAnew });
	return { program, close, startAnew, exit };
}

test.for(["uncaughtException", "unhandledRejection"])("%s is told, and the shell starts anew", async (event) => {
	const told: unknown[] = [];
	const { program, close, startAnew, exit } = open((fault) => told.push(fault));
	const fault = new Error("stray");
	expect(program.emit(event, fault)).toBe(true);
	expect(told).toEqual([fault]);
	await vi.waitFor(() => expect(startAnew).toHaveBeenCalledOnce());
	expect(close).toHaveBeenCalledOnce();
	expect(exit).not.toHaveBeenCalled();
});

test("what comes while it leaves is told and no more", async () => {
	const told: unknown[] = [];
	const { program, close, startAnew } = open((fault) => told.push(fault));
	for (const fault of [1, 2]) program.emit("unhandledRejection", fault);
	program.emit("uncaughtException", 3);
	await vi.waitFor(() => expect(startAnew).toHaveBeenCalledOnce());
	expect(told).toEqual([1, 2, 3]);
	expect(close).toHaveBeenCalledOnce();
});

test("a log that nobody reads any more does not keep it", async () => {
	const { program, startAnew } = open(() => {
		throw new Error("EPIPE");
	});
	program.emit("uncaughtException", new Error("stray"));
	await vi.waitFor(() => expect(startAnew).toHaveBeenCalledOnce());
});
