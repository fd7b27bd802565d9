import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SHELLS, writeCompletion } from "../../../cli/completion.ts";
import { everyCommand } from "../../../cli/program.ts";
import { testProgram } from "../../fixtures/command-line.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

const PROGRAM = await testProgram();

describe.each(SHELLS)("the completion for %s", (shell) => {
	const script = writeCompletion(PROGRAM, shell);

	test("names every command and option", () => {
		for (const command of everyCommand(PROGRAM))
			for (const name of [command.name(), ...command.options.map(({ long }) => long?.slice(2) ?? "")])
				expect(script).toContain(name);
	});

	test.skipIf(spawnSync(shell, ["--version"]).error !== undefined)("is a script that the shell can read", () => {
		const file = join(emptyFolder(), "script");
		writeFileSync(file, script);
		expect(spawnSync(shell, ["-n", file], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
	});
});

test.each([
	[["st"], ["station", "staff"]],
	[["server", "ad"], ["admin"]],
	[
		["server", "admin", ""],
		["add", "list", "remove"],
	],
	[
		["station", "--outside-hours", ""],
		["refuse", "issue"],
	],
	[["station", "--pri"], ["--printer"]],
	[["completion", "--js"], ["--json"]],
])("bash completes %j", (words, expected) => {
	const program = `${writeCompletion(PROGRAM, "bash")}
COMP_WORDS=(paihao "$@"); COMP_CWORD=$#; _paihao; printf '%s\\n' "\${COMPREPLY[@]}"`;
	const found = execFileSync("bash", ["-c", program, "bash", ...words], { encoding: "utf8" })
		.trim()
		.split("\n");
	expect(found).toEqual(expect.arrayContaining(expected));
	for (const word of found) expect(word).toMatch(new RegExp(`^${words.at(-1)}`));
});
