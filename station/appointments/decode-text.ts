import { ListRefused, type Reason, type RemarkCode, reason, remark } from "./list-remark.ts";

/** Far more than 50,000 bookings; a file beyond it is something else. */
const MAX_LIST_MB = 32;
const MB = 1_048_576;

const ZIP = [0x50, 0x4b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const PDF = [0x25, 0x50, 0x44, 0x46];
const GZIP = [0x1f, 0x8b];

const startsWith = (bytes: Uint8Array, signature: readonly number[]) =>
	signature.every((byte, index) => bytes[index] === byte);

function unreadable(code: Extract<RemarkCode, `file-${string}`>, data?: Reason["data"]): ListRefused {
	return new ListRefused("APPOINTMENTS_UNREADABLE", [remark(null, reason(code, data))]);
}

/** So that a file can be refused before it is read. Throws UserError APPOINTMENTS_UNREADABLE. */
export function requireListSize(bytes: number): void {
	if (bytes > MAX_LIST_MB * MB) throw unreadable("file-too-large", { size: Math.ceil(bytes / MB), most: MAX_LIST_MB });
}

/**
 * The text of a list, in the encodings in which programs here write one: UTF-8 (with or without its mark), UTF-16 with
 * its mark, and GB18030, which Excel writes in China. A file that is none of them from beginning to end is refused
 * with the first line that does not fit: nothing is replaced by a question mark. Throws UserError
 * APPOINTMENTS_UNREADABLE.
 */
export function decodeText(bytes: Uint8Array): string {
	requireListSize(bytes.length);
	// A letter would be a word that begins with PK.
	if (startsWith(bytes, ZIP) && (bytes[2] ?? 0) < 0x20) throw unreadable("file-zip");
	if (startsWith(bytes, OLE)) throw unreadable("file-workbook");
	if (startsWith(bytes, PDF)) throw unreadable("file-pdf");
	if (startsWith(bytes, GZIP)) throw unreadable("file-gzip");
	if (
		/^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|meta)/i.test(
			Buffer.from(bytes.subarray(0, 200)).toString("latin1"),
		)
	)
		throw unreadable("file-web-page");
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, "utf-16le");
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode(bytes, "utf-16be");
	if (isUtf16WithoutMark(bytes)) throw unreadable("file-utf16-unmarked");
	if (bytes.includes(0)) throw unreadable("file-zero-byte", { line: lineOf(bytes, bytes.indexOf(0)) });
	const utf8 = tryDecode(bytes, "utf-8") ?? tryDecode(joinFoldedCharacters(bytes), "utf-8");
	if (utf8 !== undefined) return utf8;
	const gb18030 = tryDecode(bytes, "gb18030");
	// A mark says UTF-8: then GB18030 would only be a way to misread what is damaged.
	const isMarked = startsWith(bytes, [0xef, 0xbb, 0xbf]);
	if (gb18030 !== undefined && !isMarked && isPlausible(gb18030) && !swallowsBars(bytes, gb18030)) return gb18030;
	throw unreadable("file-encoding", { line: firstBadLine(bytes) });
}

/** A list begins with plain letters, of which UTF-16 makes every second byte zero. */
function isUtf16WithoutMark(bytes: Uint8Array): boolean {
	const start = bytes.subarray(0, 8);
	const isZeroAt = (parity: number) => start.every((byte, index) => (byte === 0) === (index % 2 === parity));
	return start.length >= 4 && (isZeroAt(0) || isZeroAt(1));
}

function decode(bytes: Uint8Array, encoding: string): string {
	const text = tryDecode(bytes, encoding);
	if (text === undefined) throw unreadable("file-not-encoding", { encoding: encoding.toUpperCase() });
	const zero = text.indexOf("\0");
	if (zero !== -1) throw unreadable("file-zero-byte", { line: text.slice(0, zero).split("\n").length });
	return text;
}

function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/**
 * Damaged UTF-8 often decodes as GB18030, into rare characters. A list in GB18030 holds common Chinese and ASCII;
 * private-use and replacement characters, or mostly rare ones, tell that it is something else.
 */
function isPlausible(text: string): boolean {
	const beyondAscii = text.replaceAll(/[\0-\x7f]/g, "");
	if (/[\ue000-\uf8ff\ufffd]|[\u{f0000}-\u{10ffff}]/u.test(beyondAscii)) return false;
	if (isWesternWord(text)) return false;
	const common = beyondAscii.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]/g)?.length ?? 0;
	return common >= [...beyondAscii].length * 0.9;
}

/**
 * "M\xfcller" of a Western encoding decodes into one Chinese character between Latin letters. Chinese words have several,
 * or stand by themselves.
 */
function isWesternWord(text: string): boolean {
	const runs = text.match(/[^\0-\x7f]+/g)?.length ?? 0;
	const lone = text.match(/(?<=[a-z])[\u4e00-\u9fff](?![^\0-\x7f])|(?<=[A-Z])[\u4e00-\u9fff](?=[a-z])/g)?.length ?? 0;
	return lone > runs / 2;
}

/** A Western letter before the bar that divides cells takes it along as the second half of a Chinese character. */
function swallowsBars(bytes: Uint8Array, text: string): boolean {
	const bars = (from: Iterable<number | string>, bar: number | string) => {
		let count = 0;
		for (const one of from) if (one === bar) count += 1;
		return count;
	};
	return text.includes("|") && bars(bytes, 0x7c) !== bars(text, "|");
}

/**
 * iCalendar continues a long line behind a line break and a space, and some programs break it inside of a character (RFC
 * 5545, 3.1). The rest of the character is moved before the break, so that lines keep their numbers.
 */
function joinFoldedCharacters(bytes: Uint8Array): Uint8Array {
	const joined = Uint8Array.from(bytes);
	for (let feed = joined.indexOf(0x0a); feed !== -1; feed = joined.indexOf(0x0a, feed + 1)) {
		const start = joined[feed - 1] === 0x0d ? feed - 1 : feed;
		const isFold = joined[feed + 1] === 0x20 || joined[feed + 1] === 0x09;
		let end = feed + 2;
		while (isFold && ((joined[end] ?? 0) & 0xc0) === 0x80) end += 1;
		if (!isFold || end === feed + 2) continue;
		const fold = joined.slice(start, feed + 2);
		joined.copyWithin(start, feed + 2, end);
		joined.set(fold, end - fold.length);
		feed = end;
	}
	return joined;
}

function lineOf(bytes: Uint8Array, offset: number): number {
	let line = 1;
	for (let at = 0; at < offset; at += 1) if (bytes[at] === 0x0a) line += 1;
	return line;
}

/** Lines are told apart by line feeds in both encodings: the first one that is not UTF-8 by itself. */
function firstBadLine(bytes: Uint8Array): number {
	let start = 0;
	for (let line = 1; ; line += 1) {
		const end = bytes.indexOf(0x0a, start);
		const piece = bytes.subarray(start, end === -1 ? bytes.length : end);
		if (tryDecode(piece, "utf-8") === undefined) return line;
		if (end === -1) return line;
		start = end + 1;
	}
}
