import { z } from "zod";

/**
 * Characters that change how the text around them is shown or read, and are not seen themselves: controls, line and
 * paragraph separators, the marks and overrides of writing direction, and unpaired surrogates. One of them in a name
 * can turn a whole row of the board or the paper round. Soft hyphens, zero-width spaces and joiners stay: German, Thai
 * and Arabic need them.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

export function isPlainText(text: string): boolean {
	return !UNSAFE.test(text);
}

/** One line of text for people: trimmed, in NFC, not empty, `maxLength` characters at most, nothing that is not seen. */
export const plainTextSchema = (maxLength: number) =>
	z
		.string()
		.trim()
		.normalize("NFC")
		.min(1)
		.max(maxLength)
		.refine(isPlainText, "no control characters and no marks of writing direction");
