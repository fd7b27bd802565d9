import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runInProcess } from "../../fixtures/command-line.ts";
import { emptyFolder, TOP } from "../../fixtures/station-folder.ts";

const EXAMPLE = join(TOP, "test/fixtures/hsds/examples/service_full.json");
const run = async (...words: string[]) => JSON.parse(await runInProcess(["catalogue", ...words, "--json"]));

test("the specification's own example becomes a catalogue, a dry run writes none, and it goes out again", async () => {
	const folder = emptyFolder();
	const [catalogue, page] = [join(folder, "catalogue"), join(folder, "page.json")];
	const tried = await run("import", EXAMPLE, "--format", "hsds", "--to", catalogue, "--dry-run");
	expect(tried).toMatchObject({ isDryRun: true, topics: 1 });
	expect(existsSync(catalogue)).toBe(false);
	const { written, ...report } = await run("import", EXAMPLE, "--format", "hsds", "--to", catalogue);
	expect(written).toBe(catalogue);
	expect({ isDryRun: true, ...report }).toEqual(tried);
	expect(readdirSync(catalogue)).toContain("services.json");
	await run("export", catalogue, "--format", "hsds", "--to", page);
	const { contents } = JSON.parse(readFileSync(page, "utf8"));
	const [{ name }] = contents;
	expect([contents.length, name]).toEqual([1, JSON.parse(readFileSync(EXAMPLE, "utf8")).name]);
	await expect(run("import", EXAMPLE, "--format", "hsds", "--to", catalogue)).rejects.toMatchObject({
		code: "FOLDER_NOT_EMPTY",
	});
});

test("what is no JSON, or has no service, writes nothing and says so in one sentence", async () => {
	const folder = emptyFolder();
	const [file, catalogue] = [join(folder, "file.json"), join(folder, "catalogue")];
	writeFileSync(file, "{");
	const imported = () => run("import", file, "--format", "hsds", "--to", catalogue);
	await expect(imported()).rejects.toMatchObject({ code: "CATALOGUE_UNREADABLE" });
	writeFileSync(file, "[]");
	await expect(imported()).rejects.toMatchObject({ code: "CATALOGUE_EMPTY" });
	expect(existsSync(catalogue)).toBe(false);
});
