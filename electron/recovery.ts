import type { BrowserWindow, WebContents } from "electron";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** A page that has worked this long is not what fails next: the waits begin again. */
const STEADY_AFTER_MS = 60_000;
/** Chromium's code for a load that another load replaced. */
const ABORTED = -3;

/** Milliseconds to wait before the next load, after so many failures in a row. */
export function waitBeforeLoad(failures: number): number {
	return Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1), LONGEST_WAIT_MS);
}

interface Recovering {
	contents: Pick<WebContents, "on" | "forcefullyCrashRenderer">;
	window: Pick<BrowserWindow, "on">;
	load: () => Promise<void>;
	/** Whose page it is, for the log: "kiosk", "board". */
	name: string;
	/** Writes to the log. */
	warn: (message: string, details: { event: string; waitMs?: number; reason: string }) => void;
}

/** Brings a window's page back whenever it dies, hangs or does not load. Returns a function that stops it. */
export function keepPageAlive({ contents, window, load, name, warn }: Recovering): () => void {
	let failures = 0;
	let nextLoad: NodeJS.Timeout | undefined;
	let steady: NodeJS.Timeout | undefined;
	let stopped = false;

	const loadAgain = (reason: string) => {
		clearTimeout(steady);
		if (stopped || nextLoad !== undefined) return;
		failures += 1;
		const waitMs = waitBeforeLoad(failures);
		warn(`the ${name}'s page is loaded again`, { event: `${name}.page.reloaded`, reason, waitMs });
		nextLoad = setTimeout(() => {
			nextLoad = undefined;
			// did-fail-load reports a load that fails.
			load().catch(() => {});
		}, waitMs);
	};

	contents.on("render-process-gone", (_event, { reason }) => loadAgain(`render process gone: ${reason}`));
	contents.on("did-fail-load", (_event, code, description, _url, isMainFrame) => {
		if (isMainFrame && code !== ABORTED) loadAgain(`not loaded: ${description} (${code})`);
	});
	contents.on("did-navigate", (_event, _url, status) => {
		if (status >= 400) loadAgain(`answered with ${status}`);
	});
	contents.on("did-finish-load", () => {
		clearTimeout(steady);
		steady = setTimeout(() => {
			failures = 0;
		}, STEADY_AFTER_MS);
	});
	window.on("unresponsive", () => {
		if (stopped) return;
		warn(`the ${name}'s page hangs and is ended`, { event: `${name}.page.hung`, reason: "unresponsive" });
		contents.forcefullyCrashRenderer();
	});

	return () => {
		stopped = true;
		clearTimeout(nextLoad);
		clearTimeout(steady);
	};
}
