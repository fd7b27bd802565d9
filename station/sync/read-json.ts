/** Nothing that the server says is longer, in bytes, after inflating: a whole catalogue with all its words is 0.3 MB. */
const MAX_BYTES = 16_000_000;

/** What answered is not held to our limits: it is left unread from where it is too long. */
export class ResponseTooLarge extends Error {
	override readonly name = "AnswerTooLong";

	constructor() {
		super(`The server's answer is longer than ${MAX_BYTES} bytes.`);
	}
}

/** An answer's JSON, read no further than the limit, whatever its headers say. Throws AnswerTooLong, SyntaxError. */
export async function readJsonBody({ body }: Response, most = MAX_BYTES): Promise<unknown> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body ?? []) {
		size += chunk.byteLength;
		if (size > most) throw new ResponseTooLarge();
		chunks.push(chunk);
	}
	return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
