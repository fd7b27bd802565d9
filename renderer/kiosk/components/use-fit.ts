import { type RefObject, useLayoutEffect } from "react";

const STEPS = [1, 0.94, 0.88, 0.82, 0.77, 0.72, 0.67, 0.61, 0.56];

/** Sizes by text and circumstances: the next visitor sees the same screens. Cleared when fonts load. */
const fits = new Map<string, number>();
/** Sizes by text alone: the first guess. */
const lastFits = new Map<string, number>();
const MAX_CACHED = 200;
// Here, because a prerendered screen is gone by the time its fonts load.
document.fonts.addEventListener("loadingdone", () => fits.clear());

/**
 * Finds one text size for all boxes of a group: the largest at which none of them overflows. Texts of twelve languages
 * differ in length by half; tiles do not. Sets `--fit` on the group, and `data-tight` past the last step, where words
 * may break. `texts` is everything shown, to measure again when it changes.
 */
export function useFit(group: RefObject<HTMLElement | null>, boxes: string, texts: string): void {
	useLayoutEffect(() => {
		const element = group.current;
		if (!element || texts === "") return;
		let fitted = "";
		const fitText = () => {
			// The guess is set before measuring: if it fits, as it mostly does, one layout both measures and draws.
			if (fitted === "") set(element, lastFits.get(texts) ?? 0);
			// Each size costs a layout: measure again only after a change that matters.
			const { clientWidth, clientHeight } = element;
			const circumstances = `${clientWidth} ${clientHeight} ${document.documentElement.hasAttribute("data-large")}`;
			if (circumstances === fitted) return;
			fitted = circumstances;
			const cached = fits.get(`${circumstances} ${texts}`);
			const place = cached ?? findFit(element, boxes);
			set(element, place);
			cache(lastFits, texts, place);
			if (cached === undefined) cache(fits, `${circumstances} ${texts}`, place);
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

/** The smallest size that is worth a name of two lines instead of three. */
const LEAST_STEP_FOR_LINES = 0.77;

/**
 * The index in STEPS of the largest size without overflow, with names of two lines if a size not much smaller has them;
 * STEPS.length if even the last overflows.
 */
function findFit(group: HTMLElement, boxes: string): number {
	group.removeAttribute("data-tight");
	let largest = STEPS.length;
	for (const [place, step] of STEPS.entries()) {
		if (largest < STEPS.length && step < LEAST_STEP_FOR_LINES) break;
		group.style.setProperty("--fit", String(step));
		if (overflows(group, boxes)) continue;
		if (!hasThirdLine(group)) return place;
		largest = Math.min(largest, place);
	}
	return largest;
}

function hasThirdLine(group: HTMLElement): boolean {
	return [...group.querySelectorAll<HTMLElement>("[data-two-lines]")].some(
		(name) => name.clientHeight > 2.5 * Number.parseFloat(getComputedStyle(name).lineHeight),
	);
}

function set(group: HTMLElement, place: number): void {
	group.style.setProperty("--fit", String(STEPS[place] ?? STEPS.at(-1)));
	group.toggleAttribute("data-tight", place === STEPS.length);
}

function cache(places: Map<string, number>, key: string, place: number): void {
	if (places.size >= MAX_CACHED) places.clear();
	places.set(key, place);
}

function overflows(group: HTMLElement, boxes: string): boolean {
	// Lines of text are a little taller than their boxes; the group's padding has room for that.
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
