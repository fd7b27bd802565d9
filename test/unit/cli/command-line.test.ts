import { expect, test } from "vitest";
import { everyCommand } from "../../../cli/program.ts";
import { findCommand, runInProcess, testProgram } from "../../fixtures/command-line.ts";

test.each([
	[["statoin"], 'There is no command "statoin". Did you mean "station"?'],
	[["server", "cod"], 'There is no command "cod". Did you mean "code"?'],
	[["--json", "statoin"], 'There is no command "statoin". Did you mean "station"?'],
	[["help", "statio"], 'There is no command "statio". Did you mean "station"?'],
	[["statio", "--help"], 'There is no command "statio". Did you mean "station"?'],
	[["help", "server", "cod"], 'There is no command "cod". Did you mean "code"?'],
	[["staff", "ad"], 'There is no command "ad". Did you mean "add"?'],
	[["station", "--datta", "x"], "There is no option --datta. Did you mean --data?"],
	[["station", "--port"], 'The option --port needs a value. Run "paihao station --help" to see what it takes.'],
	[
		["restore", "a", "b", "--key", "k"],
		'There are more words than this command takes. Run "paihao restore --help" to see what it takes.',
	],
	[["staff", "add"], 'Add the name. Run "paihao staff add --help" to see what it takes.'],
	[["config", "x"], 'There is no command "x". Use schema.'],
	[["enrol", "--data", "x", "--code", "y"], "Add --server URL: the server's https:// address."],
	[["staff"], 'Add a command. Run "paihao staff --help" to see them.'],
	[["pair", "--as", "desc", "--data", "x"], '--as is "desc". It must be one of desk, board, kiosk.'],
])("%j is refused in one sentence with what was meant", async (argv, message) => {
	await expect(runInProcess(argv)).rejects.toMatchObject({ code: "USAGE", exitCode: 2, message });
});

test.each([[["help", "station"]], [["station", "--help"]], [["station", "-h"]], [["--json", "help", "station"]]])(
	"%j prints the command's help",
	async (argv) => {
		expect(await runInProcess(argv)).toMatch(/^Usage: paihao station \[options\]\n\nRun the station/);
	},
);

test("without a word it lists the commands; -v and --version print the version", async () => {
	expect(await runInProcess([])).toContain("Commands:");
	expect(await runInProcess(["-v"])).toBe("0.0.0-test\n");
	expect(await runInProcess(["--version"])).toBe("0.0.0-test\n");
});

test("a flag of a sub-command is its own, although its parent has one of that name", async () => {
	expect((await findCommand("backup", "key")).options.map(({ long }) => long)).toContain("--out");
});

test("every command has a summary in the imperative, and each option a help text without a full stop", async () => {
	for (const command of everyCommand(await testProgram()).slice(1)) {
		expect(command.summary(), command.name()).toMatch(/^[a-z].*[^.]$/);
		for (const { long, description } of command.options) expect(description, String(long)).toMatch(/[^.]$/);
	}
});
