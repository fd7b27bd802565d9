import type { Language } from "../../protocol/model/language.ts";

/** The large style sheets of the CJK fonts, each loaded when its language is first used. */
const STYLE_SHEETS: Partial<Record<Language, () => Promise<unknown>>> = {
	"zh-Hans": () => import("./fonts/chinese.css"),
	ja: () => import("./fonts/japanese.css"),
	ko: () => import("./fonts/korean.css"),
};

const FACES: Partial<Record<Language, string>> = {
	"zh-Hans": "Noto Sans SC Variable",
	ja: "Noto Sans JP Variable",
	ko: "Noto Sans KR Variable",
	ar: "Noto Sans Arabic Variable",
	th: "Noto Sans Thai Variable",
};

/**
 * Loads every glyph of the text before it is shown, so that no fallback font flashes. Never rejects: without its font
 * the text is shown in another.
 */
export async function prepareFonts(language: Language, text: string): Promise<void> {
	try {
		await STYLE_SHEETS[language]?.();
		const face = FACES[language];
		const letters = [...new Set(text)].join("");
		await Promise.all([
			document.fonts.load(`600 32px "Noto Sans Variable"`, letters),
			face && document.fonts.load(`600 32px "${face}"`, letters),
		]);
	} catch {
		// Shown in a fallback font.
	}
}

/** Whether all glyphs of a text are loaded. */
export function canDraw(language: Language, text: string): boolean {
	return document.fonts.check(`600 32px "${FACES[language] ?? "Noto Sans Variable"}"`, text);
}

/** Loads the fonts of the languages' own names (fonts/names.css). Never rejects. */
export async function prepareNames(names: Readonly<Record<Language, string>>): Promise<void> {
	const faces = Object.entries(names).map(([language, name]) =>
		document.fonts.load(`600 32px "${FACES[language as Language] ?? "Noto Sans Variable"}"`, name),
	);
	await Promise.allSettled(faces);
}
