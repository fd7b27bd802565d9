import type { ClientHttp2Session, OutgoingHttpHeaders } from "node:http2";
import { expect, test } from "vitest";
import { openNetworkStation, openSession } from "../../../fixtures/network-station.ts";
import { openTestStation } from "../../../fixtures/station.ts";

/** One POST over HTTP/2, with no header but those given: neither Content-Length nor Transfer-Encoding by itself. */
function postBytes(session: ClientHttp2Session, path: string, bytes: Buffer, headers: OutgoingHttpHeaders = {}) {
	return new Promise<{ status: number; code: unknown }>((resolve, reject) => {
		const asking = session.request({ ":method": "POST", ":path": path, ...headers });
		let status = 0;
		let text = "";
		asking.once("response", (answer) => {
			status = Number(answer[":status"]);
		});
		asking.setEncoding("utf8").on("data", (part: string) => {
			text += part;
		});
		// The station answers before it has everything, and then wants no more of it: its answer counts.
		asking.on("error", (fault) => status === 0 && reject(fault));
		asking.once("close", () => resolve({ status, code: text === "" ? undefined : JSON.parse(text).code }));
		asking.end(bytes);
	});
}

test("over HTTP/2, a body without Content-Length is read up to the limit, also a stranger's", async () => {
	const { origin, ca, warnings } = await openNetworkStation();
	const session = await openSession(origin, ca);
	const json = { "content-type": "application/json" };
	const large = Buffer.from(JSON.stringify({ key: "k".repeat(1_000_000) }));
	expect(await postBytes(session, "/api/tickets", large, json)).toEqual({ status: 413, code: "BODY_TOO_LARGE" });
	// A body within the limit goes on to the checks of who asks.
	const small = Buffer.from(JSON.stringify({ topic: "work-permit", language: "en", key: "visit-0001" }));
	expect(await postBytes(session, "/api/tickets", small, json)).toEqual({ status: 403, code: "DEVICE_UNPAIRED" });
	expect(warnings).toEqual([]);
});

test("HTTP/2 itself holds a body to the length that it says: a lie ends the connection", async () => {
	const { origin, ca, warnings } = await openNetworkStation();
	const session = await openSession(origin, ca);
	session.on("error", () => {});
	const said = { "content-type": "application/json", "content-length": "10" };
	await expect(postBytes(session, "/api/tickets", Buffer.alloc(1_000_000, "x"), said)).rejects.toThrow();
	expect(session.destroyed).toBe(true);
	expect(warnings).toEqual([]);
});

test("over HTTP/2, a form without Content-Length is no JSON, and no body is no form", async () => {
	const { origin, ca } = await openNetworkStation();
	const session = await openSession(origin, ca);
	const form = { "content-type": "application/x-www-form-urlencoded" };
	expect(await postBytes(session, "/api/tickets", Buffer.from("topic=work-permit"), form)).toEqual({
		status: 415,
		code: "MEDIA_TYPE_UNSUPPORTED",
	});
	expect(await postBytes(session, "/api/counters/1/next", Buffer.alloc(0), form)).toMatchObject({ status: 403 });
});

test("a body from the shell's window, which says no length, is read as any other", async () => {
	const { station, signIn, issue, warnings } = await openTestStation();
	const post = async (path: string, body: ReadableStream<Uint8Array> | string | null, token: string, type?: string) => {
		const headers = { authorization: `Bearer ${token}`, ...(type && { "content-type": type }) };
		const init = { method: "POST", headers, body, duplex: "half" };
		const answer = await station.httpApp(new Request(`paihao://station${path}`, init), { kind: "shell" });
		return { status: answer.status, body: answer.status === 204 ? {} : await answer.json() };
	};
	const streamOf = (...parts: string[]) =>
		new ReadableStream<Uint8Array>({
			start(controller) {
				for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
				controller.close();
			},
		});
	const ticket = JSON.stringify({ topic: "work-permit", language: "en", key: "visit-0001" });
	const halves = () => streamOf(ticket.slice(0, 20), ticket.slice(20));
	const json = "application/json";
	expect(await post("/api/tickets", halves(), station.kioskKey, json)).toMatchObject({ status: 201 });
	expect(await post("/api/tickets", halves(), station.kioskKey, "text/plain")).toMatchObject({ status: 415 });
	const large = streamOf(
		..."x"
			.repeat(20)
			.split("")
			.map((part) => part.repeat(1_000)),
	);
	expect(await post("/api/tickets", large, station.kioskKey, json)).toMatchObject({ status: 413 });
	const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("gone")) });
	expect(await post("/api/tickets", broken, station.kioskKey, json)).toMatchObject({ status: 400 });
	const token = await signIn("1");
	await issue();
	expect(await post("/api/counters/1/next", streamOf(), token)).toMatchObject({ status: 200 });
	expect(await post("/api/counters/1/start", null, token)).toMatchObject({ status: 200 });
	expect(warnings).toEqual([]);
});
