import { expect, test, vi } from "vitest";
import { keepWindowOpen } from "../../../cli/run-with-kiosk.ts";

/** Browsers that are closed by hand, one after the other. */
function fakeBrowsers() {
	const opened: (() => void)[] = [];
	const open = () => {
		const { promise, resolve } = Promise.withResolvers<number>();
		opened.push(() => resolve(0));
		return { closed: promise, close: async () => resolve(0) };
	};
	return { opened, open };
}

test("in the demo a closed window ends the station", async () => {
	const { opened, open } = fakeBrowsers();
	const onEnd = vi.fn();
	keepWindowOpen(open, { onEnd, onReopen: () => {} });
	opened[0]?.();
	await vi.waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
	expect(opened).toHaveLength(1);
});

test("a station outlives its window: each time it waits longer before it opens the window again", async () => {
	const { opened, open } = fakeBrowsers();
	const waits: number[] = [];
	const window = keepWindowOpen(open, { onEnd: undefined, onReopen: (waitMs) => waits.push(waitMs) });
	for (const index of [0, 1, 2]) {
		opened[index]?.();
		await vi.waitFor(() => expect(waits).toHaveLength(index + 1));
		if (index === 2) break;
		await vi.waitFor(() => expect(opened).toHaveLength(index + 2), { timeout: 5_000 });
	}
	expect(waits).toEqual([1_000, 2_000, 4_000]);
	await window.close();
	expect(opened).toHaveLength(3);
});
