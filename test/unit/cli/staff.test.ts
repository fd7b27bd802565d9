import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runInProcess } from "../../fixtures/command-line.ts";
import { openTestStation } from "../../fixtures/station.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

test("an account that gets a new PIN keeps its name and its role, however the name is typed", async () => {
	const { folder: data } = await openTestStation({ flags: [] });
	const staff = async (...words: string[]) =>
		(await runInProcess(["staff", ...words, "--data", data]))
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line) as Record<string, string>);
	expect(await staff("add", "Li Na", "supervisor")).toMatchObject([{ name: "Li Na", role: "supervisor" }]);
	expect(await staff("add", " li  na ")).toMatchObject([{ name: "Li Na", role: "supervisor" }]);
	expect(await staff("add", "LI NA", "administrator")).toMatchObject([{ name: "Li Na", role: "administrator" }]);
	expect(await staff("add", "Wang")).toMatchObject([{ name: "Wang", role: "agent" }]);
	expect(await staff("list")).toEqual([
		{ name: "Li Na", role: "administrator", hasPin: true },
		{ name: "Wang", role: "agent", hasPin: true },
	]);
});

test("an empty database is not called an older one: only a backup brings it back", async () => {
	const data = emptyFolder();
	writeFileSync(join(data, "station.db"), "");
	for (const command of [["staff", "list"], ["verify"]])
		await expect(runInProcess([...command, "--data", data])).rejects.toMatchObject({ code: "DATA_INCOMPLETE" });
});
