/*
 * What the page can do before its program runs, and where it never does: call staff, and begin again. It stands beside
 * the program and imports nothing of it: whatever of the program did not come, this is here.
 */

/** Longer than the slowest start. */
const BEGINS_AGAIN_AFTER = 20_000;

import chinese from "../ui/fonts/chinese.css?url";

const starting = () => document.querySelector<HTMLElement>(".starting");

/** The program is not here, or nothing can be drawn any more. A page from a dead station would be the browser's own error. */
async function beginAgain(): Promise<void> {
	if (!starting()) return;
	const answer = await fetch(location.pathname, { cache: "no-store" }).catch(() => null);
	if (answer?.ok && starting()) location.reload();
}
setInterval(beginAgain, BEGINS_AGAIN_AFTER);

/** The program brings the glyphs that it shows; where it does not come, the page needs its Chinese all the same. */
const GLYPHS_MISSED_AFTER = 3_000;
setTimeout(() => {
	if (!starting()) return;
	const sheet = document.createElement("link");
	sheet.rel = "stylesheet";
	sheet.href = chinese;
	document.head.append(sheet);
}, GLYPHS_MISSED_AFTER);

async function callStaff(place: HTMLElement): Promise<void> {
	const key = new URLSearchParams(location.hash.slice(1)).get("key") ?? "";
	const answer = await fetch("/api/help", {
		method: "POST",
		headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
		body: "{}",
	}).catch(() => null);
	if (answer?.ok) place.dataset.called = "";
}
document.addEventListener("click", ({ target }) => {
	const place = starting();
	if (place && target instanceof Element && target.closest(".starting button")) void callStaff(place);
});
