// Writes docs/reference and the settings files' JSON schemas from the program's own tables.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { referenceFiles } from "../cli/reference-files.ts";

const top = fileURLToPath(new URL("..", import.meta.url));
for (const [name, text] of Object.entries(await referenceFiles(top))) {
	mkdirSync(dirname(join(top, name)), { recursive: true });
	writeFileSync(join(top, name), text);
}
