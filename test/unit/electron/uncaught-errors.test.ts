import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { onUncaughtError } from "../../../electron/uncaught-errors.ts";
import { createShutdown } from "../../../lib/shutdown.ts";

function open(logError: (error: unknown, what: string) => void = () => {}) {
	const program = new EventEmitter();
	const close = vi.fn(async () => {});
	const restart = vi.fn();
	const exit = vi.fn();
	const leaving = createShutdown({ close, timeoutMs: 1_000, exit, restart });
	onUncaughtError(program as never, { logError, restart: leaving.restart });
	return { program, close, restart, exit };
}

test.for(["uncaughtException", "unhandledRejection"])("%s is logged, and the shell restarts", async (event) => {
	const told: unknown[] = [];
	const { program, close, restart, exit } = open((error) => told.push(error));
	const error = new Error("stray");
	expect(program.emit(event, error)).toBe(true);
	expect(told).toEqual([error]);
	await vi.waitFor(() => expect(restart).toHaveBeenCalledOnce());
	expect(close).toHaveBeenCalledOnce();
	expect(exit).not.toHaveBeenCalled();
});

test("what comes while it leaves is told and no more", async () => {
	const told: unknown[] = [];
	const { program, close, restart } = open((error) => told.push(error));
	for (const error of [1, 2]) program.emit("unhandledRejection", error);
	program.emit("uncaughtException", 3);
	await vi.waitFor(() => expect(restart).toHaveBeenCalledOnce());
	expect(told).toEqual([1, 2, 3]);
	expect(close).toHaveBeenCalledOnce();
});

test("a log without a reader does not keep it", async () => {
	const { program, restart } = open(() => {
		throw new Error("EPIPE");
	});
	program.emit("uncaughtException", new Error("stray"));
	await vi.waitFor(() => expect(restart).toHaveBeenCalledOnce());
});
