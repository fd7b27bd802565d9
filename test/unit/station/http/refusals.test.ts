import { beforeAll, describe, expect, test } from "vitest";
import { openBeside } from "../../../../db/station/open.ts";
import { verifyStation } from "../../../../station/events/verify.ts";
import { endWithFile } from "../../../fixtures/spawned-process.ts";
import { openTestStation } from "../../../fixtures/station.ts";
import { MIGRATIONS } from "../../../fixtures/station-folder.ts";

const ticket = { topic: "work-permit", language: "en", key: "visit-0001" };

function eventsIn(folder: string): number {
	const { database, close } = openBeside(folder, MIGRATIONS);
	const confirmation = verifyStation(database);
	close();
	if (confirmation.kind !== "agrees") throw new Error(confirmation.what);
	return confirmation.events;
}

describe("bad input is refused with a stable code, in one shape, and writes nothing", () => {
	const atEnd = endWithFile();
	let opened: Awaited<ReturnType<typeof openTestStation>>;
	beforeAll(async () => {
		opened = await openTestStation({ atEnd });
	});

	test.each([
		["an unknown topic", { ...ticket, topic: "parking" }, 404, "TOPIC_UNKNOWN"],
		["an unknown language", { ...ticket, language: "tlh" }, 422, "LANGUAGE_UNKNOWN"],
		["a wrong type", { ...ticket, topic: 7 }, 400, "BAD_REQUEST"],
		["a field too many", { ...ticket, passport: "E1234" }, 400, "BAD_REQUEST"],
		["no key", { topic: "work-permit", language: "en" }, 400, "BAD_REQUEST"],
		["a party of none", { ...ticket, partySize: 0 }, 400, "BAD_REQUEST"],
		["a party and a half", { ...ticket, partySize: 1.5 }, 400, "BAD_REQUEST"],
		["no object", "[]", 400, "BAD_REQUEST"],
		["no JSON", "{topic", 400, "BAD_REQUEST"],
		["nothing", undefined, 400, "BAD_REQUEST"],
		["a body too large", JSON.stringify({ ...ticket, key: "k".repeat(20_000) }), 413, "BODY_TOO_LARGE"],
	])("%s", async (_, body, status, code) => {
		const { call, station, folder } = opened;
		const answer = await call("POST", "/api/tickets", { token: station.kioskKey, body });
		expect(answer).toMatchObject({
			status,
			body: { code, status, message: expect.any(String), defined: expect.any(Boolean) },
		});
		expect(eventsIn(folder)).toBe(0);
	});

	test("a form instead of JSON", async () => {
		const { call, station, folder } = opened;
		const headers = { "content-type": "application/x-www-form-urlencoded" };
		const answer = await call("POST", "/api/tickets", { token: station.kioskKey, body: ticket, headers });
		expect(answer).toMatchObject({ status: 415, body: { code: "MEDIA_TYPE_UNSUPPORTED" } });
		expect(eventsIn(folder)).toBe(0);
	});

	test("a body of unsaid length is measured as it comes", async () => {
		const { station, folder } = opened;
		const stream = new ReadableStream({
			pull(controller) {
				controller.enqueue(new TextEncoder().encode("x".repeat(1_000)));
			},
		});
		const init = {
			method: "POST",
			body: stream,
			duplex: "half",
			headers: {
				"transfer-encoding": "chunked",
				"content-type": "application/json",
				authorization: `Bearer ${station.kioskKey}`,
			},
		};
		const response = await station.httpApp(new Request("http://localhost/api/tickets", init), {
			kind: "machine",
			address: "127.0.0.1",
		});
		expect(response.status).toBe(413);
		expect(eventsIn(folder)).toBe(0);
	});

	test.each([
		["GET", "/api/tickets/00000000-0000-7000-8000-000000000000", 404, "TICKET_UNKNOWN"],
		["GET", "/api/topics?language=tlh", 422, "LANGUAGE_UNKNOWN"],
		["GET", "/api/nothing", 404, "NOT_FOUND"],
		["GET", "/nothing", 404, "NOT_FOUND"],
		["GET", "/assets/..%2f..%2fpackage.json", 404, "NOT_FOUND"],
		["DELETE", "/api/session", 401, "SIGN_IN_REQUIRED"],
		["POST", "/api/counters/1/next", 401, "SIGN_IN_REQUIRED"],
	])("%s %s", async (method, path, status, code) => {
		const { call } = opened;
		expect(await call(method, path)).toMatchObject({ status, body: { code } });
	});
});

