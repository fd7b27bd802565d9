import type { Language } from "../../../protocol/model/language.ts";

/**
 * The keys of a script, row by row, in the order that its readers know from their own keyboards; scripts with more
 * letters than ten to a row stand in the order of their alphabet, which wraps where the screen does. Only letters that
 * are left after folding (find.ts) have a key: "é" is typed as "e", "が" as "か", "أ" as "ا", and Thai without its marks.
 */
const QWERTY = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
const CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
const ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء";
/** Forty-two consonants (two are written no more) and the vowels that stand in the line. */
const THAI = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาเแโใไฤ";
/** Two-set Hangul, its seven doubled letters folded onto the plain ones. */
const HANGUL = ["ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"];

export type Keys = { rows: readonly string[] } | { alphabet: string };

/** Chinese is typed in pinyin. */
export const KEYS: Readonly<Record<Language, Keys>> = {
	"zh-Hans": { rows: QWERTY },
	en: { rows: QWERTY },
	es: { rows: ["qwertyuiop", "asdfghjklñ", "zxcvbnm"] },
	pt: { rows: QWERTY },
	it: { rows: QWERTY },
	fr: { rows: ["azertyuiop", "qsdfghjklm", "wxcvbn"] },
	de: { rows: ["qwertzuiop", "asdfghjkl", "yxcvbnm"] },
	ko: { rows: HANGUL },
	ja: { alphabet: KANA },
	ru: { alphabet: CYRILLIC },
	ar: { alphabet: ARABIC },
	th: { alphabet: THAI },
};

/** Every key of a language, in order. */
export function keysOf(language: Language): string[] {
	const keys = KEYS[language];
	return [...("rows" in keys ? keys.rows.join("") : keys.alphabet)];
}
