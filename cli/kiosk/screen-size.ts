import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "/sys/class/drm";

/**
 * Width and height of the first connected screen, as Linux tells it, for the browser's command line. Only a guess: once
 * its page is there, the window is fitted to what the page says of the screen.
 */
export function guessScreenSize(): string {
	const read = (connector: string, name: string) => readFileSync(join(FOLDER, connector, name), "utf8");
	try {
		const connectors = readdirSync(FOLDER).filter((name) => name.includes("-"));
		const connected = connectors.find((name) => read(name, "status").trim() === "connected");
		const size = connected && /^\d+x\d+/.exec(read(connected, "modes"))?.[0];
		if (size) return size.replace("x", ",");
	} catch {
		// Not Linux, or a container: no list of screens.
	}
	return "1920,1080";
}

interface Size {
	width: number;
	height: number;
}

/**
 * The size that a window must get to cover the screen; undefined if it covers it. Chromium makes a window of exactly the
 * screen's size one pixel smaller, which would show what is behind it, so it gets one pixel more.
 */
export function sizeToCover(window: Size, screen: Size): Size | undefined {
	const covers = window.width >= screen.width && window.height >= screen.height;
	const fits = window.width <= screen.width + 1 && window.height <= screen.height + 1;
	return covers && fits ? undefined : { width: screen.width + 1, height: screen.height + 1 };
}
