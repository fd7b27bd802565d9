import { once } from "node:events";
import { createServer as createHttpServer, type Server, type ServerResponse } from "node:http";
import { connect, createServer as createHttp2Server, type Http2Server, type Http2ServerResponse } from "node:http2";
import { type AddressInfo, connect as connectSocket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { limitUnreadTime } from "../../../../lib/http/unread-limit.ts";

const TIMEOUT_MS = 200;
/** More than the sockets of both sides hold. */
const LARGE = Buffer.alloc(32 * 1024 * 1024);

/** Answers /large whole, and /events with a stream that says something now and nothing later. */
function answering() {
	const seen: { ended: number; events?: ServerResponse | Http2ServerResponse } = { ended: 0 };
	const answer = (asked: { url?: string | undefined }, response: ServerResponse | Http2ServerResponse) => {
		if (asked.url === "/events") {
			seen.events = response;
			(response as ServerResponse).write("first");
			return;
		}
		response.once("close", () => {
			seen.ended += 1;
		});
		response.end(LARGE);
	};
	return { seen, answer };
}

async function listen(server: Server | Http2Server): Promise<number> {
	limitUnreadTime(server, TIMEOUT_MS);
	await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	return (server.address() as AddressInfo).port;
}

test("over HTTP/2 an answer that nobody reads is ended, and a quiet stream of the same connection is not", async () => {
	const { seen, answer } = answering();
	const session = connect(`http://127.0.0.1:${await listen(createHttp2Server(answer))}`);
	onTestFinished(() => session.destroy());
	const quiet = session.request({ ":path": "/events" });
	await once(quiet.setEncoding("utf8"), "data");
	const unread = session.request({ ":path": "/large" });
	unread.on("error", () => {});
	await vi.waitUntil(() => seen.ended === 1, { timeout: 60_000 });
	(seen.events as ServerResponse).write("second");
	expect(await once(quiet, "data")).toEqual(["second"]);
});

test("over HTTP/1.1 a connection whose answer nobody reads is ended, and a quiet stream is not", async () => {
	const { seen, answer } = answering();
	const port = await listen(createHttpServer(answer));
	const ask = async (path: string) => {
		const socket = connectSocket(port, "127.0.0.1");
		onTestFinished(() => void socket.destroy());
		socket.on("error", () => {}).pause();
		socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`);
		return socket;
	};
	const quiet = await ask("/events");
	await vi.waitUntil(() => seen.events !== undefined);
	await ask("/large");
	await vi.waitUntil(() => seen.ended === 1, { timeout: 60_000 });
	(seen.events as ServerResponse).end("second");
	let text = "";
	quiet.setEncoding("utf8").on("data", (part: string) => {
		text += part;
	});
	quiet.resume();
	await vi.waitUntil(() => text.includes("second"));
});
