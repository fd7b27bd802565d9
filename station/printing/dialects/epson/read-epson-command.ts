import type { PaperWidth } from "../../bitmap.ts";

/** One command at the beginning of a printer's buffer. `length` counts its bytes without picture data. */
export type EpsonCommand =
	| { kind: "incomplete" }
	| { kind: "unknown"; reason: string }
	| { kind: "init"; length: number }
	| { kind: "automatic"; length: number }
	| { kind: "feed"; dots: number; length: number }
	| { kind: "line"; lines: number; length: number }
	| { kind: "picture"; stride: number; rows: number; length: number }
	| { kind: "cut"; length: number }
	| { kind: "padding"; length: number }
	| { kind: "control"; length: number }
	| { kind: "paper"; length: number }
	| { kind: "confirm"; id: Uint8Array; length: number };

/**
 * Reads one command as an Epson printer does (Epson's ESC/POS reference), but knows only those
 * that this product sends: anything else, text above all, is a mistake.
 */
export function readEpsonCommand(bytes: Uint8Array, width: PaperWidth): EpsonCommand {
	const [first, second] = bytes;
	if (first === undefined) return { kind: "incomplete" };
	if (first === 0x00) return { kind: "padding", length: paddingLength(bytes) };
	if (first === 0x0a) return { kind: "line", lines: 1, length: 1 };
	if (first !== 0x1b && first !== 0x1d) return unknown(bytes, 1);
	if (second === undefined) return { kind: "incomplete" };
	const command = (first << 8) | second;
	switch (command) {
		case 0x1b40:
			return { kind: "init", length: 2 };
		case 0x1b4a:
			return whole(bytes, 3, ([, , dots = 0]) => ({ kind: "feed", dots, length: 3 }));
		case 0x1b64:
			return whole(bytes, 3, ([, , lines = 0]) => ({ kind: "line", lines, length: 3 }));
		case 0x1d61:
			return whole(bytes, 3, () => ({ kind: "automatic", length: 3 }));
		case 0x1d56:
			return whole(bytes, 4, ([, , mode]) => (mode === 66 ? { kind: "cut", length: 4 } : unknown(bytes, 3)));
		case 0x1d72:
			return whole(bytes, 3, ([, , sensor]) => (sensor === 1 ? { kind: "paper", length: 3 } : unknown(bytes, 3)));
		case 0x1d76:
			return whole(bytes, 8, (header) => readPicture(header, width));
		case 0x1d28:
			if (bytes[2] === undefined) return { kind: "incomplete" };
			if (bytes[2] === 0x4b) return whole(bytes, 7, readPrintControl);
			return whole(bytes, 11, (request) =>
				[0x48, 6, 0, 0x30, 0x30].every((byte, index) => request[index + 2] === byte)
					? { kind: "confirm", id: request.slice(7, 11), length: 11 }
					: unknown(bytes, 7),
			);
		default:
			return unknown(bytes, 2);
	}
}

/** GS ( K 2 0, function 49 (how dark) or 50 (how fast), value. */
function readPrintControl(bytes: Uint8Array): EpsonCommand {
	const [, , , low, high, what, value = 0] = bytes;
	const isDensity = what === 0x31 && (value <= 6 || value >= 0xfa);
	const isSpeed = what === 0x32 && value <= 13;
	return low === 2 && high === 0 && (isDensity || isSpeed) ? { kind: "control", length: 7 } : unknown(bytes, 7);
}

/** NULs outside of a picture do nothing. They come in thousands (see epson-sent-only.ts). */
function paddingLength(bytes: Uint8Array): number {
	const end = bytes.findIndex((byte) => byte !== 0);
	return end < 0 ? bytes.length : end;
}

/** GS v 0 m xL xH yL yH. */
function readPicture(header: Uint8Array, width: PaperWidth): EpsonCommand {
	const [, , zero, mode, xLow = 0, xHigh = 0, yLow = 0, yHigh = 0] = header;
	if (zero !== 0x30 || mode !== 0) return unknown(header, 4);
	const stride = xLow | (xHigh << 8);
	const rows = yLow | (yHigh << 8);
	if (stride * 8 > width) return { kind: "unknown", reason: `a picture of ${stride * 8} dots on paper of ${width}` };
	if (stride === 0 || rows === 0) return { kind: "unknown", reason: "an empty picture" };
	return { kind: "picture", stride, rows, length: 8 };
}

function whole(bytes: Uint8Array, length: number, read: (bytes: Uint8Array) => EpsonCommand): EpsonCommand {
	return bytes.length < length ? { kind: "incomplete" } : read(bytes.subarray(0, length));
}

function unknown(bytes: Uint8Array, length: number): EpsonCommand {
	return {
		kind: "unknown",
		reason: `the bytes ${Buffer.from(bytes.subarray(0, length)).toString("hex")} are not a command of ours`,
	};
}
