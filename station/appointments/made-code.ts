import { createHash } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MADE_CODE_LENGTH = 8;

/** A code that a person can type, always the same for the same booking, so that reading the file again changes nothing. */
export function madeCode(source: string): string {
	const digest = createHash("sha256").update(`booking code ${source}`).digest();
	return Array.from(digest.subarray(0, MADE_CODE_LENGTH), (byte) => ALPHABET[byte & 31]).join("");
}
