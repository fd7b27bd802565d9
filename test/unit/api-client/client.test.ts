import { expect, test } from "vitest";
import { createStationClient } from "../../../api-client/station-client.ts";

/** A client of a fake station, and what it sent. */
function clientOn(answer: () => Response | Promise<Response>, token?: string) {
	const sent: { method: string; url: string; headers: Record<string, string>; body: unknown }[] = [];
	const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
		sent.push({
			method: init.method ?? "",
			url: String(url),
			headers: init.headers as Record<string, string>,
			body: init.body,
		});
		return answer();
	};
	return { sent, client: createStationClient({ fetch, token }) };
}

const ticket = { nextTopics: [], print: { state: "queued" } };

test("fields that the path names go there, the others are the body", async () => {
	const { client, sent } = clientOn(() => Response.json(ticket), "session");
	await client.tickets.transfer({ id: "a/b", version: 2, topic: undefined, counter: null });
	expect(sent).toEqual([
		{
			method: "POST",
			url: "/api/tickets/a%2Fb/transfer",
			headers: { authorization: "Bearer session", "content-type": "application/json" },
			body: '{"version":2,"counter":null}',
		},
	]);
});

test("the other fields of a GET are its query, without those that are undefined", async () => {
	const { client, sent } = clientOn(() => Response.json({ entries: [] }));
	await client.supervision.activity({ before: undefined, limit: 50 }, { token: "own" });
	expect(sent).toMatchObject([
		{ method: "GET", url: "/api/activity?limit=50", headers: { authorization: "Bearer own" }, body: null },
	]);
});

test("a call without input sends no body", async () => {
	const { client, sent } = clientOn(() => new Response(null, { status: 204 }));
	expect(await client.session.pause()).toEqual({ kind: "ok", value: null });
	expect(sent).toMatchObject([{ url: "/api/session/pause", headers: {}, body: null }]);
});

test("a refusal has its code, its data and a sentence", async () => {
	const body = { code: "TOPIC_FULL", status: 409, message: "All given out.", data: { topic: "visa", quota: 3 } };
	const { client } = clientOn(() => Response.json(body, { status: 409 }));
	const answer = await client.tickets.issue({ topic: "visa", language: "en", key: "12345678" });
	expect(answer).toEqual({ kind: "refused", code: "TOPIC_FULL", message: "All given out.", data: body.data });
	// Compiles because the code has its data.
	if (answer.kind === "refused" && answer.code === "TOPIC_FULL") expect(answer.data.quota).toBe(3);
});

test.each([
	["no connection", () => Promise.reject(new TypeError("fetch failed"))],
	["a page of a proxy", () => new Response("<html>", { headers: { "content-type": "text/html" } })],
	["a proxy's error", () => Response.json({ error: "bad gateway" }, { status: 502 })],
	["no record", () => Response.json([ticket])],
	["null", () => Response.json(null)],
	["a record without the lists that the screen draws", () => Response.json({ print: ticket.print })],
])("%s is no answer", async (_, answer) => {
	const { client } = clientOn(answer);
	expect(await client.tickets.read({ id: "one" })).toEqual({ kind: "unreachable" });
});
