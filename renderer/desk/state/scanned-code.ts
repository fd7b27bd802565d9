import { codeOfScan, foldCode } from "../../../lib/typed-code.ts";
import { personalDataIn } from "./personal-data.ts";

/** Codes of bookings and of tickets have so many letters and digits. */
const SHORTEST = 4;
const LONGEST = 20;

/** The code in a line that a reader sent; null where it holds none, such as a passport's machine-readable zone. */
export function scannedCode(line: string): string | null {
	const code = codeOfScan(line);
	const { length } = foldCode(code);
	const isCode = /^[0-9A-Za-z][0-9A-Za-z -]*$/.test(code) && length >= SHORTEST && length <= LONGEST;
	return isCode && personalDataIn(code) !== "identity-card" ? code : null;
}

/**
 * Whether a code that nothing is known of may have been a person's document: the desk then shows nothing of it. A
 * passport's number looks like a code, so only the station can tell.
 */
export const mayBeDocument = (code: string) => personalDataIn(code) !== null;
