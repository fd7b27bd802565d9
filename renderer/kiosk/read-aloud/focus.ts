import { LANGUAGES } from "../../i18n/languages.ts";
import type { Written } from "./buttons.ts";

/** Tells each button that the focus comes to, and what becomes of it while the focus is there. */
export function watchFocus(dispatch: (button: Written) => void): void {
	let told = "";
	const poll = () => {
		const focused = document.activeElement;
		if (!(focused instanceof HTMLButtonElement)) return;
		const written = writtenOn(focused);
		// A wait that changes meanwhile is not told: only what the button is, and whether it is pressed.
		const now = `${written.texts[0]?.text} ${written.pressed} ${focused.dataset.slip}`;
		if (now === told) return;
		told = now;
		dispatch(written);
	};
	const changes = new MutationObserver(poll);
	addEventListener("focusin", ({ target }) => {
		changes.disconnect();
		told = "";
		if (!(target instanceof HTMLButtonElement)) return;
		changes.observe(target, {
			subtree: true,
			childList: true,
			characterData: true,
			attributeFilter: ["aria-pressed", "data-slip"],
		});
		poll();
	});
}

function writtenOn(button: HTMLButtonElement): Written {
	const pressed = button.getAttribute("aria-pressed");
	const label = button.getAttribute("aria-label");
	return {
		texts: label === null ? textsIn(button) : [{ text: label, language: languageOf(button) }],
		pressed: pressed === null ? undefined : pressed === "true",
	};
}

function textsIn(button: HTMLButtonElement): Written["texts"] {
	const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
	const texts: { text: string; language: Written["texts"][number]["language"] }[] = [];
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const text = node.nodeValue?.trim() ?? "";
		if (text !== "" && node.parentElement) texts.push({ text, language: languageOf(node.parentElement) });
	}
	return texts;
}

/** Of the element itself where that is one of ours; pinyin keys are the visitor's own. */
function languageOf(element: Element) {
	const ours = (lang: string | undefined) => LANGUAGES.find((one) => one === lang);
	const nearest = element.closest<HTMLElement>("[lang]")?.lang;
	return ours(nearest) ?? ours(document.documentElement.lang) ?? "zh-Hans";
}
