import type { Desk } from "../effects/desk-effects.ts";
import { actionForKey, type KeyedAction } from "../state/actions.ts";
import { scannedCode } from "../state/scanned-code.ts";
import { isDialogOpen, useGuardedKeys } from "./use-guarded-keys.ts";

export interface KeyHandlers {
	perform(action: KeyedAction): void;
	/** A digit was typed outside of text: the number that it begins is searched for. "/" gives an empty text. */
	find(text: string): void;
	showKeys(): void;
	/** A reader sent a line: the code of a booking or a ticket in it, null where it holds none. */
	scan(code: string | null): void;
	/** False: single letters do nothing (WCAG 2.1.4). */
	singleKeys: boolean;
}

/** One key for each action, wherever the focus is, except in text; a reader's lines apart. Escape closes the notice. */
export function useActionKeys(desk: Pick<Desk, "dismissNotice">, handlers: KeyHandlers): void {
	const { perform, find, showKeys, scan, singleKeys } = handlers;
	useGuardedKeys({
		actionOf(event, focus) {
			if (event.key === "?") return showKeys;
			if (event.key === "/") return () => find("");
			if (/^\d$/.test(event.key)) return () => find(event.key);
			const action = singleKeys ? actionForKey(event, focus) : null;
			return action && (() => !isDialogOpen() && perform(action));
		},
		escape: desk.dismissNotice,
		read: (line) => scan(scannedCode(line)),
	});
}
