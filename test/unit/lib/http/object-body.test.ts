import { expect, test } from "vitest";
import { readObjectBody } from "../../../../lib/http/json-request.ts";

const read = async (body: string) =>
	(await readObjectBody(new Request("http://localhost/", { method: "POST", body })))?.text();

test("a body is an object without U+0000 or half a surrogate pair in a text or a name; a backslash before such letters is only one", async () => {
	for (const refused of [
		'{"name":"Li\\u0000"}',
		'{"a":[{"b\\u0000":1}]}',
		'{"name":"\\uD83D"}',
		'{"\\udE00":1}',
		"[]",
		"null",
		'{"a":',
	])
		expect(await read(refused)).toBeUndefined();
	for (const taken of ['{"name":"Li"}', '{"path":"C:\\\\u0000"}', '{"face":"\\ud83d\\ude00"}', ""])
		expect(await read(taken)).toBe(taken);
});
