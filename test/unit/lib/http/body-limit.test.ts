import { createServer as createHttpServer, request, type Server } from "node:http";
import {
	connect,
	createServer as createHttp2Server,
	type Http2Server,
	type Http2ServerRequest,
	type Http2ServerResponse,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { BodyTooLarge, limitBodyTime, readLimitedBody } from "../../../../lib/http/body-limit.ts";

test("a body is read up to the limit and no further", async () => {
	const body = () => new Response("12345").body;
	expect((await readLimitedBody(body(), 5)).toString()).toBe("12345");
	await expect(readLimitedBody(body(), 4)).rejects.toThrow(BodyTooLarge);
	expect(await readLimitedBody(null, 4)).toHaveLength(0);
});

describe("the time of a body", () => {
	const TIMEOUT_MS = 300;
	const answerWhole = (request: Http2ServerRequest, response: Http2ServerResponse) => {
		let size = 0;
		request.on("data", (chunk: Buffer) => {
			size += chunk.byteLength;
		});
		request.on("end", () => response.end(String(size)));
		request.on("error", () => {});
	};
	async function listen(server: Server | Http2Server): Promise<number> {
		limitBodyTime(server, TIMEOUT_MS);
		await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
		onTestFinished(() => void server.close());
		return (server.address() as AddressInfo).port;
	}

	test("a byte now and then over HTTP/2 ends the request, and not the connection", async () => {
		const session = connect(`http://127.0.0.1:${await listen(createHttp2Server(answerWhole))}`);
		onTestFinished(() => session.destroy());
		const open = () => session.request({ ":method": "POST", ":path": "/" });
		const slow = open();
		slow.on("error", () => {}).resume();
		const writing = setInterval(() => !slow.destroyed && slow.write("x"), 100);
		onTestFinished(() => clearInterval(writing));
		await new Promise<void>((resolve) => slow.once("close", resolve));
		clearInterval(writing);
		const whole = open();
		whole.end("12345");
		expect(await text(whole)).toBe("5");
	});

	test("the same over HTTP/1.1; a body that came in time may be answered later", async () => {
		const late = createHttpServer((request, response) =>
			request.resume().on("end", () => setTimeout(() => response.end("done"), 2 * TIMEOUT_MS)),
		);
		const port = await listen(late);
		const answered = fetch(`http://127.0.0.1:${port}`, { method: "POST", body: "12345" });
		const slow = request({ host: "127.0.0.1", port, method: "POST", headers: { "content-length": 100 } });
		const failed = new Promise<void>((resolve) => slow.once("error", () => resolve()));
		slow.write("x");
		await failed;
		expect(await (await answered).text()).toBe("done");
	});
});
