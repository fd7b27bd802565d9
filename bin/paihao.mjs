#!/usr/bin/env node
// The first step of the `paihao` command, in plain JavaScript for any Node on the PATH: it continues
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
	// Warnings about Node do not help the person at the terminal.
	process.removeAllListeners("warning");
	process.on("warning", (warning) => {
		if (warning.name !== "ExperimentalWarning") console.error(`${warning.name}: ${warning.message}`);
	});
	try {
		await import(pathToFileURL(built).href);
	} catch (error) {
		console.error(
			`paihao: The program cannot be loaded: ${String(error?.message).split("\n")[0]}. Run npm run build. [NOT_LOADED]`,
		);
		process.exit(1);
	}
} else {
	runUnderNode24(fileURLToPath(import.meta.url), process.argv.slice(2));
}
