import { useEffect, useRef } from "react";
import type { Desk } from "../effects/desk-effects.ts";
import { actionForKey, type FocusKind, type KeyedAction } from "../state/actions.ts";
import { createKeyGuard } from "../state/key-guard.ts";

/** One key for each action, wherever the focus is, except in text. Escape closes the notice. */
export function useActionKeys(desk: Pick<Desk, "dismissNotice">, perform: (action: KeyedAction) => void): void {
	const latest = useRef(perform);
	latest.current = perform;
	useEffect(() => {
		const guard = createKeyGuard({
			clock: () => performance.now(),
			later: (run, delayMs) => window.setTimeout(run, delayMs),
			forget: (timer) => window.clearTimeout(timer),
		});
		function onKeyDown(event: KeyboardEvent): void {
			// An open dialog has the keys to itself, also the Enter that closes it. A held key is no reader.
			if (event.repeat || isDialogOpen() || isInDialog(event.target)) return;
			if (event.key === "Escape") desk.dismissNotice();
			if (isModifier(event)) return;
			const action = actionForKey(event, focusKind(document.activeElement));
			if (action !== null) event.preventDefault();
			guard.press(action === null ? null : () => !isDialogOpen() && latest.current(action));
		}
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, [desk]);
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
