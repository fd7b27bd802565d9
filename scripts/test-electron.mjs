// What `npm run test:electron` runs: the journeys of the shell on Electron itself, where `npm test` runs them on a fake
// with Debian's Chromium behind it. It fetches Electron's program first, so it needs the network. Plain JavaScript.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../bin/node24.mjs";

const folder = join(root, "node_modules", "electron");

/** Electron's own way of saying where its program is. */
function electronProgram() {
	const pathFile = join(folder, "path.txt");
	const program = existsSync(pathFile) ? join(folder, "dist", readFileSync(pathFile, "utf8")) : undefined;
	return program !== undefined && existsSync(program) ? program : undefined;
}

if (electronProgram() === undefined)
	spawnSync(process.execPath, [join(folder, "install.js")], { stdio: "inherit", timeout: 300_000 });
const program = electronProgram();
if (program === undefined) {
	console.error("Electron's program could not be downloaded. Run this where the network allows it.");
	process.exitCode = 1;
} else {
	const args = [join(root, "scripts", "test.mjs"), "--project", "serial", "test/e2e/shell"];
	const env = { ...process.env, PAIHAO_TEST_ELECTRON: program };
	process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env }).status ?? 1;
}
