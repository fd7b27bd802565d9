import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openShellLogFile } from "../../../electron/log-file.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

test("an installed shell on Windows and macOS has a log file in its own folder", () => {
	for (const platform of ["win32", "darwin"] as const) {
		const folder = emptyFolder();
		openShellLogFile({ isPackaged: true, getPath: () => folder }, platform)?.write("line\n");
		expect(readFileSync(join(folder, "logs/paihao.log"), "utf8")).toBe("line\n");
	}
});

test.each([
	[true, "linux"],
	[false, "win32"],
	[false, "darwin"],
] as const)("elsewhere standard error has it: packaged %s, %s", (isPackaged, platform) => {
	expect(openShellLogFile({ isPackaged, getPath: () => "/nowhere" }, platform)).toBeUndefined();
});
