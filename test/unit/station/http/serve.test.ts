import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:http2";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { implement } from "@orpc/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { boardSchema } from "../../../../protocol/api/board.ts";
import { contract } from "../../../../protocol/api/contract.ts";
import { createBroadcast } from "../../../../station/http/broadcast.ts";
import { serve, serveWithTls } from "../../../../station/http/serve.ts";
import { makeCertificate } from "../../../../station/network/certificate.ts";

/** A board's stream behind the real contract, with its followers counted. */
function boardApp() {
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
	const httpApp = async (request: Request) =>
		(await handler.handle(request, { prefix: "/api" })).response ?? new Response(null, { status: 404 });
	return { httpApp, close: () => live.close(), followers: () => followers };
}

/** Behind the real HTTP server too. */
async function serveBoard() {
	const { httpApp, close, followers } = boardApp();
	const serving = await serve(httpApp, { host: "127.0.0.1", port: 0 });
	onTestFinished(async () => {
		close();
		await serving.close();
	});
	return { url: `http://127.0.0.1:${serving.port}/api/board/events`, followers };
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

test("one HTTP/2 connection holds a hundred streams and no more", async () => {
	const { httpApp, close, followers } = boardApp();
	const pair = await makeCertificate(["127.0.0.1"], Date.now());
	const serving = await serveWithTls(httpApp, { host: "127.0.0.1", port: 0 }, pair);
	const client = connect(`https://127.0.0.1:${serving.port}`, {
		ca: pair.certificate,
		// As many as it likes: what bounds it is the station.
		peerMaxConcurrentStreams: 1_000,
	});
	onTestFinished(async () => {
		client.destroy();
		close();
		await serving.close();
	});
	await once(client, "remoteSettings");
	expect(client.remoteSettings.maxConcurrentStreams).toBe(100);
	const asked = Array.from({ length: 120 }, () => client.request({ ":path": "/api/board/events" }));
	// Those that the station does not take.
	for (const stream of asked) stream.on("error", () => {});
	await vi.waitUntil(() => followers() === 100);
	const ping = Promise.withResolvers<void>();
	client.ping(() => ping.resolve());
	await ping.promise;
	expect(followers()).toBe(100);
});

test("an HTTP/2 connection that asks nothing is ended", async () => {
	const { httpApp, close } = boardApp();
	const pair = await makeCertificate(["127.0.0.1"], Date.now());
	const serving = await serveWithTls(httpApp, { host: "127.0.0.1", port: 0 }, pair, { idleTimeoutMs: 100 });
	const client = connect(`https://127.0.0.1:${serving.port}`, { ca: pair.certificate });
	onTestFinished(async () => {
		client.destroy();
		close();
		await serving.close();
	});
	await once(client, "close");
});
