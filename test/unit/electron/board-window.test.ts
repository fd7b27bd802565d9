import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Display } from "electron";
import { expect, test } from "vitest";
import { boardWindowOptions, keepBoardShown } from "../../../electron/board-window.ts";
import { top } from "../../e2e/shell/running-shell.ts";

const display = (id: number, x = 0): Display => ({ id, bounds: { x, y: 0, width: 1920, height: 1080 } }) as Display;

class FakeScreen extends EventEmitter {
	displays = [display(1)];
	getAllDisplays = () => this.displays;
	getPrimaryDisplay = () => this.displays[0] as Display;
	/** Displays as they are from now on. */
	become(event: string, ...displays: Display[]) {
		this.displays = displays;
		this.emit(event);
	}
}

test("the board comes with a second display, moves with it, and goes with it", () => {
	const screen = new FakeScreen();
	const told: string[] = [];
	const stop = keepBoardShown({
		screen: screen as never,
		open: ({ id, bounds }) => {
			told.push(`open ${id} at ${bounds.x}`);
			return () => told.push(`close ${id}`);
		},
	});
	expect(told).toEqual([]);
	screen.become("display-added", display(1), display(2, 1080));
	// A third one changes nothing, nor does a change of the kiosk's own.
	screen.become("display-added", display(1), display(2, 1080), display(3, 3000));
	screen.become("display-metrics-changed", display(1, 5), display(2, 1080));
	screen.become("display-metrics-changed", display(1), display(2, 1920));
	screen.become("display-removed", display(1));
	screen.become("display-added", display(1), display(2, 1920));
	stop();
	screen.become("display-added", display(1), display(4));
	expect(told).toEqual(["open 2 at 1080", "close 2", "open 2 at 1920", "close 2", "open 2 at 1920", "close 2"]);
});

test("its window fills that display, takes no keyboard, and its page knows no shell", () => {
	const options = boardWindowOptions(display(2, 1080));
	expect(options).toMatchObject({ x: 1080, width: 1920, fullscreen: true, focusable: false, frame: false });
	expect(options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
	expect(options.webPreferences).not.toHaveProperty("preload");
});

test("its ground is dark before its page is there: the board's own", () => {
	const night = /--night: (#[0-9a-f]{6});/.exec(readFileSync(join(top, "renderer/ui/tokens.css"), "utf8"))?.[1];
	expect(night).toBeDefined();
	expect(boardWindowOptions(display(2)).backgroundColor).toBe(night);
});
