// What `npm test` runs: types, style, then every test, browser journeys included. What stands behind
// `npm test --` goes to vitest: `npm test -- test/unit/station/http -t "double tap"`. Ends with one line of totals.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isNode24, root, runUnderNode24 } from "../bin/node24.mjs";

const packages = join(root, "node_modules");
const CHECKS = [
	{ name: "types", program: "typescript/bin/tsc", args: ["-p", "tsconfig.json"] },
	{ name: "types of the screens", program: "typescript/bin/tsc", args: ["-p", "renderer/tsconfig.json"] },
	{ name: "types of the tests", program: "typescript/bin/tsc", args: ["-p", "test/tsconfig.json"] },
	{ name: "style", program: "@biomejs/biome/bin/biome", args: ["check", "."] },
];

async function test(args) {
	const { browserFacts, findBrowser, howToGetBrowser } = await import("../cli/find-browser.ts");
	const facts = browserFacts();
	const browser = findBrowser(facts);
	if (browser === undefined) {
		console.error(`The tests walk through the screens in a real browser. ${howToGetBrowser(facts)}`);
		return 1;
	}
	const checks = await Promise.all(CHECKS.map(check));
	const failedChecks = checks.filter((succeeded) => !succeeded).length;

	const folder = mkdtempSync(join(tmpdir(), "paihao-test-"));
	const tallyFile = join(folder, "tally.json");
	const vitest = await run("vitest/vitest.mjs", ["run", ...args], {
		stdio: "inherit",
		env: { ...process.env, CHROME_PATH: browser, PAIHAO_TALLY: tallyFile },
	});
	const tally = readTally(tallyFile);
	rmSync(folder, { recursive: true });

	const failed = Math.max(tally.failed, vitest.code === 0 ? 0 : 1) + failedChecks;
	console.log(`${tally.passed} passed, ${failed} failed, ${tally.skipped} skipped`);
	return failed === 0 ? 0 : 1;
}

async function check({ name, program, args }) {
	const { code, output } = await run(program, args, {});
	console.log(code === 0 ? `${name}: good` : `${name}: not good\n${output}`);
	return code === 0;
}

/** What scripts/tally-reporter.ts left; nothing where vitest never came to its end. */
function readTally(file) {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch {
		return { passed: 0, failed: 0, skipped: 0 };
	}
}

function run(program, args, options) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [join(packages, program), ...args], { cwd: root, ...options });
		let output = "";
		child.stdout?.on("data", (data) => (output += data));
		child.stderr?.on("data", (data) => (output += data));
		child.on("error", reject);
		child.on("close", (code) => resolve({ code, output }));
	});
}

if (isNode24) process.exitCode = await test(process.argv.slice(2));
else runUnderNode24(fileURLToPath(import.meta.url), process.argv.slice(2));
