import { useEffect, useRef } from "react";
import { characterOf } from "../../ui/key-character.ts";
import type { FocusKind } from "../state/actions.ts";
import { createKeyGuard, isHeldBackFromPage, type KeyGuard } from "../state/key-guard.ts";

export interface GuardedKeys {
	/** What a key does where no dialog is open and no text has the focus; null for a key without an action. */
	actionOf(event: KeyboardEvent, focus: FocusKind): (() => void) | null;
	/** Escape, where no dialog takes it. */
	escape(): void;
	/** A reader sent this line. */
	read(line: string): void;
}

/**
 * Every key passes the guard first, so that of a reader's line neither the letters nor the Tab and Enter in it do
 * anything, also in a dialog.
 */
export function useGuardedKeys(keys: GuardedKeys): void {
	const latest = useRef(keys);
	latest.current = keys;
	useEffect(() => {
		// When the key was pressed, not when a busy page came to it.
		let pressedAt = 0;
		const guard = createKeyGuard({
			clock: () => pressedAt,
			later: (run, delayMs) => window.setTimeout(run, delayMs),
			forget: (timer) => window.clearTimeout(timer),
		});
		function onKeyDown(event: KeyboardEvent): void {
			// A held key is no reader. A reader sends characters, Tab and Enter, and no other key.
			if (event.repeat || isModifier(event) || event.ctrlKey || event.altKey || event.metaKey) return;
			if (event.key === "Escape" && !isDialogOpen()) latest.current.escape();
			if (event.key.length > 1 && event.key !== "Enter" && event.key !== "Tab") return;
			pressedAt = event.timeStamp;
			const { isKept, line } = guardKey(guard, event, latest.current);
			if (isKept) {
				event.preventDefault();
				event.stopImmediatePropagation();
			}
			if (line !== null) latest.current.read(line);
		}
		document.addEventListener("keydown", onKeyDown, true);
		return () => document.removeEventListener("keydown", onKeyDown, true);
	}, []);
}

export const isDialogOpen = () => document.querySelector("dialog[open]") !== null;

/** `isKept`: the browser and the page must not see the key. */
function guardKey(
	guard: KeyGuard,
	event: KeyboardEvent,
	{ actionOf }: GuardedKeys,
): { isKept: boolean; line: string | null } {
	const focused = document.activeElement;
	const focus = focusKind(focused);
	// What the browser would do at once waits as well: it may be the first key of a reader's line.
	const isPress = (event.key === "Enter" || event.key === " ") && focused !== null;
	const press = isPress ? pressOf(focused, event.key, focus) : null;
	const run = press ?? (isDialogOpen() || focus === "text" ? null : actionOf(event, focus));
	const endsLine = event.key === "Enter" || event.key === "Tab";
	const { isReading, line } = guard.press({ run, character: characterOf(event), endsLine });
	return { isKept: isHeldBackFromPage({ isReading, focus, key: event.key, hasAction: run !== null }), line };
}

/** What Enter and Space do on the control that has the focus; null where the browser does nothing, or opens a list. */
function pressOf(focused: Element, key: string, focus: FocusKind): (() => void) | null {
	if (!(focused instanceof HTMLElement)) return null;
	const form = focused.closest("form");
	if (focus === "text") {
		const sends = key === "Enter" && form !== null && !focused.matches("[contenteditable]");
		return sends ? () => form.requestSubmit() : null;
	}
	if (key === "Enter" && focused.matches("input") && form !== null) return () => form.requestSubmit();
	const isPressed = focused.matches(key === "Enter" ? "button, a[href], summary" : "button, summary, input");
	return isPressed && (focus === "control" || isInDialog(focused)) ? () => focused.click() : null;
}

const isInDialog = (target: EventTarget | null) => target instanceof Element && target.closest("dialog") !== null;
const isModifier = ({ key }: KeyboardEvent) => ["Shift", "Control", "Alt", "Meta", "CapsLock"].includes(key);

/** A control that got the focus from the mouse does not take Space and Enter away from "next". */
function focusKind(focused: Element | null): FocusKind {
	if (focused === null) return "page";
	if (focused.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])")) return "text";
	return focused.matches(":is(button, a[href], summary, input):focus-visible") ? "control" : "page";
}
