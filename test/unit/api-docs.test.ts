import { describe, expect, test } from "vitest";
import { describeType, fieldsOf } from "../../lib/http/api-docs/describe-schema.ts";
import { renderApiDocs } from "../../lib/http/api-docs/page.ts";
import { describeFleetApi } from "../../server/http/fleet-api.ts";
import { describeStationApi } from "../../station/http/station-api.ts";
import { openTestStation } from "../fixtures/station.ts";

const LINKS = { style: "/docs.css", document: "/openapi.json" };

describe.each([
	["station", describeStationApi],
	["server", describeFleetApi],
])("the page of the %s's API", (_, describeApi) => {
	test("has every call and every schema, and each of its links leads to one", async () => {
		const document = await describeApi("1.2.3")();
		const page = String(await renderApiDocs(document, LINKS));
		const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
		const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
		const calls = [...JSON.stringify(document.paths).matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
		const schemas = Object.keys(document.components?.schemas ?? {}).map((name) => `schema-${name}`);
		expect([...ids]).toEqual(expect.arrayContaining([...calls, ...schemas, ...links]));
		expect(page).not.toContain("undefined");
	});

	test("needs no script, no style in it, and nothing from elsewhere", async () => {
		const page = String(await renderApiDocs(await describeApi("1.2.3")(), LINKS));
		expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=|https?:/);
	});
});

test("the station serves it under its strict policy, and the style beside it", async () => {
	const { station } = await openTestStation();
	const get = (path: string) => station.httpApp(new Request(`http://127.0.0.1${path}`), { kind: "shell" });
	const page = await get("/api/docs");
	expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
	expect(await page.text()).toContain('href="/api/docs.css"');
	expect((await get("/api/docs.css")).headers.get("content-type")).toBe("text/css; charset=utf-8");
});

test("a field says its type, its limits and what is within it", async () => {
	const fields = fieldsOf({
		type: "object",
		required: ["number"],
		properties: {
			number: { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
			tickets: { type: "array", items: { type: "object", properties: { id: { $ref: "#/components/schemas/Id" } } } },
			action: {
				anyOf: [
					{ type: "object", properties: { kind: { const: "restart" } } },
					{ type: "object", properties: { kind: { const: "print-test" } } },
					{ type: "null" },
				],
			},
		},
	});
	const shown = fields.map(async ({ path, type, isOptional, note }) => [path, String(await type), isOptional, note]);
	expect(await Promise.all(shown)).toEqual([
		["number", "integer", false, "at least 1"],
		["tickets", "list of object", true, ""],
		["tickets[].id", '<a href="#schema-Id">Id</a>', true, ""],
		["action", "object or null", true, ""],
		["action(restart).kind", "<code>&quot;restart&quot;</code>", true, ""],
		["action(print-test).kind", "<code>&quot;print-test&quot;</code>", true, ""],
	]);
	expect(String(await describeType({ enum: ["<b>", null] }))).toBe(
		"<code>&quot;&lt;b&gt;&quot;</code> or <code>null</code>",
	);
});
