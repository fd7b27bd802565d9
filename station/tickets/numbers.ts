/*
 * The two names of a ticket on its paper: the number that everyone may hear, and the code that only its visitor has.
 */

/**
 * A ticket's number: the letter of its series and at least three digits. After 999 come A1000, A1001 and so on: a letter
 * belongs to one series, so these cannot be numbers of another, and nothing starts again within a day.
 */
export function formatNumber(series: string, ordinal: number): string {
	return `${series}${String(ordinal).padStart(3, "0")}`;
}

/** A number as it is written on paper, however staff type it: "b12" and full-width letters are B012. */
export function writtenNumber(typed: string): string {
	const number = typed.normalize("NFKC").trim().toUpperCase();
	const [, series, ordinal] = /^([A-Z])(\d{1,6})$/.exec(number) ?? [];
	return series === undefined || ordinal === undefined ? number : formatNumber(series, Number(ordinal));
}

/** Crockford's base 32: no I, L, O or U, so that a code can be read aloud and typed. */
const CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 50 bits: a ticket's code cannot be found by trying. */
export const CODE_LENGTH = 10;

/** A code from random bytes, one for each character. */
export function toTicketCode(random: Uint8Array): string {
	// 256 is a multiple of 32, so the low five bits of a random byte are evenly distributed.
	return Array.from(random, (byte) => CODE_ALPHABET[byte & 31]).join("");
}
