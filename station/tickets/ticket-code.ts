/** Crockford's base 32: no I, L, O or U, so that a code can be read aloud and typed. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Characters of a ticket's code: 50 bits, so that nobody finds a ticket by trying. */
export const CODE_LENGTH = 10;

/** The code on the paper, from as many random bytes as it has characters. */
export function toTicketCode(random: Uint8Array): string {
	// 256 is a multiple of 32: the low five bits of a random byte are even.
	return Array.from(random, (byte) => ALPHABET[byte & 31]).join("");
}
