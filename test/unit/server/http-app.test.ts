import pino from "pino";
import { expect, test, vi } from "vitest";
import { createHttpApp } from "../../../server/http/http-app.ts";
import { addPhoneRoutes } from "../../../server/http/phone-routes.ts";
import type { EventStore } from "../../../server/ingest/event-store.ts";
import { asStationId } from "../../fixtures/ids.ts";

function openApp() {
	const store: Partial<EventStore> = { countRefusal: vi.fn(async () => {}) };
	const app = createHttpApp({
		store: store as EventStore,
		authenticate: async () => asStationId("a-station"),
		clock: () => 1,
		log: pino({ level: "silent" }),
	});
	app.get("/health", (context) => context.text("ok"));
	return app;
}

test("every answer carries the same strict headers as a station's", async () => {
	for (const path of ["/health", "/nothing"]) {
		const { headers } = await openApp().request(path);
		expect(Object.fromEntries(headers)).toMatchObject({
			"content-security-policy":
				"default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
			"x-frame-options": "DENY",
			"cache-control": "no-store",
			"x-content-type-options": "nosniff",
			"referrer-policy": "no-referrer",
			"permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
		});
	}
});

test("the server's phone page offers no notifications: it is told that there is no key", async () => {
	const app = openApp();
	const unused = {} as Parameters<typeof addPhoneRoutes>[1];
	addPhoneRoutes(app, { ...unused, clock: () => 1, addressOf: () => "192.0.2.1" });
	const answer = await app.request("/api/web-push-key");
	expect([answer.status, await answer.json()]).toEqual([200, { key: null }]);
});

test("a method that an address does not take is answered 405, with those it takes", async () => {
	const answer = await openApp().request("/health", { method: "PUT" });
	expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET"]);
	expect(await answer.json()).toMatchObject({ code: "METHOD_NOT_ALLOWED", data: { allowed: ["GET"] } });
	expect((await openApp().request("/nothing", { method: "PUT" })).status).toBe(404);
});
