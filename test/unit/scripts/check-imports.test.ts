import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describeViolations, findViolations, readImports } from "../../../scripts/check-imports.ts";
import { IMPORT_RULES } from "../../../scripts/import-rules.ts";

/** The violations in a tree of these files, by rule; rules without any are left out. */
function check(files: Record<string, string>): Record<string, string[]> {
	const folder = mkdtempSync(join(tmpdir(), "paihao-imports-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return Object.fromEntries([...findViolations(readImports(folder))].filter(([, lines]) => lines.length > 0));
}

/** One import per rule that breaks it, and possibly others with it. */
const BROKEN: Record<string, [file: string, specifier: string]> = {
	"lib-is-lowest": ["lib/log.ts", "../protocol/api/board.ts"],
	"protocol-above-lib": ["protocol/api/board.ts", "../../db/folder-lock.ts"],
	"db-above-protocol": ["db/station/open.ts", "../../station/app/configuration.ts"],
	"api-client-above-protocol": ["api-client/client.ts", "../renderer/ui/store.ts"],
	"renderer-above-api-client": ["renderer/desk/main.tsx", "../../station/tickets/issue.ts"],
	"station-works-alone": ["station/printing/open.ts", "../../server/ingest/append.ts"],
	"simulator-through-composition": ["station/printing/open.ts", "../../printer-simulator/simulator.ts"],
	"server-works-alone": ["server/ingest/append.ts", "../../station/events/verify.ts"],
	"simulator-knows-printing": ["printer-simulator/page.ts", "../station/staff/sessions.ts"],
	"shell-starts-station": ["electron/main.ts", "../station/tickets/issue.ts"],
	"one-database-each": ["station/tickets/issue.ts", "../../db/server/open.ts"],
	"rooms-below-app": ["station/backup/restore.ts", "../app/secrets.ts"],
	"rooms-below-http": ["server/fleet/fleet.ts", "../http/body-limit.ts"],
	"rooms-meet-through-types": ["station/staff/settings.ts", "../tickets/queue-order.ts"],
	"screens-share-ui": ["renderer/kiosk/main.tsx", "../desk/state/queue.ts"],
	"only-shell-imports-electron": ["station/app/run.ts", "electron/main"],
	"product-below-tests": ["cli/paihao.ts", "../test/fixtures/station.ts"],
};

test("every rule has an import that breaks it", () => {
	expect(Object.keys(BROKEN)).toEqual(IMPORT_RULES.map(({ name }) => name));
});

test.for(Object.entries(BROKEN))("%s is broken by %j", ([rule, [file, specifier]]) => {
	const statements = [
		`import { a } from "${specifier}"; console.log(a);`,
		`export * from "${specifier}";`,
		`console.log(await import("${specifier}"));`,
	];
	for (const statement of statements) expect(check({ [file]: statement })[rule]).toHaveLength(1);
});

test("a type-only import breaks a rule too, unless the rule lets types through", () => {
	expect(check({ "lib/log.ts": 'import type { A } from "../db/a.ts";' })).toHaveProperty("lib-is-lowest");
	expect(check({ "station/staff/a.ts": 'import type { A } from "../tickets/a.ts";' })).toEqual({});
	expect(check({ "station/staff/a.ts": 'import { type A, b } from "../tickets/a.ts";' })).toHaveProperty(
		"rooms-meet-through-types",
	);
});

test("what house rules allow passes", () => {
	const allowed = {
		"cli/paihao.ts": 'import "../station/app/run.ts"; import "../server/app/start.ts";',
		"station/app/run.ts": 'import "../http/app.ts"; import "../tickets/issue.ts"; import "../../db/station/open.ts";',
		"station/http/app.ts": 'import "../tickets/issue.ts"; import "hono";',
		"station/tickets/issue.ts": 'import "../events/event-log.ts"; import "../../protocol/api/board.ts";',
		"renderer/kiosk/main.tsx": 'import "../ui/store.ts"; import "../../api-client/client.ts"; import "./kiosk.css";',
		"electron/main.ts": 'import "electron"; import "../station/app/run.ts";',
	};
	expect(check(allowed)).toEqual({});
});

test("a cycle of files is found, through types as well, and a file beside it is not blamed", () => {
	const files = {
		"lib/a.ts": 'import "./b.ts";',
		"lib/b.ts": 'import type { C } from "./c.ts";',
		"lib/c.ts": 'import "./a.ts"; import "./d.ts";',
		"lib/d.ts": "await using held = open();",
	};
	expect(check(files)["no-file-cycle"]).toEqual([
		"lib/a.ts -> lib/b.ts",
		"lib/b.ts -> lib/c.ts",
		"lib/c.ts -> lib/a.ts",
	]);
});

test("a cycle of folders is found where no file is in a cycle; a folder and its sub-folder are one room", () => {
	const files = {
		"protocol/api/a.ts": 'import "../sync/b.ts";',
		"protocol/sync/c.ts": 'import "../api/d.ts";',
		"protocol/events/event.ts": 'import "./payload/e.ts";',
		"protocol/events/payload/f.ts": 'import "../g.ts";',
	};
	expect(check(files)).toEqual({
		"no-folder-cycle": ["protocol/api -> protocol/sync", "protocol/sync -> protocol/api"],
	});
});

test("a violation is told with its rule's reason, and nothing is told where there is none", () => {
	expect(describeViolations(new Map([["lib-is-lowest", ["lib/a.ts -> db/b.ts"]]]))).toEqual([
		expect.stringMatching(/^lib-is-lowest: 1 found\. lib holds small things/),
		"  lib/a.ts -> db/b.ts",
	]);
	expect(describeViolations(new Map([["lib-is-lowest", []]]))).toEqual([]);
});
