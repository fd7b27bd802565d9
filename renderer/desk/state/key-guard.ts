/**
 * Tells a person's key from those of a scanner or passport reader, which types a whole line within milliseconds
 * (WCAG 2.1.4). A key counts once no other key has followed it for a moment; keys that follow each other faster are
 * ignored, up to the first pause.
 */
export interface KeyGuard {
	/** Reports a key; `run` is its action, null for a key without one. True where the key is a reader's. */
	press(run: (() => void) | null): boolean;
}

interface KeyGuardDeps {
	/** This machine's clock, milliseconds. */
	clock(): number;
	later(run: () => void, delayMs: number): number;
	forget(timer: number): void;
}

/** People do not press two keys within this time; readers send one every 1 to 50 ms. It delays every key. */
export const READER_GAP_MS = 60;
/** A reader that pauses within its line for less than this is still sending the same line. */
export const READER_PAUSE_MS = 250;

export function createKeyGuard({ clock, later, forget }: KeyGuardDeps): KeyGuard {
	let lastAt = Number.NEGATIVE_INFINITY;
	let isReading = false;
	let timer: number | null = null;
	return {
		press(run) {
			const now = clock();
			const gapMs = now - lastAt;
			lastAt = now;
			if (timer !== null) forget(timer);
			timer = null;
			// A clock that was set back must not lock the keys.
			isReading = gapMs >= 0 && gapMs < (isReading ? READER_PAUSE_MS : READER_GAP_MS);
			if (!isReading && run !== null) timer = later(run, READER_GAP_MS);
			return isReading;
		},
	};
}
