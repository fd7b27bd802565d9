import { describe, expect, test } from "vitest";
import { answerThrough, isOwnAddress, isShownPage, kioskAddress, STATION_SCHEME } from "../../../electron/scheme.ts";
import type { RequestSource } from "../../../station/http/request-source.ts";

describe("the app's own scheme", () => {
	test("the key stands in the fragment, which no request carries", () => {
		const address = kioskAddress("k1");
		expect(address).toBe("paihao://station/kiosk#key=k1");
		expect(new Request(address).url.split("#")[0]).toBe("paihao://station/kiosk");
	});

	test("its pages' programs are kept compiled, which a standard scheme alone has", () => {
		expect(STATION_SCHEME.privileges).toMatchObject({ standard: true, codeCache: true });
	});

	test("the shell shows two pages, whatever their fragments", () => {
		expect(isShownPage("paihao://station/kiosk")).toBe(true);
		expect(isShownPage("paihao://station/kiosk#key=k1")).toBe(true);
		expect(isShownPage("paihao://station/kiosk/../desk")).toBe(false);
		expect(isShownPage("paihao://station/kiosk?x")).toBe(false);
		expect(isShownPage("paihao://elsewhere/kiosk")).toBe(false);
		expect(isShownPage("https://station/kiosk")).toBe(false);
		expect(isShownPage("paihao://station/board")).toBe(true);
		expect(isShownPage("paihao://station/desk")).toBe(false);
	});

	test.for([
		["paihao://station/api/topics", true],
		["blob:paihao://station/1-2", true],
		["data:image/png;base64,AA", true],
		["paihao://station.evil/x", false],
		["https://example.org/", false],
		["http://127.0.0.1:8470/board", false],
		["file:///etc/passwd", false],
		["ws://127.0.0.1/", false],
		["blob:https://example.org/1", false],
	] as const)("a page may load %s: %s", ([url, may]) => {
		expect(isOwnAddress(url)).toBe(may);
	});

	test("requests reach the door as the shell's, those for another host do not", async () => {
		const seen: [string, RequestSource][] = [];
		const answer = answerThrough(async (request, peer) => {
			seen.push([request.url, peer]);
			return new Response("topics", { status: 200 });
		});
		expect(await (await answer(new Request("paihao://station/api/topics"))).text()).toBe("topics");
		expect((await answer(new Request("paihao://elsewhere/api/topics"))).status).toBe(404);
		expect(seen).toEqual([["paihao://station/api/topics", { kind: "shell" }]]);
	});
});
