import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import {
	makeSigningKey,
	openSigningKeys,
	saveSigningKeys,
	signingKeysIn,
} from "../../../server/documents/signing-keys.ts";
import { emptyFolder, TOP } from "../../fixtures/station-folder.ts";

const run = promisify(execFile);

test("servers that start at once in one folder have the same keys, and keys that are there stay", async () => {
	const folder = emptyFolder();
	const code = pathToFileURL(join(TOP, "server/documents/signing-keys.ts")).href;
	const program = `
		import { openSigningKeys } from ${JSON.stringify(code)};
		const { current, next } = openSigningKeys(${JSON.stringify(folder)});
		process.stdout.write(current.publicKey + " " + next.publicKey);`;
	const start = () => run(process.execPath, ["--input-type=module", "--no-warnings", "--eval", program]);
	const said = (await Promise.all(Array.from({ length: 6 }, start))).map(({ stdout }) => stdout);
	expect(new Set(said).size).toBe(1);
	const { current, next } = openSigningKeys(folder);
	expect(said[0]).toBe(`${current.publicKey} ${next.publicKey}`);

	const after = { current: next, next: makeSigningKey() };
	saveSigningKeys(signingKeysIn(folder), after);
	expect(openSigningKeys(folder).current.publicKey).toBe(next.publicKey);
	expect(readdirSync(folder)).toEqual(["signing-keys.json"]);
});
