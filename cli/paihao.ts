import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../lib/errors.ts";
import manifest from "../package.json" with { type: "json" };
import { assetPathsUnder } from "../station/app/asset-paths.ts";
import type { Command } from "./command.ts";
import { appointmentsCommand } from "./commands/appointments.ts";
import { backupCommand } from "./commands/backup.ts";
import { catalogueCommand } from "./commands/catalogue.ts";
import { trialCommand } from "./commands/demo.ts";
import { enrolCommand } from "./commands/enrol.ts";
import { eventsCommand } from "./commands/events.ts";
import { pairCommand } from "./commands/pair.ts";
import { printerCommand } from "./commands/printer.ts";
import { restoreCommand } from "./commands/restore.ts";
import { serverCommand } from "./commands/server.ts";
import { speechCommand } from "./commands/speech.ts";
import { staffCommand } from "./commands/staff.ts";
import { stationCommand } from "./commands/station.ts";
import { verifyCommand } from "./commands/verify.ts";

/** The `paihao` command: one sub-command a program, a sentence and an exit code for every fault. */

const { version } = manifest;

const COMMANDS: readonly Command[] = [
	stationCommand,
	serverCommand,
	enrolCommand,
	trialCommand,
	printerCommand,
	eventsCommand,
	verifyCommand,
	backupCommand,
	restoreCommand,
	catalogueCommand,
	staffCommand,
	pairCommand,
	appointmentsCommand,
	speechCommand,
];

// This file is out/main/paihao.js when built, cli/paihao.ts in the source: both two levels down or one.
const here = dirname(fileURLToPath(import.meta.url));
const top = import.meta.url.endsWith(".ts") ? join(here, "..") : join(here, "../..");

const [name, ...argv] = process.argv.slice(2);
const command = COMMANDS.find((one) => one.name === name);

if (name === "--version") {
	process.stdout.write(`${version}\n`);
} else if (!command) {
	const asked = name === undefined || name === "--help" || name === "help";
	(asked ? process.stdout : process.stderr).write(overview());
	process.exitCode = asked ? 0 : 2;
} else if (argv.includes("--help") || argv.includes("-h")) {
	process.stdout.write(`${command.help}\n`);
} else {
	try {
		await command.run({ argv, env: process.env, cwd: process.cwd(), top, files: assetPathsUnder(top, version) });
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		process.stderr.write(`paihao ${command.name}: ${error.message}\n`);
		process.exitCode = error.exitCode;
	}
}

function overview(): string {
	const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(14)}${summary}`);
	return `Paihao ${version}: the queue for service-centre front desks.\n\nUse: paihao <command> [options]\n\n${lines.join("\n")}\n\npaihao <command> --help tells the options.\n`;
}
