#!/usr/bin/env node
// The `paihao` command's first step, in plain JavaScript for whichever Node is on the PATH: go on
// under Node 24, in the code that `npm run build` made.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isNode24, root, runUnderNode24 } from "./node24.mjs";

const built = join(root, "out", "main", "paihao.js");

if (!existsSync(built)) {
	console.error("Paihao is not built yet. Run npm run build first.");
	process.exitCode = 1;
} else if (isNode24) {
	// Warnings that are about Node, not about Paihao, are no news for the person at the terminal.
	process.removeAllListeners("warning");
	process.on("warning", (warning) => {
		if (warning.name !== "ExperimentalWarning") console.error(`${warning.name}: ${warning.message}`);
	});
	await import(pathToFileURL(built).href);
} else {
	runUnderNode24(fileURLToPath(import.meta.url), process.argv.slice(2));
}
