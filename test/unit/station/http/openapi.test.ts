import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { describeApi } from "../../../../station/http/openapi.ts";

const document = await describeApi("1.2.3")();
const operations = Object.values(document.paths ?? {}).flatMap((path) =>
	(["get", "put", "post", "delete"] as const).flatMap((method) => path?.[method] ?? []),
);

test("every operation has an id, a tag and says who may call it", () => {
	expect(operations.length).toBeGreaterThan(50);
	for (const operation of operations) {
		expect(operation).toMatchObject({ operationId: expect.stringMatching(/^\w+\.\w+$/), tags: [expect.any(String)] });
		expect(operation.security, operation.operationId).toBeInstanceOf(Array);
	}
	expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

test("who may call is the contract's own word", () => {
	const security = Object.fromEntries(operations.map((operation) => [operation.operationId, operation.security]));
	expect(security).toMatchObject({
		"topics.list": [],
		"phone.read": [],
		"tickets.issue": [{ session: [] }, { kioskKey: [] }, { device: [] }],
		"help.ask": [{ kioskKey: [] }, { device: [] }],
		"queue.read": [{ session: [] }],
		"health.read": [{}, { device: [] }],
	});
});

test("redocly finds no fault in it", async () => {
	const folder = mkdtempSync(join(tmpdir(), "paihao-openapi-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const file = join(folder, "openapi.json");
	writeFileSync(file, JSON.stringify(document));
	const lint = promisify(execFile);
	const redocly = "node_modules/@redocly/cli/bin/cli.js";
	await lint(process.execPath, [redocly, "lint", file, "--config", "redocly.yaml", "--max-problems", "20"], {
		env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
	});
}, 30_000);

test("every reference leads to a schema, and every refusal has one", () => {
	const names = Object.keys(document.components?.schemas ?? {});
	const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
		([, name]) => name,
	);
	expect(references.length).toBeGreaterThan(300);
	expect(names).toEqual(expect.arrayContaining([...new Set(references)]));
	expect(names).toEqual(expect.arrayContaining(["Ticket", "Queue", "Board", "TopicFullRefusal", "SiteClosedRefusal"]));
});
