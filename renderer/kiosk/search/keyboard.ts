import type { Language } from "../../../protocol/model/language.ts";

/*
 * The keys of each script. Rows follow the keyboards that its readers know. Scripts with more than ten letters to a row
 * are in alphabetical order and wrap with the screen. Only folded letters (find.ts) have a key: "é" is typed as "e", "が"
 * as "か", "أ" as "ا", and Thai without its marks.
 */
const QWERTY = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
const CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
const ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء";
/** Forty-two consonants (two are obsolete) and the vowels on the baseline. */
const THAI = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาเแโใไฤ";
/** Two-set Hangul without its seven doubled letters. */
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
