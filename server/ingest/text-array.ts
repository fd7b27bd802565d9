/** PostgreSQL's own number for the type text (pg_type.dat). */
const TEXT = 25;
const HEADER = 20;

/**
 * A text[] in the binary form that PostgreSQL takes (array_send in its arrayfuncs.c): dimensions, whether there are
 * nulls, the elements' type, how many, the first one's place; then each with its length in bytes before it. The driver
 * sends a Buffer as it is. As text every quotation mark is escaped and read again, and the events are full of them.
 */
export function textArray(values: readonly string[]): Buffer {
	const size = values.reduce((sum, value) => sum + 4 + Buffer.byteLength(value), HEADER);
	const bytes = Buffer.allocUnsafe(size);
	[1, 0, TEXT, values.length, 1].forEach((word, place) => {
		bytes.writeInt32BE(word, place * 4);
	});
	let at = HEADER;
	for (const value of values) {
		const length = bytes.write(value, at + 4);
		bytes.writeInt32BE(length, at);
		at += 4 + length;
	}
	return bytes;
}
