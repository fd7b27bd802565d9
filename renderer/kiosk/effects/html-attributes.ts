import { directionOf, type Language } from "../../../protocol/model/language.ts";
import { type Kiosk, shownLanguageOf } from "../state/state.ts";

/** Sets language, direction and modes on <html>, where every style sees them. */
export function setHtmlAttributes(
	html: HTMLElement,
	{ modes, state }: Pick<Kiosk, "modes" | "state">,
	has: (language: Language) => boolean,
): void {
	const selected = shownLanguageOf(state) ?? "zh-Hans";
	// Missing messages are shown in English, and in Chinese until English is loaded.
	const language = ([selected, "en"] as const).find(has) ?? "zh-Hans";
	html.lang = language;
	html.dir = directionOf(language);
	html.toggleAttribute("data-reach", modes.reach === "on");
	html.toggleAttribute("data-large", modes.text === "on");
	if (modes.contrast === "on") html.dataset.contrast = "high";
	else delete html.dataset.contrast;
}