describe("who may", () => {
	test("issue: the kiosk's key, from this machine", async () => {
		const { call, station } = await openTestStation();
		const issue = (token: string, kind: "machine" | "network") =>
			call("POST", "/api/tickets", { token, body: ticket, peer: { kind, address: "127.0.0.1" } });
		expect(await issue("wrong", "machine")).toMatchObject({ status: 401, body: { code: "KIOSK_KEY_REQUIRED" } });
		expect(await issue(station.kioskKey, "network")).toMatchObject({ status: 403, body: { code: "DEVICE_UNPAIRED" } });
		expect(await issue(station.kioskKey, "machine")).toMatchObject({ status: 201 });
	});

	test("ask: only under the station's own name, only from its own pages", async () => {
		const { call, station } = await openTestStation();
		for (const host of ["rebound.example", "127.0.0.1.evil.example", "127.evil.example"])
			expect(await call("GET", `http://${host}/api/board`), host).toMatchObject({
				status: 421,
				body: { code: "HOST_REFUSED" },
			});
		expect(await call("GET", "/api/board", { headers: { origin: "https://elsewhere.example" } })).toMatchObject({
			status: 403,
			body: { code: "ORIGIN_REFUSED" },
		});
		expect(await call("GET", "/api/board", { headers: { origin: "http://127.0.0.1:8470" } })).toMatchObject({
			status: 200,
		});
		const shell = { peer: { kind: "shell" }, token: station.kioskKey } as const;
		expect(await call("POST", "paihao://station/api/tickets", { ...shell, body: ticket })).toMatchObject({
			status: 201,
		});
		expect(
			await call("GET", "paihao://station/api/board", { ...shell, headers: { origin: "https://elsewhere.example" } }),
		).toMatchObject({ status: 403 });
	});

	test.each([["[]"], ["null"], ["7"], ["{"], ['{"versoin":1}']])("an act with the body %s is refused", async (body) => {
		const { call, signIn, issue } = await openTestStation();
		await issue();
		const token = await signIn("1");
		await call("POST", "/api/counters/1/next", { token });
		expect(await call("POST", "/api/counters/1/start", { token, body })).toMatchObject({
			status: 400,
			body: { code: "BAD_REQUEST" },
		});
		expect(await call("POST", "/api/counters/1/start", { token })).toMatchObject({ status: 200 });
	});

	test("act at a counter: the one signed in there", async () => {
		const { call, signIn } = await openTestStation();
		const token = await signIn("1");
		expect(await call("POST", "/api/counters/2/next", { token })).toMatchObject({
			status: 403,
			body: { code: "COUNTER_NOT_YOURS", data: { yours: "1" } },
		});
		expect(await call("POST", "/api/counters/99/next", { token })).toMatchObject({
			status: 404,
			body: { code: "COUNTER_UNKNOWN" },
		});
		expect(await call("DELETE", "/api/session", { token })).toMatchObject({ status: 204 });
		expect(await call("POST", "/api/counters/1/next", { token })).toMatchObject({ status: 401 });
	});

	test("sign in: five wrong PINs hold back the device, also from the right one; the same for unknown names", async () => {
		const { call, signIn, clock } = await openTestStation();
		await signIn("1", "Wang");
		const attempt = (staff: string, pin: string) =>
			call("POST", "/api/session", { body: { staff, pin, counter: "1" } });
		for (let wrong = 1; wrong <= 6; wrong += 1) {
			const { status, body } = await attempt("Wang", "0000");
			expect(status).toBe(wrong < 5 ? 401 : 423);
			expect(await attempt("nobody", "0000")).toMatchObject({ status, body });
		}
		expect(await attempt("Wang", "4821")).toMatchObject({ status: 423 });
		clock.now += 15 * 60_000;
		expect(await attempt("Wang", "4821")).toMatchObject({ status: 201 });
		expect(await call("POST", "/api/session", { body: { staff: "Wang", pin: "4821", counter: "77" } })).toMatchObject({
			status: 404,
			body: { code: "COUNTER_UNKNOWN" },
		});
	});

	test("a session ends by itself", async () => {
		const { call, signIn, clock } = await openTestStation();
		const token = await signIn("1");
		clock.now += 12 * 60 * 60_000;
		expect(await call("POST", "/api/counters/1/next", { token })).toMatchObject({
			status: 401,
			body: { code: "SIGN_IN_REQUIRED" },
		});
	});

	test("every answer carries a strict content security policy, and is kept by nobody", async () => {
		const { call } = await openTestStation();
		for (const path of ["/api/board", "/nothing", "http://evil.example/api/board", "/"]) {
			const { headers } = await call("GET", path);
			expect(headers.get("cache-control")).toBe("no-store");
			expect(headers.get("content-security-policy")).toBe(
				"default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
			);
			expect(headers.get("x-content-type-options")).toBe("nosniff");
		}
	});
});
