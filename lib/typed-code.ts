/**
 * The one folding of codes that people type or a code reader sends: booking codes, ticket codes. Reading, storing and
 * comparing all use it, so that a code is the same visit wherever it is entered.
 *
 * Full-width forms are narrowed (NFKD), case, accents, spaces and punctuation do not count, and the letters that
 * Crockford's base 32 leaves out are read as the digits they look like: O as 0, I and L as 1. Digits of another script
 * are those of ours; a letter of another script stays: without it the rest could be somebody else's code.
 */
export function foldCode(typed: string): string {
	// Nearly all that lists hold is folded already.
	if (FOLDED.test(typed)) return typed;
	return typed
		.normalize("NFKD")
		.replaceAll(/\p{Nd}/gu, figureOf)
		.toUpperCase()
		.replaceAll(/[\p{P}\p{S}\p{Z}\p{C}\p{M}]/gu, "")
		.replaceAll(HYPHENS, "")
		.replaceAll("O", "0")
		.replaceAll(/[IL]/g, "1");
}

/** Ten digits follow one another in each script, the zero first. */
function figureOf(digit: string): string {
	const code = digit.codePointAt(0) ?? 0;
	let zero = code;
	while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
	return String(code - zero);
}

const DIGIT = /\p{Nd}/u;
/** What Chinese and Japanese keyboards write for a hyphen: the sign for a long vowel, and the figure one between letters. */
const HYPHENS = /ー|(?<=[0-9A-Z])一(?=[0-9A-Z])/g;

const FOLDED = /^[0-9A-HJKMNP-Z]*$/;

/** AIM symbology identifier, which code readers can be set to send first (ISO/IEC 15424): "]Q3", "]C1". */
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/;
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
/** The names under which an address may carry a code, in any case. */
const PARAMETERS = ["code", "booking", "ticket"];
const LIKE_A_CODE = /^(?=.*\d)[0-9A-Za-z][0-9A-Za-z -]{2,30}[0-9A-Za-z]$/;

/**
 * The code in what a code reader sent: without its symbology identifier, and out of the address around it where the
 * printed code is a link (`https://host/phone#CODE`, `?code=CODE`, or the last part of the path). Not folded.
 */
export function codeOfScan(scanned: string): string {
	const text = scanned.trim().replace(SYMBOLOGY, "").trim();
	if (!ADDRESS.test(text) || !URL.canParse(text)) return text;
	const { hash, searchParams, pathname } = new URL(text);
	const parameters = new Map(Array.from(searchParams, ([name, value]) => [name.toLowerCase(), value]));
	const named = PARAMETERS.map((name) => parameters.get(name)).find((value) => value);
	if (named) return named;
	const parts = [hash.slice(1), pathname].map(lastPartOf);
	// A fragment may also name a place on the page.
	return parts.find((part) => LIKE_A_CODE.test(part)) ?? parts.find((part) => part !== "") ?? "";
}

const lastPartOf = (path: string): string => decoded(path.split("/").findLast((part) => part !== "") ?? "");

/** A printed address may have any percent sign: it is then no code, and no error. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
