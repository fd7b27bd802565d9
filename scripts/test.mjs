// What `npm test` runs: every check, then every test. With arguments it runs vitest at once, without the
// checks: `npm test -- test/unit/station/http -t "double tap"`. It ends with the slowest files and one line of totals.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isNode24, root, runUnderNode24 } from "../bin/node24.mjs";
import { runChecks } from "./check.mjs";

async function test(args) {
	const { browserFacts, findBrowser, howToGetBrowser } = await import("../cli/find-browser.ts");
	const facts = browserFacts();
	const browser = findBrowser(facts);
	const everything = args.length === 0;
	if (browser === undefined && everything) {
		console.error(`The end-to-end tests need a browser. ${howToGetBrowser(facts)}`);
		return 1;
	}
	const failedChecks = everything ? await runChecks() : 0;

	const folder = mkdtempSync(join(tmpdir(), "paihao-test-"));
	const tallyFile = join(folder, "tally.json");
	const env = { ...process.env, TALLY_FILE: tallyFile, ...(browser !== undefined && { CHROME_PATH: browser }) };
	const vitestArgs = args[0] === "--watch" ? ["watch", ...args.slice(1)] : ["run", ...args];
	const code = await runVitest(vitestArgs, env);
	const tally = readTally(tallyFile);
	rmSync(folder, { recursive: true });

	if (everything) printSlowest(tally.slowest);
	const failed = Math.max(tally.failed, code === 0 ? 0 : 1) + failedChecks;
	console.log(`${tally.passed} passed, ${failed} failed, ${tally.skipped} skipped`);
	return failed === 0 ? 0 : 1;
}

function printSlowest(slowest) {
	console.log("The slowest files:");
	for (const { file, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(7)} s  ${file}`);
	console.log("");
}

/** What scripts/tally-reporter.ts left; zeros where vitest did not finish. */
function readTally(file) {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch {
		return { passed: 0, failed: 0, skipped: 0, slowest: [] };
	}
}

function runVitest(args, env) {
	return new Promise((resolve, reject) => {
		const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
		const child = spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: "inherit", env });
		child.on("error", reject);
		child.on("close", resolve);
	});
}

if (isNode24) process.exitCode = await test(process.argv.slice(2));
else runUnderNode24(fileURLToPath(import.meta.url), process.argv.slice(2));
