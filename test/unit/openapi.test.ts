import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import type { OpenApiDocument } from "../../lib/http/openapi.ts";
import { describeFleetApi } from "../../server/http/fleet-api.ts";
import { describeStationApi } from "../../station/http/station-api.ts";

const STATION = await describeStationApi("1.2.3")();
const FLEET = await describeFleetApi("1.2.3")();
const BOTH = [
	["station", STATION],
	["server", FLEET],
] as const;

const operationsOf = (document: OpenApiDocument) =>
	Object.values(document.paths ?? {}).flatMap((path) =>
		(["get", "put", "post", "delete"] as const).flatMap((method) => path?.[method] ?? []),
	);
const securityIn = (document: OpenApiDocument) =>
	Object.fromEntries(operationsOf(document).map(({ operationId, security }) => [operationId, security]));

test.each(BOTH)("%s: every operation has an id, a tag and says who may call it", (_, document) => {
	const operations = operationsOf(document);
	expect(operations.length).toBeGreaterThan(10);
	for (const operation of operations) {
		expect(operation).toMatchObject({ operationId: expect.stringMatching(/^\w+\.\w+$/), tags: [expect.any(String)] });
		expect(operation.security, operation.operationId).toBeInstanceOf(Array);
	}
	expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

test("who may call is the contract's own word", () => {
	expect(securityIn(STATION)).toMatchObject({
		"topics.list": [],
		"phone.read": [],
		"tickets.issue": [{ session: [] }, { kioskKey: [] }, { device: [] }],
		"help.ask": [{ kioskKey: [] }, { device: [] }],
		"queue.read": [{ session: [] }],
		"health.read": [{}, { device: [] }],
	});
	const { "session.open": open, "session.close": close, ...others } = securityIn(FLEET);
	expect([open, close]).toEqual([[], []]);
	expect(new Set(Object.values(others).map((security) => JSON.stringify(security)))).toEqual(
		new Set(['[{"session":[]}]']),
	);
});

test.each(BOTH)(
	"%s: redocly finds no fault in it",
	async (_, document) => {
		const folder = mkdtempSync(join(tmpdir(), "paihao-openapi-"));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const file = join(folder, "openapi.json");
		writeFileSync(file, JSON.stringify(document));
		const lint = promisify(execFile);
		const redocly = "node_modules/@redocly/cli/bin/cli.js";
		await lint(process.execPath, [redocly, "lint", file, "--config", "redocly.yaml", "--max-problems", "20"], {
			env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
		});
	},
	30_000,
);

test.each([
	["station", STATION, ["Ticket", "Queue", "Board", "TopicFullRefusal", "SiteClosedRefusal"]],
	["server", FLEET, ["Fleet", "Station", "CommandAction", "CatalogueInvalidRefusal", "SignInRequiredRefusal"]],
] as const)("%s: every reference leads to a schema, and every refusal has one", (_, document, expected) => {
	const names = Object.keys(document.components?.schemas ?? {});
	const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
		([, name]) => name,
	);
	expect(references.length).toBeGreaterThan(50);
	expect(names).toEqual(expect.arrayContaining([...new Set(references)]));
	expect(names).toEqual(expect.arrayContaining([...expected]));
});
