/** Kinds of personal data that a note must not contain. */
export const PERSONAL_KINDS = ["identity-card", "passport", "mail", "birth-date", "phone"] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/*
 * Shapes, not proof: staff are warned, and decide. China's identity and permanent-residence cards have 18 characters,
 * the older permanent-residence card 15; passports have one or two letters and seven or eight digits, or nine
 * characters with letters and digits (ICAO 9303 allows no more); a phone number has seven digits or more, however
 * they are grouped. A ticket's own number (a letter and three to six digits) is none of these.
 */
const SHAPES: Readonly<Record<PersonalKind, RegExp>> = {
	"identity-card": /(?<![\dA-Z])(\d{17}[\dX]|[A-Z]{3}\d{12})(?![\dA-Z])/i,
	passport: /(?<![\dA-Z])([A-Z]{1,2}\d{7,8}|(?=(?:[A-Z]*\d){4})[A-Z][A-Z\d]{8})(?![\dA-Z])/i,
	mail: /[^\s@]+@[^\s@]+\.[^\s@]+/,
	"birth-date": /(?<!\d)(19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}/,
	phone: /(?<!\d)\+?\d(?:[\s().-]?\d){6,}(?!\d)/,
};

/** The first kind that the text looks like, the clearest kind first; null for none. */
export function personalDataIn(text: string): PersonalKind | null {
	return PERSONAL_KINDS.find((kind) => SHAPES[kind].test(text)) ?? null;
}
