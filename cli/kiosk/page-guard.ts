import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMAND_KEYS, KEYPAD_KEYS } from "../../lib/kiosk-keys.ts";

/** What a page of the demo calls to end it. */
export const LEAVE_BINDING = "paihaoLeave";

/** The script that keeps a page from the browser's own keys and menus, as text. A page that has it already is left alone. */
export function pageGuardOf(top: string, { mayLeave }: { mayLeave: boolean }): string {
	const script = readFileSync(join(top, "resources/kiosk-window/page-guard.js"), "utf8");
	const guard = {
		commandKeys: COMMAND_KEYS.source,
		keypadKeys: KEYPAD_KEYS.source,
		...(mayLeave && { leave: LEAVE_BINDING }),
	};
	return `if (!globalThis.paihaoGuarded) {
	Object.defineProperty(globalThis, "paihaoGuarded", { value: true });
	const GUARD = ${JSON.stringify(guard)};
	(() => {${script}})();
}`;
}
