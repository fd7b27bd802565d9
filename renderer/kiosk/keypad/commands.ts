import type { Arrow } from "./geometry.ts";

/** What a key asks for. Enter and Space press the button in focus by themselves. */
export type Command =
	| { kind: "move"; arrow: Arrow }
	| { kind: "press" | "back" | "listen" | "louder" | "quieter" | "staff" | "plugged" | "unplugged" };

const move = (arrow: Arrow): Command => ({ kind: "move", arrow });

/** By the key's meaning: keyboards, and keypads for public machines, which send what they are set to send (docs/guide/kiosk.md). */
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
	F2: { kind: "listen" },
	F3: { kind: "quieter" },
	AudioVolumeDown: { kind: "quieter" },
	F4: { kind: "louder" },
	AudioVolumeUp: { kind: "louder" },
	F15: { kind: "plugged" },
	F16: { kind: "unplugged" },
};

/** Those keys' names: a shell must let them reach the page. */
export const KEY_NAMES: readonly string[] = Object.keys(KEYS);

/** By the key's place, as on a telephone: a numeric keypad alone goes everywhere. */
const PAD: Readonly<Record<string, Command>> = {
	Numpad8: move("up"),
	Numpad2: move("down"),
	Numpad4: move("left"),
	Numpad6: move("right"),
	Numpad5: { kind: "press" },
	Numpad0: { kind: "listen" },
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

/** Where a booking's code is typed the digits are digits. */
export function commandOf(key: Key, digits: "typed" | "free"): Command | undefined {
	if (key.ctrlKey || key.altKey || key.metaKey) return undefined;
	const isDigit = /^Numpad\d$/.test(key.code) && /^\d$/.test(key.key);
	const byPlace = digits === "typed" && isDigit ? undefined : PAD[key.code];
	// Without NumLock the pad's keys send arrows, Home and Delete: what they mean comes first.
	return KEYS[key.key] ?? byPlace;
}
