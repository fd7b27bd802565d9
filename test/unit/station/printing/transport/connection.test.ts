import { Duplex } from "node:stream";
import { afterEach, expect, test, vi } from "vitest";
import { epson } from "../../../../../station/printing/dialects/epson/epson.ts";
import { Connection } from "../../../../../station/printing/transport/connection.ts";

afterEach(() => void vi.useRealTimers());

const STALL_MS = 100;
/** Three chunks. */
const TICKET = new Uint8Array(40_000);

/** A printer that takes each chunk when it is told to. */
function slowPrinter() {
	let take: (() => void) | undefined;
	let chunks = 0;
	const duplex = new Duplex({
		read() {},
		write(_chunk, _encoding, done) {
			chunks += 1;
			take = () => done();
		},
	});
	const connection = new Connection(duplex, epson, { onReply() {}, onEnd() {} });
	const takeChunk = async (nth: number) => {
		while (chunks < nth) await new Promise(setImmediate);
		take?.();
	};
	return { connection, takeChunk };
}

test("a printer may take long for a ticket, as long as it goes on taking it", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const { connection, takeChunk } = slowPrinter();
	const written = connection.write(TICKET, STALL_MS);
	for (const nth of [1, 2, 3]) {
		await vi.advanceTimersByTimeAsync(STALL_MS - 10);
		await takeChunk(nth);
	}
	expect(await written).toEqual({ kind: "all" });
});

test("one that takes nothing any more is given up, and the ticket is touched", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const { connection, takeChunk } = slowPrinter();
	const written = connection.write(TICKET, STALL_MS);
	await takeChunk(1);
	await vi.advanceTimersByTimeAsync(STALL_MS - 10);
	expect(connection.open).toBe(true);
	await vi.advanceTimersByTimeAsync(20);
	expect(await written).toEqual({ kind: "broken", reason: "write-timeout", touched: true });
});
