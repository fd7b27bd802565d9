import type { Command } from "commander";
import { choicesOf, type Setting, type SettingsTable, variableOf } from "../lib/settings/setting.ts";
import { SERVER_REFUSALS } from "../protocol/api/server-refusals.ts";
import { STATION_REFUSALS } from "../protocol/api/station-refusals.ts";
import { SERVER_SETTINGS } from "../server/app/settings.ts";
import { STATION_SETTINGS } from "../station/app/settings.ts";
import { ERROR_CODES } from "./error-codes.ts";
import { everyCommand } from "./program.ts";

/*
 * The reference in docs/reference, made from the tables that the programs themselves use. `npm run reference` writes
 * it, and a test holds it.
 */

const MADE = "<!-- Made by scripts/write-reference.ts from the program's own tables. Change those, not this file. -->";

export function commandLineReference(program: Command): string {
	const commands = everyCommand(program)
		.slice(1)
		.map((command) => describeCommand(command));
	return `# The command line

${MADE}

\`npx paihao <command> [options]\` in the checkout, or \`paihao\` where it is on the PATH. \`paihao help <command>\` and
\`paihao <command> --help\` print what is below. \`paihao completion bash|zsh|fish\` prints a script for your shell.

## Output

Standard output carries results, standard error everything else. Where standard output is no terminal, or with
\`--json\`, each fact is one line of JSON; on a terminal it is a sentence. \`paihao station\`, \`server\`, \`printer\` and
\`demo\` print one such fact when they are ready.

An error is one line on standard error: the command, a sentence, and a code in brackets. The [error codes](errors.md)
never change their meaning.

\`\`\`
paihao station: Port 8470 on 127.0.0.1 is in use. Name another with --port, or 0 for a free one. [PORT_IN_USE]
\`\`\`

With \`--json\` it is \`{"error":{"code":"PORT_IN_USE","message":"..."}}\`. An error that the program did not expect has the
code \`BUG\` and an id; \`errors.log\` in the data folder has the details under that id.

## Exit codes

| code | meaning |
|---|---|
| 0 | Done. A service was ended by a signal, or by the end of npm. |
| 1 | Refused or failed. \`paihao verify\`: something differs. |
| 2 | The command line, a variable or the settings file is wrong. Nothing was done. |
| 75 | Electron's shell asks its supervisor to start it again. |

## Commands

${commands.join("\n\n")}
`;
}

function describeCommand(command: Command): string {
	const names: string[] = [];
	for (let one: Command | null = command; one; one = one.parent) names.unshift(one.name());
	const [, ...description] = command.description().split("\n\n");
	const rows = command.options.map(
		({ flags, description }) => `| \`${flags.replaceAll("|", "\\|")}\` | ${cell(description)} |`,
	);
	return [
		`### ${names.join(" ")}`,
		`\`${names.join(" ")} ${command.usage()}\``,
		`${command.description().split("\n\n")[0]}`,
		...description,
		...(rows.length > 1 ? [`| option | meaning |\n|---|---|\n${rows.join("\n")}`] : []),
	].join("\n\n");
}

export function settingsReference(): string {
	return `# Settings

${MADE}

A setting of a station or a server is a flag of the command (\`--network-port 8443\`), a variable
(\`PAIHAO_NETWORK_PORT=8443\`), or a key of the settings file (\`"network-port": 8443\`). A flag wins over the variable, the
variable over the file, the file over the default. An empty variable counts as not set. Relative paths start where the
command was called.

The settings file is \`paihao.json\` in the data folder, or the file that \`--config\` names. It is one JSON object without
comments. An unknown key, a wrong value or bad JSON is refused with file and line. The key \`"$schema"\` may name the JSON
schema, for your editor: \`resources/settings/station.schema.json\` and \`server.schema.json\`, which
\`paihao config schema station|server\` print.

\`\`\`json
{
	"$schema": "./station.schema.json",
	"site": "service-centre-1",
	"printer": "tcp://192.168.1.50:9100",
	"network": "0.0.0.0"
}
\`\`\`

Programs that connect to a server honour \`HTTPS_PROXY\`, \`HTTP_PROXY\` and \`NO_PROXY\`. \`CHROME_PATH\` names the browser for
the kiosk.

## A station's

${settingsRows(STATION_SETTINGS)}

## A server's

${settingsRows(SERVER_SETTINGS)}
`;
}

function settingsRows(table: SettingsTable): string {
	const rows = Object.entries(table).map(([name, setting]) => {
		const fallback = setting.isRequired
			? "required"
			: setting.defaultValue === undefined
				? ""
				: `\`${setting.defaultValue}\``;
		return `| \`${name}\` | \`${variableOf(name)}\` | ${describeValue(setting)} | ${fallback} | ${(setting.commands ?? []).join(", ")} | ${cell(setting.help)} |`;
	});
	return `| setting | variable | value | default | used by | meaning |\n|---|---|---|---|---|---|\n${rows.join("\n")}`;
}

function describeValue(setting: Setting): string {
	return (
		choicesOf(setting)
			?.map((choice) => `\`${choice}\``)
			.join(", ") ?? setting.expected
	);
}

export function errorsReference(): string {
	const own = Object.entries(ERROR_CODES).map(
		([code, { means, remedy }]) => `| \`${code}\` | ${cell(means)} | ${cell(remedy)} |`,
	);
	const refusals = (table: Record<string, { status: number; message: string }>) =>
		Object.entries(table).map(([code, { status, message }]) => `| \`${code}\` | ${status} | ${cell(message)} |`);
	return `# Error codes

${MADE}

Codes are for programs and never change their meaning. Sentences are for people and may change.

## Of the command line

In brackets after the sentence, or as \`code\` with \`--json\`. A command that asks the server may also print one of the
server's codes below.

| code | meaning | what to do |
|---|---|---|
${own.join("\n")}

## Of the station's API

| code | status | sentence |
|---|---|---|
${refusals(STATION_REFUSALS).join("\n")}

## Of the server

| code | status | sentence |
|---|---|---|
${refusals(SERVER_REFUSALS).join("\n")}
`;
}

function cell(text: string): string {
	return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
}
