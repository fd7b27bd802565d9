import { readLimitedBody } from "../../lib/http/body-limit.ts";

/** After inflating. No answer is longer: a whole catalogue with its translations has 0.3 MB. */
const MAX_BYTES = 16_000_000;

/** Reads the JSON of the server's response. Throws BodyTooLarge, SyntaxError, and what fetch throws. */
export async function readJsonBody({ body }: Response): Promise<unknown> {
	return JSON.parse((await readLimitedBody(body, MAX_BYTES)).toString("utf8"));
}
