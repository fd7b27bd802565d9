import { chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writePrivateFile } from "../../../lib/write-private-file.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

test("a file takes the place of the one before, whole, and only its user may read it", () => {
	const folder = emptyFolder();
	const file = join(folder, "secrets.json");
	for (const text of ["one", "another"]) writePrivateFile(file, text);
	expect(readFileSync(file, "utf8")).toBe("another");
	expect(readdirSync(folder)).toEqual(["secrets.json"]);
	if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.runIf(process.getuid?.() === 0)("what root writes into a service's folder belongs to the service", () => {
	const folder = join(emptyFolder(), "data");
	mkdirSync(folder);
	chownSync(folder, 65_534, 65_534);
	const file = join(folder, "secrets.json");
	// A link that the service has laid there leads root nowhere.
	const elsewhere = join(folder, "elsewhere");
	writeFileSync(elsewhere, "untouched");
	symlinkSync(elsewhere, `${file}.new`);
	writePrivateFile(file, "{}");
	expect([statSync(file).uid, statSync(file).gid]).toEqual([65_534, 65_534]);
	expect(readFileSync(file, "utf8")).toBe("{}");
	expect([readFileSync(elsewhere, "utf8"), statSync(elsewhere).uid]).toEqual(["untouched", 0]);
});
