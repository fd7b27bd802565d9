import { type RefObject, useLayoutEffect } from "react";

const STEPS = [1, 0.94, 0.88, 0.82, 0.77, 0.72, 0.68];

/**
 * One size of text for all boxes of a group: the largest at which none of them overflows. Words
 * of twelve languages differ in length by half; a tile does not. Sets `--fit` on the group and
 * marks it `data-fit="tight"` at the last step, where words may break.
 */
export function useFit(group: RefObject<HTMLElement | null>, boxes: string, changes: readonly unknown[]): void {
	// biome-ignore lint/correctness/useExhaustiveDependencies: `changes` is what the caller shows
	useLayoutEffect(() => {
		const element = group.current;
		if (!element) return;
		const fit = () => {
			delete element.dataset.fit;
			for (const step of STEPS) {
				element.style.setProperty("--fit", String(step));
				if (!overflows(element, boxes)) return;
			}
			element.dataset.fit = "tight";
		};
		fit();
		const watch = new ResizeObserver(fit);
		watch.observe(element);
		const html = new MutationObserver(fit);
		html.observe(document.documentElement, { attributeFilter: ["data-large", "data-reach", "lang"] });
		document.fonts.addEventListener("loadingdone", fit);
		return () => {
			watch.disconnect();
			html.disconnect();
			document.fonts.removeEventListener("loadingdone", fit);
		};
	}, [group, boxes, ...changes]);
}

function overflows(group: HTMLElement, boxes: string): boolean {
	const all = [group, ...group.querySelectorAll<HTMLElement>(boxes)];
	return all.some((box) => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1);
}
