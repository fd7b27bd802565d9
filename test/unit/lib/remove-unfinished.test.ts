import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeUnfinishedOf } from "../../../lib/remove-unfinished.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

test("the part that a dead process left of a file is removed; that of one that runs, and every other file, stays", () => {
	const folder = emptyFolder();
	const { pid: dead } = spawnSync(process.execPath, ["--version"]);
	const stays = ["a.backup", `a.backup.${process.pid}.part`, `b.backup.${dead}.part`, "a.backup.part"];
	for (const name of [...stays, `a.backup.${dead}.part`]) writeFileSync(join(folder, name), "");
	removeUnfinishedOf(folder, "a.backup");
	expect(readdirSync(folder).toSorted()).toEqual(stays.toSorted());
});
