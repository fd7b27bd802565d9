/** PostgreSQL's own numbers for the types (pg_type.dat). */
const TEXT = 25;
const BIGINT = 20;
const BYTEA = 17;
const UUID = 2950;
const HEADER = 20;

/*
 * Arrays in the binary form that PostgreSQL takes (array_send in its arrayfuncs.c): dimensions, whether there are
 * nulls, the elements' type, how many, the first one's place; then each with its length in bytes before it. The driver
 * sends a Buffer as it is. As text every quotation mark is escaped and read again, and the events are full of them.
 */

export function textArray(values: readonly string[]): Buffer {
	const size = values.reduce((sum, value) => sum + 4 + Buffer.byteLength(value), HEADER);
	const bytes = withHeader(TEXT, values.length, size);
	let at = HEADER;
	for (const value of values) {
		const length = bytes.write(value, at + 4);
		bytes.writeInt32BE(length, at);
		at += 4 + length;
	}
	return bytes;
}

/** Whole numbers that a double holds. */
export function bigintArray(values: readonly number[]): Buffer {
	const bytes = withHeader(BIGINT, values.length, HEADER + values.length * 12);
	values.forEach((value, index) => {
		const at = HEADER + index * 12;
		bytes.writeInt32BE(8, at);
		bytes.writeBigInt64BE(BigInt(value), at + 4);
	});
	return bytes;
}

/** UUIDs as they are written. */
export function uuidArray(values: readonly string[]): Buffer {
	return hexArray(
		UUID,
		16,
		values.map((value) => value.replaceAll("-", "")),
	);
}

/** SHA-256s, hex. */
export function digestArray(values: readonly string[]): Buffer {
	return hexArray(BYTEA, 32, values);
}

function hexArray(type: number, length: number, values: readonly string[]): Buffer {
	const bytes = withHeader(type, values.length, HEADER + values.length * (4 + length));
	values.forEach((value, index) => {
		const at = HEADER + index * (4 + length);
		bytes.writeInt32BE(length, at);
		bytes.write(value, at + 4, "hex");
	});
	return bytes;
}

function withHeader(type: number, count: number, size: number): Buffer {
	const bytes = Buffer.allocUnsafe(size);
	[1, 0, type, count, 1].forEach((word, place) => {
		bytes.writeInt32BE(word, place * 4);
	});
	return bytes;
}
