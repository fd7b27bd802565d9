import { request } from "node:http";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { implement } from "@orpc/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { boardSchema } from "../../../../protocol/api/board.ts";
import { contract } from "../../../../protocol/api/contract.ts";
import { createBroadcast } from "../../../../station/http/broadcast.ts";
import { serve } from "../../../../station/http/serve.ts";

/** A board's stream behind the real contract and the real HTTP server, with its followers counted. */
async function serveBoard() {
	const live = createBroadcast(() =>
		boardSchema.parse({
			seq: 1,
			at: 1,
			site: "a-site",
			calls: [],
			waitingCount: 0,
			wait: null,
			waiting: [],
			missed: [],
		}),
	);
	let followers = 0;
	const router = {
		events: implement(contract.board.events).handler(async function* ({ signal }) {
			followers += 1;
			try {
				yield* live.subscribe(signal);
			} finally {
				followers -= 1;
			}
		}),
	};
	const handler = new OpenAPIHandler(router);
	const serving = await serve(
		async (request) =>
			(await handler.handle(request, { prefix: "/api" })).response ?? new Response(null, { status: 404 }),
		{ host: "127.0.0.1", port: 0 },
	);
	onTestFinished(async () => {
		live.close();
		await serving.close();
	});
	return { url: `http://127.0.0.1:${serving.port}/api/board/events`, followers: () => followers };
}

test("a board that goes away is forgotten, without waiting for the next change", async () => {
	const { url, followers } = await serveBoard();
	const leaving = new AbortController();
	const boards = await Promise.all(Array.from({ length: 5 }, () => fetch(url, { signal: leaving.signal })));
	await Promise.all(boards.map((board) => board.body?.getReader().read()));
	expect(followers()).toBe(5);
	leaving.abort();
	await vi.waitUntil(() => followers() === 0);
});

test("a method that no Request can have is answered", async () => {
	const { url } = await serveBoard();
	const status = await new Promise<number | undefined>((resolve, reject) => {
		request(url, { method: "TRACE" }, (response) => resolve(response.resume().statusCode))
			.on("error", reject)
			.end();
	});
	expect(status).toBe(405);
});
