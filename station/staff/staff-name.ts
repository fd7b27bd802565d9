import { isPlainText } from "../../protocol/model/plain-text.ts";

const MAX_NAME_LENGTH = 64;

/** Marks of writing, choices of a letter's form, Hangul fillers and the empty Braille cell: nothing is seen of them. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * A name as it is compared: in any case, any width of its letters and any spacing, "ＺＨＡＯ  li" is "Zhao Li". Upper case
 * first, so that letters with several lower-case forms (ß and ss) are the same. What is not seen does not count: no two
 * names on the list look alike.
 */
export function nameKey(name: string): string {
	return tidyName(name).toUpperCase().toLowerCase().normalize("NFKC").replaceAll(UNSEEN, "");
}

/** Whether people can tell a name, as it is kept, from others: something is seen of it, and nothing turns it round. */
export function isStaffName(name: string): boolean {
	return nameKey(name) !== "" && name.length <= MAX_NAME_LENGTH && isPlainText(name);
}

/** A name as it is kept: one form of each character, single spaces, none at the ends. */
export function tidyName(name: string): string {
	return name.normalize("NFKC").trim().replaceAll(/\s+/gu, " ");
}
