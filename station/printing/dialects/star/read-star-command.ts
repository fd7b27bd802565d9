import type { PaperWidth } from "../../bitmap.ts";
import { LINE_ROWS } from "./star-bytes.ts";

/** One command at the beginning of a printer's buffer. `length` counts all of its bytes. */
export type StarCommand =
	| { kind: "incomplete" }
	| { kind: "unknown"; reason: string }
	/** A NUL, or a torn command that NULs have filled up: ignored. */
	| { kind: "padding"; length: number }
	| { kind: "init"; length: number }
	| { kind: "automatic"; on: boolean; length: number }
	| { kind: "spacing"; dots: number; length: number }
	| { kind: "line"; length: number }
	| { kind: "feed"; dots: number; length: number }
	| { kind: "picture"; stride: number; length: number }
	| { kind: "cut"; length: number }
	| { kind: "counter"; update: boolean; id: Uint8Array; length: number };

/**
 * Reads one command as a Star printer does, but knows only those that this product sends.
 * Real-time commands must have been removed before.
 */
export function readStarCommand(bytes: Uint8Array, width: PaperWidth): StarCommand {
	const [first, second, third] = bytes;
	if (first === undefined) return { kind: "incomplete" };
	if (first === 0x00) return { kind: "padding", length: 1 };
	if (first === 0x0a) return { kind: "line", length: 1 };
	if (first !== 0x1b) return unknown(bytes, 1);
	switch (second) {
		case undefined:
			return { kind: "incomplete" };
		case 0x00:
			return { kind: "padding", length: 2 };
		case 0x40:
			return { kind: "init", length: 2 };
		case 0x30:
			return { kind: "spacing", dots: 24, length: 2 };
		case 0x7a:
			if (third === undefined) return { kind: "incomplete" };
			return third === 1 ? { kind: "spacing", dots: 32, length: 3 } : unknown(bytes, 3);
		case 0x4a:
			// Quarters of a millimetre, which are 2 dots.
			return third === undefined ? { kind: "incomplete" } : { kind: "feed", dots: third * 2, length: 3 };
		case 0x64:
			if (third === undefined) return { kind: "incomplete" };
			// 0 cuts without feeding: NULs turn a torn cut into it.
			return third === 0 || third === 2 || third === 3 ? { kind: "cut", length: 3 } : unknown(bytes, 3);
		case 0x6b:
			return readPicture(bytes, width);
		case 0x1d:
			return readCounter(bytes);
		case 0x1e:
			return readAutomatic(bytes);
		default:
			return unknown(bytes, 2);
	}
}

/** ESC k n 0, then 24 rows of n bytes. */
function readPicture(bytes: Uint8Array, width: PaperWidth): StarCommand {
	const [, , stride, zero] = bytes;
	if (stride === undefined || zero === undefined) return { kind: "incomplete" };
	if (zero !== 0) return unknown(bytes, 4);
	if (stride === 0) return { kind: "padding", length: 4 };
	if (stride * 8 > width) return { kind: "unknown", reason: `a picture of ${stride * 8} dots on paper of ${width}` };
	const length = 4 + LINE_ROWS * stride;
	return bytes.length < length ? { kind: "incomplete" } : { kind: "picture", stride, length };
}

/** ESC GS ETX s n1 n2. */
function readCounter(bytes: Uint8Array): StarCommand {
	const [, , etx, what] = bytes;
	if (etx === 0) return { kind: "padding", length: 3 };
	if (etx !== undefined && etx !== 0x03) return unknown(bytes, 3);
	if (what !== undefined && what > 1) return unknown(bytes, 4);
	if (bytes.length < 6) return { kind: "incomplete" };
	return { kind: "counter", update: what === 1, id: bytes.slice(4, 6), length: 6 };
}

/** ESC RS a n. */
function readAutomatic(bytes: Uint8Array): StarCommand {
	const [, , letter, mode] = bytes;
	if (letter === 0) return { kind: "padding", length: 3 };
	if (letter !== undefined && letter !== 0x61) return unknown(bytes, 3);
	if (mode === undefined) return { kind: "incomplete" };
	return mode <= 1 ? { kind: "automatic", on: mode === 1, length: 4 } : unknown(bytes, 4);
}

function unknown(bytes: Uint8Array, length: number): StarCommand {
	const hex = Buffer.from(bytes.subarray(0, length)).toString("hex");
	return { kind: "unknown", reason: `the bytes ${hex} are not a command of ours` };
}
