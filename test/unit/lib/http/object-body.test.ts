import { expect, test } from "vitest";
import { readJsonBody } from "../../../../lib/http/json-request.ts";

const read = (body: string) =>
	readJsonBody(
		new Request("http://localhost/", { method: "POST", headers: { "content-type": "application/json" }, body }),
		1_000,
	);

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
		expect(await read(refused)).toEqual({ kind: "invalid" });
	for (const taken of ['{"name":"Li"}', '{"path":"C:\\\\u0000"}', '{"face":"\\ud83d\\ude00"}'])
		expect(await read(taken)).toEqual({ kind: "ok", body: JSON.parse(taken) });
	expect(await read("")).toEqual({ kind: "ok", body: undefined });
});
