import { useEffect, useRef } from "react";
import type { Desk } from "../effects/desk-effects.ts";
import { actionForKey, type FocusKind, type KeyedAction } from "../state/actions.ts";

/** One key for each action, wherever the focus is, except in text. Escape closes the notice. */
export function useActionKeys(desk: Pick<Desk, "dismissNotice">, perform: (action: KeyedAction) => void): void {
	const latest = useRef(perform);
	latest.current = perform;
	useEffect(() => {
		function onKeyDown(event: KeyboardEvent): void {
			// An open dialog has the keys to itself.
			if (document.querySelector("dialog[open]") !== null) return;
			if (event.key === "Escape") desk.dismissNotice();
			const action = actionForKey(event, focusKind(document.activeElement));
			if (action === null) return;
			event.preventDefault();
			latest.current(action);
		}
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, [desk]);
}

/** A control that got the focus from the mouse does not take Space and Enter away from "next". */
function focusKind(focused: Element | null): FocusKind {
	if (focused === null) return "page";
	if (focused.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])")) return "text";
	return focused.matches(":is(button, a[href], summary, input):focus-visible") ? "control" : "page";
}
