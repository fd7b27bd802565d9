import { useEffect, useRef } from "react";
import { characterOf } from "../../ui/key-character.ts";
import type { Desk } from "../effects/desk-effects.ts";
import { actionForKey, type FocusKind, type KeyedAction } from "../state/actions.ts";
import { createKeyGuard, type KeyGuard } from "../state/key-guard.ts";
import { scannedCode } from "../state/scanned-code.ts";

export interface KeyHandlers {
	perform(action: KeyedAction): void;
	/** A digit was typed outside of text: the number that it begins is searched for. "/" gives an empty text. */
	find(text: string): void;
	showKeys(): void;
	/** A reader sent the code of a booking or a ticket. */
	scan(code: string): void;
	/** False: single letters do nothing (WCAG 2.1.4). */
	singleKeys: boolean;
}

/**
 * One key for each action, wherever the focus is, except in text. Every key passes the guard first, so that of a
 * reader's line neither the letters nor the Tab and Enter in it do anything, also in a dialog; a code in it is handed
 * over. Escape closes the notice.
 */
export function useActionKeys(desk: Pick<Desk, "dismissNotice">, handlers: KeyHandlers): void {
	const latest = useRef(handlers);
	latest.current = handlers;
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
			if (event.key === "Escape" && !isDialogOpen()) desk.dismissNotice();
			if (event.key.length > 1 && event.key !== "Enter" && event.key !== "Tab") return;
			pressedAt = event.timeStamp;
			const { isKept, line } = guardKey(guard, event, () => actionOf(event, latest.current));
			if (isKept) {
				event.preventDefault();
				event.stopImmediatePropagation();
			}
			const code = line === null ? null : scannedCode(line);
			if (code !== null) latest.current.scan(code);
		}
		document.addEventListener("keydown", onKeyDown, true);
		return () => document.removeEventListener("keydown", onKeyDown, true);
	}, [desk]);
}

/** `isKept`: the browser and the page must not see the key. */
function guardKey(
	guard: KeyGuard,
	event: KeyboardEvent,
	action: () => (() => void) | null,
): { isKept: boolean; line: string | null } {
	const focused = document.activeElement;
	const focus = focusKind(focused);
	// What the browser would do at once waits as well: it may be the first key of a reader's line.
	const isPress = (event.key === "Enter" || event.key === " ") && focused !== null;
	const press = isPress ? pressOf(focused, event.key, focus) : null;
	const run = press ?? (isDialogOpen() ? null : action());
	const endsLine = event.key === "Enter" || event.key === "Tab";
	const { isReading, line } = guard.press({ run, character: characterOf(event), endsLine });
	// A text field takes what a reader types, but not the Enter that would send it.
	return { isKept: isReading ? focus !== "text" || event.key === "Enter" : run !== null, line };
}

function actionOf(event: KeyboardEvent, { perform, find, showKeys, singleKeys }: KeyHandlers): (() => void) | null {
	const focus = focusKind(document.activeElement);
	if (focus === "text") return null;
	if (event.key === "?") return showKeys;
	if (event.key === "/") return () => find("");
	if (/^\d$/.test(event.key)) return () => find(event.key);
	const action = singleKeys ? actionForKey(event, focus) : null;
	return action && (() => !isDialogOpen() && perform(action));
}

/** What Enter and Space do on the control that has the focus; null where the browser does nothing, or opens a list. */
function pressOf(focused: Element, key: string, focus: FocusKind): (() => void) | null {
	if (!(focused instanceof HTMLElement)) return null;
	const form = focused.closest("form");
	if (focus === "text") {
		const sends = key === "Enter" && form !== null && !focused.matches("textarea, [contenteditable]");
		return sends ? () => form.requestSubmit() : null;
	}
	if (key === "Enter" && focused.matches("input") && form !== null) return () => form.requestSubmit();
	const isPressed = focused.matches(key === "Enter" ? "button, a[href], summary" : "button, summary, input");
	return isPressed && (focus === "control" || isInDialog(focused)) ? () => focused.click() : null;
}

const isDialogOpen = () => document.querySelector("dialog[open]") !== null;
const isInDialog = (target: EventTarget | null) => target instanceof Element && target.closest("dialog") !== null;
const isModifier = ({ key }: KeyboardEvent) => ["Shift", "Control", "Alt", "Meta", "CapsLock"].includes(key);

/** A control that got the focus from the mouse does not take Space and Enter away from "next". */
function focusKind(focused: Element | null): FocusKind {
	if (focused === null) return "page";
	if (focused.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])")) return "text";
	return focused.matches(":is(button, a[href], summary, input):focus-visible") ? "control" : "page";
}
