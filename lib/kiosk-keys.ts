/** A key as Electron tells it. */
interface Key {
	key: string;
	control: boolean;
	alt: boolean;
	meta: boolean;
}

/** Keys that a browser or a desktop takes as a command on their own. */
export const COMMAND_KEYS =
	/^(F\d+|Browser\w+|Launch\w+|App\w+|Zoom\w+|ContextMenu|Print|PrintScreen|Help|Open|New|Close)$/;

/** Those among them that the page acts on (docs/guide/kiosk.md, Keys), and that do nothing of their own in its window. */
export const KEYPAD_KEYS = /^(F[1-4]|F1[56]|Help|BrowserBack)$/;

/**
 * What to do with a key pressed in the kiosk's window: the page gets keys that write or move, and those of a
 * keypad; everything that could reload, zoom, print, inspect or leave is dropped. Only in the demo may
 * the person at the keyboard leave.
 */
export function decideKey(input: Key, may: { leave: boolean }): "pass" | "drop" | "leave" {
	if (may.leave && isLeaveKey(input)) return "leave";
	if (input.control || input.alt || input.meta) return "drop";
	return COMMAND_KEYS.test(input.key) && !KEYPAD_KEYS.test(input.key) ? "drop" : "pass";
}

function isLeaveKey({ key, control, alt, meta }: Key): boolean {
	return (alt && key === "F4") || ((control || meta) && key.toLowerCase() === "q");
}
