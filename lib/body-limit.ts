/** The body is longer than the limit. What follows the limit was not read. */
export class BodyTooLarge extends Error {
	override readonly name = "BodyTooLarge";
	readonly maxBytes: number;

	constructor(maxBytes: number) {
		super(`The body is longer than ${maxBytes} bytes.`);
		this.maxBytes = maxBytes;
	}
}

/**
 * Reads the body of a request or a response up to a limit, without trusting its headers. Throws BodyTooLarge, and what
 * the stream throws if the sender goes away.
 */
export async function readLimitedBody(
	body: ReadableStream<Uint8Array> | null,
	maxBytes: number,
): Promise<Buffer<ArrayBuffer>> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body ?? []) {
		size += chunk.byteLength;
		if (size > maxBytes) throw new BodyTooLarge(maxBytes);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
