import { type RefObject, useLayoutEffect } from "react";

const STEPS = [1, 0.94, 0.88, 0.82, 0.77, 0.72, 0.67, 0.61, 0.56];

/** What fitted before, by what was shown and how: the same screen comes again with the next visitor. Fonts that load make it void. */
const fits = new Map<string, number>();
/** The same by the texts alone: what to begin with. */
const lastFits = new Map<string, number>();
const MAX_KEPT = 200;
// Also what was measured for a screen that is gone by then, such as a rehearsal's.
document.fonts.addEventListener("loadingdone", () => fits.clear());

/**
 * One size of text for all boxes of a group: the largest at which none of them overflows. Words
 * of twelve languages differ in length by half; a tile does not. Sets `--fit` on the group and
 * marks it `data-tight` past the last step, where words may break. `texts` is what is shown.
 */
export function useFit(group: RefObject<HTMLElement | null>, boxes: string, texts: string): void {
	useLayoutEffect(() => {
		const element = group.current;
		if (!element || texts === "") return;
		let fitted = "";
		const fitText = () => {
			// Before anything is measured: where it fits, as it mostly does, the layout that measures is the one that is drawn.
			if (fitted === "") set(element, lastFits.get(texts) ?? 0);
			// Trying a size costs a layout, so only what can change the outcome starts it again.
			const { clientWidth, clientHeight } = element;
			const circumstances = `${clientWidth} ${clientHeight} ${document.documentElement.hasAttribute("data-large")}`;
			if (circumstances === fitted) return;
			fitted = circumstances;
			const kept = fits.get(`${circumstances} ${texts}`);
			const place = kept ?? placeThatFits(element, boxes);
			set(element, place);
			keep(lastFits, texts, place);
			if (kept === undefined) keep(fits, `${circumstances} ${texts}`, place);
		};
		const refit = () => {
			fitted = "";
			fitText();
		};
		fitText();
		const size = new ResizeObserver(fitText);
		size.observe(element);
		const modes = new MutationObserver(fitText);
		modes.observe(document.documentElement, { attributeFilter: ["data-large", "data-reach"] });
		document.fonts.addEventListener("loadingdone", refit);
		return () => {
			size.disconnect();
			modes.disconnect();
			document.fonts.removeEventListener("loadingdone", refit);
		};
	}, [group, boxes, texts]);
}

/** The place in STEPS of the largest size at which nothing overflows; past the last one where even that does. */
function placeThatFits(group: HTMLElement, boxes: string): number {
	group.removeAttribute("data-tight");
	const place = STEPS.findIndex((step) => {
		group.style.setProperty("--fit", String(step));
		return !overflows(group, boxes);
	});
	return place < 0 ? STEPS.length : place;
}

function set(group: HTMLElement, place: number): void {
	group.style.setProperty("--fit", String(STEPS[place] ?? STEPS.at(-1)));
	group.toggleAttribute("data-tight", place === STEPS.length);
}

function keep(places: Map<string, number>, key: string, place: number): void {
	if (places.size >= MAX_KEPT) places.clear();
	places.set(key, place);
}

function overflows(group: HTMLElement, boxes: string): boolean {
	// Lines of text reach a little out of their own boxes; the group's padding takes that up.
	if (group.scrollHeight > group.clientHeight + 4) return true;
	return [...group.querySelectorAll<HTMLElement>(boxes)].some(holdsTooMuch);
}

function holdsTooMuch(box: HTMLElement): boolean {
	const { paddingTop, paddingBottom } = getComputedStyle(box);
	const room = box.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom);
	if (box.scrollWidth > box.clientWidth + 1) return true;
	return [...box.children].some(
		(part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().height > room + 1,
	);
}
