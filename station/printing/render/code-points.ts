import { closeSync, openSync, readSync } from "node:fs";

/**
 * The code points that a font file has glyphs for, read from its `cmap` table alone: some 100 KB of a
 * file of 10 MB. fontkit gives the same but costs 20 MB and 170 ms to load; a test compares the two
 * for every bundled font.
 */
export interface CodePoints {
	has(codePoint: number): boolean;
}

/** OpenType "cmap": current fonts have formats 4 (16 bits) and 12 (32 bits). */
export function readCodePoints(path: string): CodePoints {
	const file = openSync(path, "r");
	try {
		return rangesOf(readTable(file, "cmap", path));
	} finally {
		closeSync(file);
	}
}

function readAt(file: number, position: number, length: number): DataView {
	const bytes = new Uint8Array(length);
	const read = readSync(file, bytes, 0, length, position);
	return new DataView(bytes.buffer, 0, read);
}

/** The table directory: 12 bytes, then 16 bytes a table: tag, checksum, offset, length. */
function readTable(file: number, tag: string, path: string): DataView {
	const count = readAt(file, 0, 12).getUint16(4);
	const directory = readAt(file, 12, count * 16);
	for (let entry = 0; entry < count * 16; entry += 16) {
		const name = String.fromCharCode(...[0, 1, 2, 3].map((at) => directory.getUint8(entry + at)));
		if (name === tag) return readAt(file, directory.getUint32(entry + 8), directory.getUint32(entry + 12));
	}
	throw new Error(`${path} has no ${tag} table`);
}

function rangesOf(cmap: DataView): CodePoints {
	const tables = Array.from({ length: cmap.getUint16(2) }, (_, index) => {
		const offset = cmap.getUint32(4 + index * 8 + 4);
		return { offset, format: cmap.getUint16(offset) };
	});
	const wide = tables.find(({ format }) => format === 12);
	if (wide) return fromGroups(cmap, wide.offset);
	const narrow = tables.find(({ format }) => format === 4);
	if (narrow) return fromSegments(cmap, narrow.offset);
	throw new Error("a font without a Unicode cmap");
}

function fromGroups(cmap: DataView, at: number): CodePoints {
	const ranges = new Ranges();
	const count = cmap.getUint32(at + 12);
	for (let group = at + 16; group < at + 16 + count * 12; group += 12) {
		const start = cmap.getUint32(group);
		// A group's first glyph may be 0, which means "missing".
		const missing = cmap.getUint32(group + 8) === 0 ? 1 : 0;
		ranges.add(start + missing, cmap.getUint32(group + 4));
	}
	return ranges;
}

function fromSegments(cmap: DataView, at: number): CodePoints {
	const ranges = new Ranges();
	const twice = cmap.getUint16(at + 6);
	const ends = at + 14;
	const starts = ends + twice + 2;
	const deltas = starts + twice;
	const offsets = deltas + twice;
	for (let segment = 0; segment < twice; segment += 2) {
		const end = cmap.getUint16(ends + segment);
		const start = cmap.getUint16(starts + segment);
		const offset = cmap.getUint16(offsets + segment);
		for (let code = start; code <= end && code !== 0xffff; code++) {
			const glyph =
				offset === 0
					? (code + cmap.getUint16(deltas + segment)) & 0xffff
					: cmap.getUint16(offsets + segment + offset + (code - start) * 2);
			if (glyph !== 0) ranges.add(code, code);
		}
	}
	return ranges;
}

/** Ascending ranges, joined where they touch. */
class Ranges implements CodePoints {
	readonly #starts: number[] = [];
	readonly #ends: number[] = [];

	add(start: number, end: number): void {
		if (start > end) return;
		const last = this.#ends.length - 1;
		if (last >= 0 && this.#ends[last] === start - 1) this.#ends[last] = end;
		else {
			this.#starts.push(start);
			this.#ends.push(end);
		}
	}

	has(codePoint: number): boolean {
		let low = 0;
		let high = this.#starts.length - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			if (codePoint < (this.#starts[middle] ?? 0)) high = middle - 1;
			else if (codePoint > (this.#ends[middle] ?? 0)) low = middle + 1;
			else return true;
		}
		return false;
	}
}
