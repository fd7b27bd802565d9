import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { epson } from "../../../../station/printing/dialects/epson/epson.ts";
import { PrinterLink } from "../../../../station/printing/direct/printer-link.ts";
import { PRINTER_TIMES } from "../../../../station/printing/direct/printer-times.ts";

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
	vi.useRealTimers();
});

test("a host that answers and then closes, again and again, is asked with growing pauses", async () => {
	const times = { ...PRINTER_TIMES, firstReconnectMs: 100, longestReconnectMs: 1_000 };
	let opened = 0;
	const ended: (() => void)[] = [];
	const transport = {
		async open() {
			opened += 1;
			return new PassThrough();
		},
	};
	const link: PrinterLink = new PrinterLink(transport, epson, times, {
		onOpen: (connection) => {
			link.markAlive();
			connection.close("the host closed");
		},
		onReply: () => {},
		onEnd: () => ended.shift()?.(),
		onFailure: () => {},
		onHeartbeat: async () => {},
	});
	/** The connection has ended, and all that followed from it at once. */
	const nextEnd = () => new Promise<void>((resolve) => ended.push(resolve)).then(() => new Promise(setImmediate));
	const first = nextEnd();
	await link.connect();
	await first;
	for (const pause of [100, 200, 400, 800, 1_000, 1_000]) {
		const before = opened;
		vi.advanceTimersByTime(pause - 1);
		expect(opened).toBe(before);
		const again = nextEnd();
		vi.advanceTimersByTime(1);
		await again;
		expect(opened).toBe(before + 1);
	}
	await link.close();
});
