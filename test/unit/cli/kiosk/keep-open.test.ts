import { expect, test, vi } from "vitest";
import { keepOpen } from "../../../../cli/kiosk/keep-open.ts";

/** Browsers that end by hand, one after the other. */
function fakeBrowsers() {
	const opened: { end: (code: number) => void; onShown: () => void }[] = [];
	const open = async (onShown: () => void) => {
		const { promise, resolve } = Promise.withResolvers<number>();
		opened.push({ end: resolve, onShown });
		return { closed: promise, close: async () => resolve(0) };
	};
	return { opened, open };
}

test("in the demo a window that is closed is not opened again, one that crashed is", async () => {
	const { opened, open } = fakeBrowsers();
	const window = keepOpen({ open, mayLeave: true, onReopen: () => {} });
	await vi.waitFor(() => expect(opened).toHaveLength(1));
	opened[0]?.end(1);
	await vi.waitFor(() => expect(opened).toHaveLength(2));
	opened[1]?.end(0);
	await window.ended;
	expect(opened).toHaveLength(2);
});

test("elsewhere a window that ends is opened again however it ended, after pauses that grow until it stays", async () => {
	const { opened, open } = fakeBrowsers();
	const waits: number[] = [];
	let time = 0;
	const window = keepOpen({ open, mayLeave: false, onReopen: (waitMs) => waits.push(waitMs), now: () => time });
	for (const [index, stayedMs] of [0, 0, 0, 9_000].entries()) {
		await vi.waitFor(() => expect(opened).toHaveLength(index + 1));
		opened[index]?.onShown();
		time += stayedMs;
		opened[index]?.end(index % 2);
	}
	await vi.waitFor(() => expect(opened).toHaveLength(5));
	expect(waits).toEqual([0, 250, 500, 0]);
	await window.close();
	expect(opened).toHaveLength(5);
});

test("a window that is closed while it waits to be opened again stays closed", async () => {
	const { opened, open } = fakeBrowsers();
	const window = keepOpen({ open, mayLeave: false, onReopen: () => {} });
	await vi.waitFor(() => expect(opened).toHaveLength(1));
	const closed = window.close();
	opened[0]?.end(1);
	await closed;
	expect(opened).toHaveLength(1);
});
