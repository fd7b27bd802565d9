import type { Arrow } from "./geometry.ts";

/** What a key does. Enter and Space are the browser's own: they press the focused button. */
export type Command =
	| { kind: "move"; arrow: Arrow }
	| { kind: "press" | "back" | "read-aloud" | "louder" | "quieter" | "staff" | "plugged" | "unplugged" };

const move = (arrow: Arrow): Command => ({ kind: "move", arrow });

/** By `KeyboardEvent.key`: keyboards, and public keypads, whose codes can be configured (docs/guide/kiosk.md). */
const KEYS: Readonly<Record<string, Command>> = {
	ArrowUp: move("up"),
	ArrowDown: move("down"),
	ArrowLeft: move("left"),
	ArrowRight: move("right"),
	Escape: { kind: "back" },
	Backspace: { kind: "back" },
	BrowserBack: { kind: "back" },
	F1: { kind: "staff" },
	Help: { kind: "staff" },
	F2: { kind: "read-aloud" },
	F3: { kind: "quieter" },
	AudioVolumeDown: { kind: "quieter" },
	F4: { kind: "louder" },
	AudioVolumeUp: { kind: "louder" },
	F15: { kind: "plugged" },
	F16: { kind: "unplugged" },
};

/** The shell must let these keys reach the page. */
export const KEY_NAMES: readonly string[] = Object.keys(KEYS);

/** By `KeyboardEvent.code`, arranged as on a telephone: a numeric keypad alone suffices. */
const PAD: Readonly<Record<string, Command>> = {
	Numpad8: move("up"),
	Numpad2: move("down"),
	Numpad4: move("left"),
	Numpad6: move("right"),
	Numpad5: { kind: "press" },
	Numpad0: { kind: "read-aloud" },
	NumpadSubtract: { kind: "quieter" },
	NumpadAdd: { kind: "louder" },
	NumpadMultiply: { kind: "back" },
	NumpadDivide: { kind: "staff" },
};

export interface Key {
	key: string;
	code: string;
	ctrlKey: boolean;
	altKey: boolean;
	metaKey: boolean;
}

/** On the check-in screen the digits of the pad are typed into the code. */
export function commandOf(key: Key, digits: "typed" | "commands"): Command | undefined {
	if (key.ctrlKey || key.altKey || key.metaKey) return undefined;
	const isDigit = /^Numpad\d$/.test(key.code) && /^\d$/.test(key.key);
	const byCode = digits === "typed" && isDigit ? undefined : PAD[key.code];
	// Without NumLock the pad's keys send arrows, Home and Delete: their meaning comes first.
	return KEYS[key.key] ?? byCode;
}
