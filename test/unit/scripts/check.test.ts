import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { TOP } from "../../fixtures/station-folder.ts";

/* Breaks what `npm run check` holds with the linter and with knip, by our own settings. check-imports.test.ts has the rest. */

function makeTree(files: Record<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), "paihao-check-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	symlinkSync(join(TOP, "node_modules"), join(folder, "node_modules"));
	return folder;
}

function run(program: string, args: readonly string[], folder: string): Promise<{ code: number; output: string }> {
	return new Promise((resolve) => {
		const command = [join(TOP, "node_modules", program), ...args];
		execFile(process.execPath, command, { cwd: folder }, (error, stdout, stderr) =>
			resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
		);
	});
}

test.each([
	["a switch that lacks a case", "lint/nursery/useExhaustiveSwitchCases", 'switch (kind) { case "one": return "1"; }'],
	["any", "lint/suspicious/noExplicitAny", "const value: any = kind; return value;"],
	["a value that is said not to be null", "lint/style/noNonNullAssertion", "return [kind][0]!;"],
])("the linter refuses %s", async (_, rule, body) => {
	const { vcs: _vcs, ...settings } = JSON.parse(readFileSync(join(TOP, "biome.json"), "utf8")) as Record<
		string,
		unknown
	>;
	const folder = makeTree({
		"biome.json": JSON.stringify(settings),
		"lib/kind.ts": `export function nameOf(kind: "one" | "two"): string {\n\t${body}\n\treturn "";\n}\n`,
	});
	const { code, output } = await run("@biomejs/biome/bin/biome", ["lint", "lib/kind.ts"], folder);
	expect(output).toContain(rule);
	expect(code).toBe(1);
});

test("an unused file, export and dependency are found, and what is used is not", async () => {
	const folder = makeTree({
		"package.json": JSON.stringify({ name: "paihao", type: "module", dependencies: { pg: "1.0.0", zod: "1.0.0" } }),
		"cli/paihao.ts": 'import { z } from "zod"; import { used } from "../lib/a.ts"; console.log(z, used);',
		"lib/a.ts": "export const used = 1; export const spare = 2;",
		"lib/forgotten.ts": "export const used = 1;",
	});
	cpSync(join(TOP, "knip.jsonc"), join(folder, "knip.jsonc"));
	const { code, output } = await run("knip/bin/knip.js", ["--no-progress", "--no-config-hints"], folder);
	expect(code).toBe(1);
	expect(output).toMatch(/Unused files \(1\)\nlib\/forgotten\.ts/);
	expect(output).toMatch(/Unused exports \(1\)\nspare +lib\/a\.ts/);
	expect(output).toMatch(/Unused dependencies \(1\)\npg /);
}, 30_000);
