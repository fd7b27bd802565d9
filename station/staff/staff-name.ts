/**
 * A name as it is compared: in any case, any width of its letters and any spacing, "ＺＨＡＯ  li" is "Zhao Li". Upper case
 * first, so that letters with several lower-case forms (ß and ss) are the same.
 */
export function nameKey(name: string): string {
	return tidyName(name).toUpperCase().toLowerCase().normalize("NFKC");
}

/** A name as it is kept: one form of each character, single spaces, none at the ends. */
export function tidyName(name: string): string {
	return name.normalize("NFKC").trim().replaceAll(/\s+/gu, " ");
}
