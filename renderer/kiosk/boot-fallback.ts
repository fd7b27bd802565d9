/*
 * What the page can do before the kiosk has started, and if it never does: call staff, and reload. It is a script of
 * its own without imports of the kiosk's code, so it works whatever part of that failed to load.
 */

import chinese from "../ui/fonts/chinese.css?url";

/** Longer than the slowest start. */
const RELOAD_EVERY_MS = 20_000;
/** The kiosk loads its own Chinese font; if it has not started by then, the fallback needs it. */
const FONT_AFTER_MS = 3_000;

const findFallback = () => document.querySelector<HTMLElement>(".boot-fallback");

/** Reloads only while the station answers: otherwise the browser would show its own error page. */
async function reload(): Promise<void> {
	if (!findFallback()) return;
	const response = await fetch(location.pathname, { cache: "no-store" }).catch(() => null);
	if (response?.ok && findFallback()) location.reload();
}
setInterval(reload, RELOAD_EVERY_MS);

setTimeout(() => {
	if (!findFallback()) return;
	const sheet = document.createElement("link");
	sheet.rel = "stylesheet";
	sheet.href = chinese;
	document.head.append(sheet);
}, FONT_AFTER_MS);

async function callStaff(fallback: HTMLElement): Promise<void> {
	const key = new URLSearchParams(location.hash.slice(1)).get("key") ?? "";
	const response = await fetch("/api/help", {
		method: "POST",
		headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
		body: "{}",
	}).catch(() => null);
	if (response?.ok) fallback.dataset.called = "";
}
document.addEventListener("click", ({ target }) => {
	const fallback = findFallback();
	if (fallback && target instanceof Element && target.closest(".boot-fallback button")) void callStaff(fallback);
});
