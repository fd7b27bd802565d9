import { LANGUAGES } from "../../../protocol/model/language.ts";
import type { ButtonTexts } from "./buttons.ts";

/** Calls `onButton` for each button that gets the focus, and again when its text or state changes. */
export function watchFocus(onButton: (button: ButtonTexts) => void): void {
	let last = "";
	const report = () => {
		const focused = document.activeElement;
		if (!(focused instanceof HTMLButtonElement)) return;
		const button = textsOf(focused);
		// The name and the state of the button count, not a wait that changes meanwhile.
		const now = `${button.texts[0]?.text} ${button.pressed} ${focused.dataset.slip}`;
		if (now === last) return;
		last = now;
		onButton(button);
	};
	const changes = new MutationObserver(report);
	addEventListener("focusin", ({ target }) => {
		changes.disconnect();
		last = "";
		if (!(target instanceof HTMLButtonElement)) return;
		changes.observe(target, {
			subtree: true,
			childList: true,
			characterData: true,
			attributeFilter: ["aria-pressed", "data-slip"],
		});
		report();
	});
}

function textsOf(button: HTMLButtonElement): ButtonTexts {
	const pressed = button.getAttribute("aria-pressed");
	const label = button.getAttribute("aria-label");
	return {
		texts: label === null ? textsIn(button) : [{ text: label, language: languageOf(button) }],
		pressed: pressed === null ? undefined : pressed === "true",
	};
}

function textsIn(button: HTMLButtonElement): ButtonTexts["texts"] {
	const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
	// A name may be split into phrases (components/phrases.tsx): the elements around them have its whole text.
	const elements = new Set<Element>();
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const element = node.parentElement?.closest(":not([data-phrase])");
		if (element) elements.add(element);
	}
	return Array.from(elements, (element) => ({
		text: element.textContent?.trim() ?? "",
		language: languageOf(element),
	})).filter(({ text }) => text !== "");
}

/** The nearest language that the kiosk speaks. Pinyin keys (zh-Latn) belong to the page's language. */
function languageOf(element: Element) {
	const ours = (lang: string | undefined) => LANGUAGES.find((one) => one === lang);
	const nearest = element.closest<HTMLElement>("[lang]")?.lang;
	return ours(nearest) ?? ours(document.documentElement.lang) ?? "zh-Hans";
}
