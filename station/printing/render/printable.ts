/** Shown where no bundled font has the character. The Chinese fonts, which are always present, have this one. */
const REPLACEMENT = "□";
const SOFT_HYPHEN = 0xad;

/** Characters that are never visible: without a glyph they are left out, not replaced. */
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;

/**
 * Removes what a list of fonts cannot show, so that canvas never falls back to a font of the machine.
 * Adds code points that a reader would miss to `missing`. Line breaks and other controls become
 * spaces; soft hyphens stay for line breaking.
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
