import { randomBytes } from "node:crypto";

/** Crockford's base 32: no I, L, O or U, so that a code can be read aloud and typed. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 10;

/** The code on the paper: 50 random bits, so that nobody finds a ticket by trying. */
export function makeTicketCode(): string {
	// 256 is a multiple of 32: the low five bits of a random byte are even.
	return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31]).join("");
}
