import { expect, test } from "vitest";
import { BodyTooLarge, readLimitedBody } from "../../../lib/body-limit.ts";

test("a body is read up to the limit and no further", async () => {
	const body = () => new Response("12345").body;
	expect((await readLimitedBody(body(), 5)).toString()).toBe("12345");
	await expect(readLimitedBody(body(), 4)).rejects.toThrow(BodyTooLarge);
	expect(await readLimitedBody(null, 4)).toHaveLength(0);
});
