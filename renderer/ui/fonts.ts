import type { Language } from "../../protocol/model/language.ts";

/** The long sheets of the Han faces, each fetched when its language is first wanted. */
const SHEETS: Partial<Record<Language, () => Promise<unknown>>> = {
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
 * Has every glyph of the text ready before it is shown, so that no other font ever stands in for
 * a moment. A font that cannot be fetched holds nobody up: the promise never fails.
 */
export async function prepareFonts(language: Language, text: string): Promise<void> {
	try {
		await SHEETS[language]?.();
		const face = FACES[language];
		const letters = [...new Set(text)].join("");
		await Promise.all([
			document.fonts.load(`600 32px "Noto Sans Variable"`, letters),
			face && document.fonts.load(`600 32px "${face}"`, letters),
		]);
	} catch {
		// The text is shown with whatever is there.
	}
}

/** Whether a text's glyphs are here already, so that no other font stands in for them. */
export function canDraw(language: Language, text: string): boolean {
	return document.fonts.check(`600 32px "${FACES[language] ?? "Noto Sans Variable"}"`, text);
}

/** The faces for the languages' own names (fonts/names.css), all at once. Never fails either. */
export async function prepareNames(names: Readonly<Record<Language, string>>): Promise<void> {
	const faces = Object.entries(names).map(([language, name]) =>
		document.fonts.load(`600 32px "${FACES[language as Language] ?? "Noto Sans Variable"}"`, name),
	);
	await Promise.allSettled(faces);
}
