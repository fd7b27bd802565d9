import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findUnknownVariables } from "../lib/settings/read-settings.ts";
import manifest from "../package.json" with { type: "json" };
import { assetPathsUnder } from "../station/app/asset-paths.ts";
import { makeProgram, nameCommand, runProgram } from "./program.ts";
import { findDataFolder, reportError } from "./report-error.ts";
import { isTestVariable, KNOWN_VARIABLES } from "./variables.ts";

/*
 * The program behind bin/paihao.mjs. Whatever goes wrong ends in one line on standard error and an exit code: a command
 * that has failed may not hang, and a person never sees a stack.
 */

/** After this time a command that has failed ends, whatever it left open. */
const END_AFTER_FAILURE_MS = 3_000;

// This file is out/main/paihao.js when built, cli/paihao.ts in the source: two levels down, or one.
const here = dirname(fileURLToPath(import.meta.url));
const top = import.meta.url.endsWith(".ts") ? join(here, "..") : join(here, "../..");
const argv = process.argv.slice(2);

const program = await makeProgram(
	{
		env: process.env,
		cwd: process.cwd(),
		top,
		files: assetPathsUnder(top, manifest.version),
		stdout: process.stdout,
	},
	argv,
);

function fail(error: unknown): void {
	process.exitCode = reportError(error, {
		command: nameCommand(program, argv),
		isJson: argv.includes("--json"),
		folder: findDataFolder(argv, process.env, process.cwd()),
	});
	// A timer that is not waited for: it only fires where something else still runs.
	setTimeout(() => process.exit(), END_AFTER_FAILURE_MS).unref();
}

for (const event of ["uncaughtException", "unhandledRejection"] as const) process.once(event, failAndEnd);

/** Nothing is known about the state of the program any more: it may not go on. */
function failAndEnd(error: unknown): void {
	fail(error);
	process.exit();
}

// The reader of our output has gone, as in `paihao events | head`: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	if (error.code === "EPIPE") process.exit(0);
	failAndEnd(error);
});

const variables = Object.keys(process.env).filter((name) => !isTestVariable(name));
for (const warning of findUnknownVariables(variables, KNOWN_VARIABLES)) process.stderr.write(`paihao: ${warning}\n`);

try {
	await runProgram(program, argv);
} catch (error) {
	fail(error);
}
