import type { Language } from "../../../protocol/model/language.ts";
import { directionOf } from "../../i18n/languages.ts";
import { type Kiosk, languageOf } from "../state/state.ts";

/** Language, direction and the modes stand on <html>, where every style can see them. */
export function showOnHtml(
	html: HTMLElement,
	{ modes, visit }: Pick<Kiosk, "modes" | "visit">,
	has: (language: Language) => boolean,
): void {
	// While a language is opening its words may still be missing: the screen stays as it was.
	const wanted = (visit.at === "opening" ? undefined : languageOf(visit)) ?? "zh-Hans";
	// English stands in for words that are not here, and Chinese until English is.
	const language = ([wanted, "en"] as const).find(has) ?? "zh-Hans";
	html.lang = language;
	html.dir = directionOf(language);
	html.toggleAttribute("data-reach", modes.reach === "changed");
	html.toggleAttribute("data-large", modes.text === "changed");
	if (modes.contrast === "changed") html.dataset.contrast = "high";
	else delete html.dataset.contrast;
}
