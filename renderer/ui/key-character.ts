/** The character of a key. Where the layout or an input method gives another script's, the position of the key tells: readers send positions. */
export function characterOf({
	key,
	code,
	shiftKey,
}: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string | undefined {
	const digit = /^Digit(\d)$/.exec(code)?.[1];
	if (digit !== undefined && !shiftKey) return digit;
	if (/^[\x21-\x7e]$/.test(key)) return key;
	return key.length === 1 || key === "Process" ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
}
