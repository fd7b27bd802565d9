// What `npm run check` runs: format, lint, types, the directions of imports, what comes from others, secrets, and what is unused. All at
// once; each prints one line, or what it found. `npm test` runs the same before the tests.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isNode24, root, runUnderNode24 } from "../bin/node24.mjs";

const CHECKS = [
	{ name: "types", program: "node_modules/typescript/bin/tsc", args: ["-p", "tsconfig.json"] },
	{ name: "types of the screens", program: "node_modules/typescript/bin/tsc", args: ["-p", "renderer/tsconfig.json"] },
	{ name: "types of the tests", program: "node_modules/typescript/bin/tsc", args: ["-p", "test/tsconfig.json"] },
	{ name: "format and lint", program: "node_modules/@biomejs/biome/bin/biome", args: ["check", "."] },
	{ name: "imports", program: "scripts/check-imports.ts", args: [] },
	{ name: "packages", program: "scripts/check-packages.ts", args: [] },
	{ name: "secrets", program: "scripts/check-secrets.ts", args: [] },
	{ name: "unused code", program: "node_modules/knip/bin/knip.js", args: ["--no-progress"] },
];

/** Runs every check and prints its result. Resolves to the number of checks that failed. */
export async function runChecks() {
	const results = await Promise.all(CHECKS.map(runCheck));
	return results.filter((passed) => !passed).length;
}

async function runCheck({ name, program, args }) {
	const { code, output } = await run(join(root, program), args);
	const details = output.trim();
	if (code === 0) console.log(`${name}: ok${name === "imports" && details !== "" ? `\n${details}` : ""}`);
	else console.log(`${name}: FAILED\n${details}`);
	return code === 0;
}

function run(program, args) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [program, ...args], { cwd: root });
		let output = "";
		child.stdout.on("data", (data) => (output += data));
		child.stderr.on("data", (data) => (output += data));
		child.on("error", reject);
		child.on("close", (code) => resolve({ code, output }));
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	if (isNode24) process.exitCode = (await runChecks()) === 0 ? 0 : 1;
	else runUnderNode24(fileURLToPath(import.meta.url), []);
}
