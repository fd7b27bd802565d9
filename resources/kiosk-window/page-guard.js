/*
 * Put into each page of the kiosk's browser before the page's own scripts run (cli/kiosk/page-guard.ts): swallows the
 * browser's keys, menu, clipboard, drag and drop, zoom and selection. GUARD is written in front of it.
 */
/* global GUARD */
const commandKeys = new RegExp(GUARD.commandKeys);
const keypadKeys = new RegExp(GUARD.keypadKeys);
const early = { capture: true, passive: false };
const HOLD_ESCAPE_MS = 1_000;

const swallow = (event) => {
	event.preventDefault();
	event.stopImmediatePropagation();
};

let escapeSince;
/** Only in the demo: Alt+F4, Ctrl+Q, Ctrl+W, or Escape held down. A short Escape is the page's own "back". */
function asksToLeave({ type, key, altKey, ctrlKey, metaKey, repeat, timeStamp }) {
	if (GUARD.leave === undefined || type !== "keydown") return false;
	if (key !== "Escape") escapeSince = undefined;
	else if (!repeat || escapeSince === undefined) escapeSince = timeStamp;
	if (escapeSince !== undefined && timeStamp - escapeSince >= HOLD_ESCAPE_MS) return true;
	return (altKey && key === "F4") || ((ctrlKey || metaKey) && /^[qw]$/i.test(key));
}

function onKey(event) {
	if (asksToLeave(event)) globalThis[GUARD.leave]("");
	const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
	if (ctrlKey || altKey || metaKey || (shiftKey && key === "Escape")) swallow(event);
	// The page acts on them; the browser must not.
	else if (keypadKeys.test(key)) event.preventDefault();
	else if (commandKeys.test(key)) swallow(event);
}

const isTextField = (target) =>
	target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "file");

for (const kind of ["keydown", "keyup"]) addEventListener(kind, onKey, early);
for (const kind of ["contextmenu", "dragstart", "dragenter", "dragover", "drop", "copy", "cut", "paste", "auxclick"])
	addEventListener(kind, swallow, early);
addEventListener("selectstart", (event) => isTextField(event.target) || event.preventDefault(), early);
addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), early);
addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), early);
for (const name of ["print", "open", "alert", "confirm", "prompt"]) globalThis[name] = () => null;
