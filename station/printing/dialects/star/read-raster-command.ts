import type { PaperWidth } from "../../bitmap.ts";
import { readStarCommand, type StarCommand } from "./read-star-command.ts";

/** One command of Star's graphic mode. `length` counts all of its bytes. */
export type RasterCommand =
	| StarCommand
	| { kind: "enter"; length: number }
	| { kind: "leave"; length: number }
	/** `cuts`: what a form feed does from now on. */
	| { kind: "form-feed-mode"; cuts: boolean; length: number }
	| { kind: "row"; dots: Uint8Array; length: number }
	| { kind: "form-feed"; length: number };

const ESC = 0x1b;
const ROW = 0x62;
/** Digits of a setting. */
const LONGEST_NUMBER = 5;

/**
 * Reads one command as a printer of the TSP100 family does, but knows only those that this product sends. Rows and
 * their settings only count in raster mode.
 */
export function readRasterCommand(bytes: Uint8Array, width: PaperWidth, isRaster: boolean): RasterCommand {
	const [first, second, third] = bytes;
	if (isRaster && first === ROW) return readRow(bytes, width);
	if (first === ESC && second === 0x0c) {
		if (third === undefined) return { kind: "incomplete" };
		return isRaster && third === 0 ? { kind: "form-feed", length: 3 } : unknown(bytes, 3);
	}
	if (first === ESC && second === 0x2a) return readSetting(bytes);
	const command = readStarCommand(bytes, width);
	const isLineMode = command.kind === "picture" || command.kind === "spacing" || command.kind === "cut";
	return isLineMode ? unknown(bytes, 2) : command;
}

function readRow(bytes: Uint8Array, width: PaperWidth): RasterCommand {
	const [, low, high] = bytes;
	if (low === undefined || high === undefined) return { kind: "incomplete" };
	const stride = low | (high << 8);
	// A torn header that NULs have filled up.
	if (stride === 0) return { kind: "padding", length: 3 };
	if (stride * 8 > width) return { kind: "unknown", reason: `a row of ${stride * 8} dots on paper of ${width}` };
	const length = 3 + stride;
	return bytes.length < length ? { kind: "incomplete" } : { kind: "row", dots: bytes.slice(3, length), length };
}

/** ESC * r, a letter, and for most of them a number and a NUL. */
function readSetting(bytes: Uint8Array): RasterCommand {
	const [, , r, letter] = bytes;
	if (r === 0) return { kind: "padding", length: 3 };
	if (r === undefined || letter === undefined) return { kind: "incomplete" };
	if (r !== 0x72) return unknown(bytes, 3);
	const name = String.fromCharCode(letter);
	if (name === "\0") return { kind: "padding", length: 4 };
	if (name === "R") return { kind: "padding", length: 4 };
	if (name === "A") return { kind: "enter", length: 4 };
	if (name === "B") return { kind: "leave", length: 4 };
	const end = bytes.indexOf(0, 4);
	if (end < 0) return bytes.length > 4 + LONGEST_NUMBER ? unknown(bytes, 4) : { kind: "incomplete" };
	const digits = Buffer.from(bytes.subarray(4, end)).toString("latin1");
	const length = end + 1;
	if (!/^\d{0,5}$/.test(digits)) return unknown(bytes, length);
	const number = Number(digits);
	if (name === "F") return { kind: "form-feed-mode", cuts: number === 13, length };
	if (name === "Y") return { kind: "feed", dots: number, length };
	return name === "P" || name === "E" ? { kind: "padding", length } : unknown(bytes, length);
}

function unknown(bytes: Uint8Array, length: number): RasterCommand {
	const hex = Buffer.from(bytes.subarray(0, length)).toString("hex");
	return { kind: "unknown", reason: `the bytes ${hex} are not a command of ours` };
}
