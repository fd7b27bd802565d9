import { setTimeout as pause } from "node:timers/promises";
import { type Attempts, NO_ATTEMPTS, noteFailure, noteWorking, type PauseRule } from "../../lib/growing-pauses.ts";
import type { Kiosk } from "./open-browser.ts";

const WINDOW_PAUSES: PauseRule = { firstMs: 250, longestMs: 30_000, forgivenAfterMs: 2_000 };

export interface KeptWindow {
	/** Resolves once no further window is opened: it was closed, or in the demo it was left. */
	ended: Promise<void>;
	close(): Promise<void>;
}

export interface KeepOpenOptions {
	/** Opens a window; `onShown` is called while its page is there. */
	open: (onShown: () => void) => Promise<Kiosk>;
	/** The demo's: whoever closes the window ends it. A browser that crashes is no reason. */
	mayLeave: boolean;
	onReopen: (waitMs: number) => void;
	/** Milliseconds of a clock that nobody sets. */
	now?: () => number;
}

/** A window that ends is opened again, after pauses that grow as long as it does not stay. */
export function keepOpen({ open, mayLeave, onReopen, now = () => performance.now() }: KeepOpenOptions): KeptWindow {
	const closing = new AbortController();
	let kiosk: Kiosk | undefined;
	const run = async () => {
		let attempts: Attempts = NO_ATTEMPTS;
		while (!closing.signal.aborted) {
			kiosk = await open(() => {
				attempts = noteWorking(attempts, now());
			});
			if (closing.signal.aborted) await kiosk.close();
			const code = await kiosk.closed;
			if (closing.signal.aborted || (mayLeave && code === 0)) return;
			const failure = noteFailure(attempts, now(), WINDOW_PAUSES);
			attempts = failure.attempts;
			onReopen(failure.pauseMs);
			await pause(failure.pauseMs, undefined, { signal: closing.signal }).catch(() => {});
		}
	};
	const ended = run();
	return {
		ended,
		async close() {
			closing.abort();
			await kiosk?.close();
			await ended;
		},
	};
}
