import type { FocusKind } from "./actions.ts";

/**
 * Tells a person's key from those of a scanner or passport reader, which types a whole line within milliseconds
 * (WCAG 2.1.4). A key counts once no other key has followed it for a moment; keys that follow each other faster are
 * no keys, up to the first pause: together they are the line that was read.
 */
export interface KeyGuard {
	press(key: GuardedKey): Guarded;
}

export interface GuardedKey {
	/** The key's action; null for a key without one. */
	run: (() => void) | null;
	/** Undefined for a key that types nothing. */
	character: string | undefined;
	/** Enter and Tab end a reader's line. */
	endsLine: boolean;
}

export interface Guarded {
	/** True where the key is a reader's. */
	isReading: boolean;
	/** The line that this key ended; null where it ended none. */
	line: string | null;
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
	let text = "";
	let timer: number | null = null;
	return {
		press({ run, character = "", endsLine }) {
			const now = clock();
			const gapMs = now - lastAt;
			lastAt = now;
			if (timer !== null) forget(timer);
			timer = null;
			// A clock that was set back must not lock the keys.
			isReading = gapMs >= 0 && gapMs < (isReading ? READER_PAUSE_MS : READER_GAP_MS);
			if (!isReading && run !== null) timer = later(run, READER_GAP_MS);
			text = isReading ? text + character : character;
			if (!endsLine) return { isReading, line: null };
			const line = isReading && text !== "" ? text : null;
			text = "";
			return { isReading, line };
		},
	};
}

interface PressedKey extends Pick<Guarded, "isReading"> {
	focus: FocusKind;
	key: string;
	hasAction: boolean;
}

/**
 * Whether the browser and the page must not see a key. A text field takes what a reader types, but not the Enter that
 * would send it.
 */
export function isHeldBackFromPage({ isReading, focus, key, hasAction }: PressedKey): boolean {
	return isReading ? focus !== "text" || key === "Enter" : hasAction;
}
