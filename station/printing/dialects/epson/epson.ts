import thermal from "node-thermal-printer";
import { type Bitmap, bytesPerRow } from "../../bitmap.ts";
import type { Dialect, PaperFormat } from "../dialect.ts";
import { EpsonReplies, statusOfAnswers } from "./epson-replies.ts";
import { escapeRealTime } from "./escape-real-time.ts";

/*
 * Epson ESC/POS, from Epson's reference (GS v 0, GS V, GS ( H, GS a, DLE EOT, DLE DC4), as far as a
 * ticket needs it. Most printers in Shanghai speak it: Epson TM, Gprinter, Xprinter, Rongda, SNBC.
 */

/** ESC @: back to the defaults, out of any mode that an earlier sender has set. */
const INIT = [0x1b, 0x40];
/** GS V 66 0: feeds just to the cutter, and cuts. */
const CUT = [0x1d, 0x56, 0x42, 0x00];
/** GS a 14: report changes of online state, errors and paper without being asked. */
const ASB_ON = Uint8Array.of(0x1d, 0x61, 0x0e);
/** DLE EOT 1 to 4: printer, cause of offline, cause of error, paper. One byte each. */
const STATUS_QUESTIONS = [1, 2, 3, 4].map((query) => Uint8Array.of(0x10, 0x04, query));
/** GS ( H, function 48, without the id: the printer replies `37 22 id 00` when everything before it is printed. */
const PROCESS_ID = [0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30];
/** DLE DC4 8: clear the buffers. The rest is a fixed password against doing so by accident. */
const CLEAR = Uint8Array.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08);

/** GS ( K, functions 49 and 50, without the value: how dark and how fast it prints until the next init. */
const DENSITY = [0x1d, 0x28, 0x4b, 0x02, 0x00, 0x31];
const SPEED = [0x1d, 0x28, 0x4b, 0x02, 0x00, 0x32];

/** GS r 1: report the paper sensors, in its turn. */
const ASK_PAPER_SENSOR = Uint8Array.of(0x1d, 0x72, 0x01);
/** Some printers ignore the high byte of a picture's height. */
export const MAX_BAND_ROWS = 255;
const BAND_HEADER_BYTES = 8;

/**
 * Characters for confirmation ids (Epson allows 0x20 to 0x7E). All have bits 0 and 4 set, which no
 * status byte has: a status report in the middle of a confirmation can be recognized.
 */
export const ID_ALPHABET = "1359QSUWY[]qsu";
const ID_LENGTH = 4;

export const epson: Dialect = {
	initSequence: ASB_ON,
	// ESC @ empties the line that would be printed next.
	forgetText: Uint8Array.from([...INIT, ...ASB_ON]),
	statusQuestions: STATUS_QUESTIONS,
	answeredParts: [["online"], ["cover"], ["error"], ["paper"]],
	statusOf: statusOfAnswers,
	clearBuffer: CLEAR,
	fillUp: (widthDots, { bandRows }) => new Uint8Array(BAND_HEADER_BYTES + bandRows * bytesPerRow(widthDots)),
	requestPrinted: (id) => Uint8Array.from([...PROCESS_ID, ...Buffer.from(id, "latin1")]),
	printCounter: undefined,
	requestProcessed: ASK_PAPER_SENSOR,
	encodeTicket,
	confirmationId(sequence) {
		let id = "";
		for (let rest = sequence; id.length < ID_LENGTH; rest = Math.floor(rest / ID_ALPHABET.length)) {
			id = `${ID_ALPHABET[rest % ID_ALPHABET.length] ?? ""}${id}`;
		}
		return id;
	},
	replyParser: () => new EpsonReplies(),
};

/** Builds the bytes. It has no interface and never sends: its transports report success for paper that never came out. */
const builder = new thermal.printer({ type: thermal.types.EPSON, interface: "" });

function encodeTicket(bitmap: Bitmap, format: PaperFormat, cutFirst: boolean): Uint8Array {
	const cut = format.hasCutter ? CUT : [];
	builder.clear();
	// Init may switch the automatic status off, so each ticket switches it on again.
	const settings = [...INIT, ...ASB_ON, ...printControl(format)];
	builder.append(Buffer.from([...settings, ...(cutFirst ? [...cut, ...feed(format)] : [])]));
	builder.append(bandsOf(bitmap, format.bandRows));
	builder.append(Buffer.from([...feed(format), ...cut]));
	const bytes = builder.getBuffer();
	builder.clear();
	// The renderer has escaped its pictures already. Other pictures, and the joins of bands, are escaped here.
	escapeRealTime(bytes);
	return bytes;
}

/** Not every printer knows GS ( K, and one that does not prints its bytes as text: it is sent only if it was asked for. */
function printControl({ density, speed }: PaperFormat): number[] {
	return [
		// In two's complement: -1 is 255.
		...(density === undefined ? [] : [...DENSITY, density & 0xff]),
		...(speed === undefined ? [] : [...SPEED, speed]),
	];
}

/** The picture in bands, each with its header. */
function bandsOf(bitmap: Bitmap, bandRows: number): Buffer {
	const stride = bytesPerRow(bitmap.width);
	const parts: Uint8Array[] = [];
	for (let top = 0; top < bitmap.height; top += bandRows) {
		const rows = Math.min(bandRows, bitmap.height - top);
		parts.push(bandHeader(stride, rows), bitmap.rows.subarray(top * stride, (top + rows) * stride));
	}
	return Buffer.concat(parts);
}

/** GS v 0: a raster picture of `stride` bytes by `rows` dots, at its own size. */
function bandHeader(stride: number, rows: number): Uint8Array {
	return Uint8Array.of(0x1d, 0x76, 0x30, 0x00, stride & 0xff, stride >> 8, rows & 0xff, rows >> 8);
}

/** White rows: ESC J feeds in units that differ from model to model (1/360 of an inch on a TM-T88, 1/406 on a TM-L90). */
function feed({ feedDots, bandRows }: PaperFormat): number[] {
	const commands: number[] = [];
	for (let left = feedDots; left > 0; left -= bandRows) {
		const rows = Math.min(left, bandRows);
		commands.push(...bandHeader(1, rows), ...new Uint8Array(rows));
	}
	return commands;
}
