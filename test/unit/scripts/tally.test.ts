import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const top = fileURLToPath(new URL("../../..", import.meta.url));

test("counts every way of passing, failing and being skipped", () => {
	const folder = mkdtempSync(join(tmpdir(), "paihao-tally-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
	write("vitest.config.js", "export default { test: { globals: true } };");
	write("good.test.js", "test('a', () => {}); test('b', () => {}); test.skip('c', () => {}); test.todo('d');");
	write("bad.test.js", "test('e', () => { throw new Error('wrong'); });");
	write("broken.test.js", "import './nowhere.js';");
	write(
		"suite.test.js",
		"describe('s', () => { beforeAll(() => { throw new Error('wrong'); }); test('f', () => {}); });",
	);
	const tally = join(folder, "tally.json");
	const reporter = `--reporter=${join(top, "scripts/tally-reporter.ts")}`;
	spawnSync(process.execPath, [join(top, "node_modules/vitest/vitest.mjs"), "run", "--root", folder, reporter], {
		env: { ...process.env, TALLY_FILE: tally },
	});
	const { slowest, ...counts } = JSON.parse(readFileSync(tally, "utf8"));
	expect(counts).toEqual({ passed: 2, failed: 3, skipped: 3 });
	expect(slowest.map(({ file }: { file: string }) => file).sort()).toEqual([
		"bad.test.js",
		"broken.test.js",
		"good.test.js",
		"suite.test.js",
	]);
});
