import { EventEmitter } from "node:events";
import type { BrowserWindow, WebContents } from "electron";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keepPageAlive, waitBeforeLoad } from "../../../electron/recovery.ts";

describe("the wait before loading again", () => {
	test("doubles from a quarter of a second to half a minute", () => {
		expect([1, 2, 3, 7, 8, 9].map(waitBeforeLoad)).toEqual([250, 500, 1_000, 16_000, 30_000, 30_000]);
	});

	test("never shrinks, and never is none or more than half a minute", () => {
		fc.assert(
			fc.property(fc.nat(10_000), (failures) => {
				const wait = waitBeforeLoad(failures);
				expect(wait).toBeGreaterThanOrEqual(250);
				expect(wait).toBeLessThanOrEqual(waitBeforeLoad(failures + 1));
				expect(wait).toBeLessThanOrEqual(30_000);
			}),
		);
	});
});

describe("the kiosk's page", () => {
	beforeEach(() => {
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	function keptAlive() {
		const contents = Object.assign(new EventEmitter(), { forcefullyCrashRenderer: vi.fn() });
		const window = new EventEmitter();
		const load = vi.fn(async () => {});
		const reasons: string[] = [];
		const stop = keepPageAlive({
			contents: contents as unknown as WebContents,
			window: window as unknown as BrowserWindow,
			name: "kiosk",
			load,
			warn: (_message, { reason }) => reasons.push(reason),
		});
		const crash = () => contents.emit("render-process-gone", {}, { reason: "crashed" });
		return { contents, window, load, reasons, stop, crash };
	}

	test("comes back after a crash, later each time", () => {
		const { load, crash, reasons } = keptAlive();
		crash();
		vi.advanceTimersByTime(249);
		expect(load).not.toHaveBeenCalled();
		vi.advanceTimersByTime(1);
		expect(load).toHaveBeenCalledOnce();
		crash();
		vi.advanceTimersByTime(499);
		expect(load).toHaveBeenCalledOnce();
		vi.advanceTimersByTime(1);
		expect(load).toHaveBeenCalledTimes(2);
		expect(reasons).toEqual(["render process gone: crashed", "render process gone: crashed"]);
	});

	test("is loaded once for several faults at a time", () => {
		const { contents, load, crash } = keptAlive();
		crash();
		contents.emit("did-fail-load", {}, -102, "ERR_CONNECTION_REFUSED", "paihao://station/kiosk", true);
		vi.advanceTimersByTime(60_000);
		expect(load).toHaveBeenCalledOnce();
	});

	test("that worked for a minute is reloaded after a short wait again; another is not", () => {
		const { contents, load, crash } = keptAlive();
		for (let crashes = 0; crashes < 4; crashes += 1) {
			crash();
			vi.advanceTimersByTime(30_000);
		}
		contents.emit("did-finish-load");
		vi.advanceTimersByTime(59_000);
		load.mockClear();
		crash();
		vi.advanceTimersByTime(250);
		expect(load).not.toHaveBeenCalled();
		vi.advanceTimersByTime(30_000);
		contents.emit("did-finish-load");
		vi.advanceTimersByTime(60_000);
		load.mockClear();
		crash();
		vi.advanceTimersByTime(250);
		expect(load).toHaveBeenCalledOnce();
	});

	test("that the station answers with an error is asked for again", () => {
		const { contents, load } = keptAlive();
		contents.emit("did-navigate", {}, "paihao://station/kiosk", 200);
		vi.advanceTimersByTime(60_000);
		expect(load).not.toHaveBeenCalled();
		contents.emit("did-navigate", {}, "paihao://station/kiosk", 503);
		vi.advanceTimersByTime(250);
		expect(load).toHaveBeenCalledOnce();
	});

	test("is not loaded again for a load that was replaced, or one in a frame", () => {
		const { contents, load } = keptAlive();
		contents.emit("did-fail-load", {}, -3, "ERR_ABORTED", "paihao://station/kiosk", true);
		contents.emit("did-fail-load", {}, -102, "ERR_CONNECTION_REFUSED", "paihao://station/frame", false);
		vi.advanceTimersByTime(60_000);
		expect(load).not.toHaveBeenCalled();
	});

	test("that hangs is ended, which brings it back", () => {
		const { contents, window, load, crash } = keptAlive();
		contents.forcefullyCrashRenderer.mockImplementation(crash);
		window.emit("unresponsive");
		vi.advanceTimersByTime(250);
		expect(contents.forcefullyCrashRenderer).toHaveBeenCalledOnce();
		expect(load).toHaveBeenCalledOnce();
	});

	test("stays away once the shell is leaving", () => {
		const { contents, window, load, stop, crash } = keptAlive();
		crash();
		stop();
		crash();
		window.emit("unresponsive");
		vi.advanceTimersByTime(60_000);
		expect(load).not.toHaveBeenCalled();
		expect(contents.forcefullyCrashRenderer).not.toHaveBeenCalled();
	});
});
