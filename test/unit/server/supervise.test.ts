import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { superviseProcess } from "../../../server/postgres/supervise.ts";

const log = pino({ level: "silent" });

function fakeProcess() {
	const ended = Promise.withResolvers<void>();
	return { ended: ended.promise, die: () => ended.resolve(), stop: async () => ended.resolve(), lastMessage: () => "" };
}

test("a process that ends is started again; one that cannot be started is tried again until it can", async () => {
	const [first, second] = [fakeProcess(), fakeProcess()];
	const start = vi.fn().mockRejectedValueOnce(new Error("no memory")).mockResolvedValueOnce(second);
	const supervised = superviseProcess(first, { start, log });
	first.die();
	await vi.waitFor(() => expect(start).toHaveBeenCalledTimes(2), { timeout: 10_000 });
	await supervised.close();
	await second.ended;
	expect(start).toHaveBeenCalledTimes(2);
});

test("closed while it waits to start again, it starts nothing more", async () => {
	const first = fakeProcess();
	const start = vi.fn();
	const supervised = superviseProcess(first, { start, log });
	first.die();
	await supervised.close();
	expect(start).not.toHaveBeenCalled();
});
