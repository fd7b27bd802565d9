import type { BrowserWindow, WebContents } from "electron";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 30_000;
/** A page that has stood this long was not the cause of the next fault. */
const STEADY_AFTER = 60_000;
/** Chromium's code for a load that another load replaced. */
const ABORTED = -3;

/** How long to wait before loading again after so many failures in a row. */
export function waitBeforeLoad(failures: number): number {
	return Math.min(FIRST_WAIT * 2 ** Math.max(0, failures - 1), LONGEST_WAIT);
}

interface Recovering {
	contents: Pick<WebContents, "on" | "forcefullyCrashRenderer">;
	window: Pick<BrowserWindow, "on">;
	load: () => Promise<void>;
	/** Whose page it is, for the log: "kiosk", "board". */
	name: string;
	/** Says what happened, for the log. */
	tell: (what: string, details: { wait?: number; reason: string }) => void;
}

/** Brings a window's page back whenever it dies, hangs or does not load. Returns the way to stop. */
export function keepPageAlive({ contents, window, load, name, tell }: Recovering): () => void {
	let failures = 0;
	let nextLoad: NodeJS.Timeout | undefined;
	let steady: NodeJS.Timeout | undefined;
	let stopped = false;

	const loadAgain = (reason: string) => {
		clearTimeout(steady);
		if (stopped || nextLoad !== undefined) return;
		failures += 1;
		const wait = waitBeforeLoad(failures);
		tell(`the ${name}'s page is loaded again`, { reason, wait });
		nextLoad = setTimeout(() => {
			nextLoad = undefined;
			// A load that fails is told by did-fail-load.
			load().catch(() => {});
		}, wait);
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
		}, STEADY_AFTER);
	});
	window.on("unresponsive", () => {
		if (stopped) return;
		tell(`the ${name}'s page hangs and is ended`, { reason: "unresponsive" });
		contents.forcefullyCrashRenderer();
	});

	return () => {
		stopped = true;
		clearTimeout(nextLoad);
		clearTimeout(steady);
	};
}
