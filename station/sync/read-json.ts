import { readLimitedBody } from "../../lib/body-limit.ts";

/** Longer than any answer of the server, in bytes after inflating: a whole catalogue with its translations is 0.3 MB. */
const MAX_BYTES = 16_000_000;

/** The JSON of the server's response. Throws BodyTooLarge, SyntaxError, and what fetch throws. */
export async function readJsonBody({ body }: Response): Promise<unknown> {
	return JSON.parse((await readLimitedBody(body, MAX_BYTES)).toString("utf8"));
}
