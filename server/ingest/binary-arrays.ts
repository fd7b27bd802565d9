/*
 * Arrays in PostgreSQL's binary form (array_send in its arrayfuncs.c): number of dimensions, whether there are nulls,
 * the type of the elements, their count, the index of the first; then each element after its length in bytes. The driver
 * sends a Buffer as it is. In the text form every quotation mark is escaped, and events are full of them.
 */

/** PostgreSQL's numbers for the types (pg_type.dat). */
const TEXT = 25;
const BIGINT = 20;
const BYTEA = 17;
const UUID = 2950;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const BIGINT_BYTES = 8;

export function textArray(values: readonly string[]): Buffer {
	const size = values.reduce((sum, value) => sum + LENGTH_BYTES + Buffer.byteLength(value), HEADER_BYTES);
	const bytes = withHeader(TEXT, values.length, size);
	let at = HEADER_BYTES;
	for (const value of values) {
		const length = bytes.write(value, at + LENGTH_BYTES);
		bytes.writeInt32BE(length, at);
		at += LENGTH_BYTES + length;
	}
	return bytes;
}

/** Safe integers. */
export function bigintArray(values: readonly number[]): Buffer {
	const bytes = withHeader(BIGINT, values.length, HEADER_BYTES + values.length * (LENGTH_BYTES + BIGINT_BYTES));
	values.forEach((value, index) => {
		const at = HEADER_BYTES + index * (LENGTH_BYTES + BIGINT_BYTES);
		bytes.writeInt32BE(BIGINT_BYTES, at);
		bytes.writeBigInt64BE(BigInt(value), at + LENGTH_BYTES);
	});
	return bytes;
}

/** UUIDs with hyphens. */
export function uuidArray(values: readonly string[]): Buffer {
	return hexArray(
		UUID,
		16,
		values.map((value) => value.replaceAll("-", "")),
	);
}

/** SHA-256 hashes in hex. */
export function digestArray(values: readonly string[]): Buffer {
	return hexArray(BYTEA, 32, values);
}

function hexArray(type: number, length: number, values: readonly string[]): Buffer {
	const bytes = withHeader(type, values.length, HEADER_BYTES + values.length * (LENGTH_BYTES + length));
	values.forEach((value, index) => {
		const at = HEADER_BYTES + index * (LENGTH_BYTES + length);
		bytes.writeInt32BE(length, at);
		bytes.write(value, at + LENGTH_BYTES, "hex");
	});
	return bytes;
}

function withHeader(type: number, count: number, size: number): Buffer {
	const bytes = Buffer.allocUnsafe(size);
	[1, 0, type, count, 1].forEach((word, index) => {
		bytes.writeInt32BE(word, index * 4);
	});
	return bytes;
}
