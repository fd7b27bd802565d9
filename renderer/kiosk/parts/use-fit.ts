import { type RefObject, useLayoutEffect } from "react";

const STEPS = [1, 0.94, 0.88, 0.82, 0.77, 0.72, 0.67, 0.61, 0.56];

/**
 * One size of text for all boxes of a group: the largest at which none of them overflows. Words
 * of twelve languages differ in length by half; a tile does not. Sets `--fit` on the group and
 * marks it `data-fit="tight"` at the last step, where words may break. `texts` is what is shown.
 */
export function useFit(group: RefObject<HTMLElement | null>, boxes: string, texts: string): void {
	useLayoutEffect(() => {
		const element = group.current;
		if (!element || texts === "") return;
		let fitted = "";
		const fitText = () => {
			// Trying a size costs a layout, so only what can change the outcome starts it again.
			const { clientWidth, clientHeight } = element;
			const circumstances = `${clientWidth} ${clientHeight} ${document.documentElement.hasAttribute("data-large")}`;
			if (circumstances === fitted) return;
			fitted = circumstances;
			delete element.dataset.fit;
			for (const step of STEPS) {
				element.style.setProperty("--fit", String(step));
				if (!overflows(element, boxes)) return;
			}
			element.dataset.fit = "tight";
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
