/** Drawn where no bundled face has the character; the Chinese faces, always there, have it. */
const REPLACEMENT = "□";
const SOFT_HYPHEN = 0xad;

/** Characters that never show: without a glyph they are left out, not replaced. */
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;

/**
 * The text with everything taken out that a face list cannot draw, so that canvas never falls
 * back to a font of the machine. Code points that a reader would miss are added to `missing`.
 * Line breaks and other controls become spaces; soft hyphens stay for the line breaker.
 */
export function printable(text: string, covers: (codePoint: number) => boolean, missing: Set<number>): string {
	let result = "";
	for (const character of text.normalize("NFC")) {
		const codePoint = character.codePointAt(0) ?? 0;
		if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) result += " ";
		else if (codePoint === SOFT_HYPHEN || covers(codePoint)) result += character;
		else if (!INVISIBLE.test(character)) {
			missing.add(codePoint);
			result += REPLACEMENT;
		}
	}
	return result.trim();
}
